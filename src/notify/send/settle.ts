/** Keeps what became of a letter, and when it is tried again. */
import type { ClaimedLetter } from '../../contracts/letters';
import type { Delivery, Failure } from './delivery';
import { faultOf } from './delivery';
import type { DispatcherParts } from './dispatcher-parts';
import { isAddressWrong, nextTryInMs } from './retry';

/** `isBlocked`: others on the same way need not try yet. `code`s are logged, so they name no address. */
export async function settle(
  { letters, logger }: Pick<DispatcherParts, 'letters' | 'logger'>,
  letter: ClaimedLetter,
  delivery: Delivery,
  address: string,
): Promise<{ isBlocked: boolean }> {
  if (delivery.delivery === 'accepted') {
    await letters.markSent(letter, { shown: letter.notices.map(({ id }) => id), address });
    return { isBlocked: false };
  }
  const { code } = delivery;
  const { id, kind, attempts, safety, waitedMs } = letter;
  // A mail server that is away is away for all; a party's system that is away for days is an address to mend.
  const isOneAddress = kind === 'webhook' && delivery.delivery === 'unreachable';
  const failure: Failure = isOneAddress
    ? { delivery: 'deferred', code, fault: 'passing', inTheEnd: 'address' }
    : delivery;
  const retryInMs = nextTryInMs(failure, { attempts, safety, waitedMs });
  const isGivenUp = retryInMs === undefined;
  const fault = faultOf(failure, isGivenUp);
  const facts = { letter: id, kind, code, fault, attempts, isGivenUp };
  if (safety) logger.error({ ...facts, audit: 'alarm-undelivered' }, 'a safety alarm is not delivered');
  else logger[isGivenUp ? 'error' : 'warn'](facts, 'letter not sent');
  const mayBeOut = letter.mayBeOut || (delivery.delivery === 'unreachable' && delivery.mayBeOut === true);
  await letters.markFailed(letter, {
    code,
    fault,
    address,
    mayBeOut,
    isAddressWrong: isAddressWrong(failure, attempts),
    ...(isGivenUp ? {} : { retryInMs }),
  });
  return { isBlocked: delivery.delivery === 'unreachable' };
}
