/**
 * Takes notices out of the outbox and sends one mail to each official meant. At least once: what was sent is
 * marked at once, and the Message-ID lets a receiver drop the rare repeat. What concerns a child's safety goes
 * first.
 */
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { officialsIn } from '../contracts/mechanism';
import type { Mechanism } from '../contracts/mechanism';
import type { MechanismRef } from '../domain/mechanism';
import { composeMail } from './compose-mail';
import type { MailFrame, Receiver } from './compose-mail';
import { slowestDeliveryMs } from './mailer';
import type { Delivery, Mailer } from './mailer';
import type { ClaimedNotice, Outbox } from './outbox-port';
import { giveUpAfter, retryInMs } from './retry';

export interface DispatcherParts {
  readonly outbox: Outbox;
  readonly mailer: Mailer;
  readonly findMechanism: (ref: MechanismRef) => Promise<{ mechanism: Mechanism } | undefined>;
  readonly frame: MailFrame;
  readonly logger: Logger;
  /** Between two looks at an empty outbox. */
  readonly lookEveryMs?: number;
}
export interface Dispatcher {
  /** Handles all that is due and gives the number of notices. Safe beside the loop and other dispatchers. */
  dispatchDue(): Promise<number>;
  /** Finishes what it has in hand, then rests. */
  stop(): Promise<void>;
}

const batch = 8;
/** While Postgres is away. */
const longestLookMs = 60_000;
/** An alarm in the hands of a worker that died waits this long; long enough for two receivers that dawdle. */
const leaseMs = 2 * slowestDeliveryMs;

export function startDispatcher(parts: DispatcherParts): Dispatcher {
  const { outbox, logger, lookEveryMs = 1_000 } = parts;
  const stopping = new AbortController();

  async function dispatchDue(): Promise<number> {
    let handled = 0;
    let claimed: readonly ClaimedNotice[] = [];
    do {
      if (stopping.signal.aborted) break;
      claimed = await outbox.claim(batch, leaseMs);
      await Promise.all(claimed.map((notice) => handle(parts, notice)));
      handled += claimed.length;
    } while (claimed.length === batch);
    return handled;
  }

  async function loop(): Promise<void> {
    let faults = 0;
    while (!stopping.signal.aborted) {
      try {
        await dispatchDue();
        faults = 0;
      } catch (error) {
        // Postgres is away: said once, not every second.
        if (faults === 0)
          logger.error(
            { fault: error instanceof Error ? error.message : 'unknown' },
            'the outbox can’t be read; trying again',
          );
        faults += 1;
      }
      const wait = Math.min(lookEveryMs * 2 ** Math.min(faults, 6), longestLookMs);
      await setTimeout(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const running = loop();
  return {
    dispatchDue,
    async stop() {
      stopping.abort();
      await running;
      parts.mailer.close();
    },
  };
}

/** Throws only when the outbox itself fails; its lease then gives the notice back. */
async function handle(parts: DispatcherParts, claimed: ClaimedNotice): Promise<void> {
  const { outbox, logger } = parts;
  const officials = await officialsFor(parts, claimed);
  if (officials.length === 0) {
    logger.error({ notice: claimed.id, party: claimed.notice.party }, 'nobody to write to');
    await outbox.markFailed(claimed.id, 'nobody-to-write-to');
    return;
  }
  const failures: Exclude<Delivery, { delivery: 'accepted' }>[] = [];
  for (const receiver of officials.filter(({ id }) => !claimed.sentTo.includes(id))) {
    // Met in the meantime: the rest of a reminder's receivers are spared.
    if (!(await outbox.isPending(claimed.id))) return;
    const delivery = await parts.mailer.deliver(composeMail(claimed, receiver, parts.frame));
    if (delivery.delivery === 'accepted') await outbox.markSentTo(claimed.id, receiver.id);
    else failures.push(delivery);
  }
  await settle(parts, claimed, failures);
}

async function settle(
  { outbox, logger }: DispatcherParts,
  { id, attempts, notice }: ClaimedNotice,
  failures: readonly Exclude<Delivery, { delivery: 'accepted' }>[],
): Promise<void> {
  const [first] = failures;
  if (!first) {
    await outbox.markSent(id);
    return;
  }
  const isRefused = failures.every(({ delivery }) => delivery === 'refused');
  const isGivenUp = isRefused && attempts >= giveUpAfter;
  logger[isGivenUp ? 'error' : 'warn'](
    { notice: id, code: first.code, attempts, isGivenUp },
    'mail not sent',
  );
  await outbox.markFailed(id, first.code, isGivenUp ? undefined : retryInMs(attempts, notice.safety));
}

/** An office without officials is no reason for silence: then the whole party is told. */
async function officialsFor(
  { findMechanism }: DispatcherParts,
  { mechanism: ref, notice }: ClaimedNotice,
): Promise<Receiver[]> {
  const kept = await findMechanism(ref);
  if (!kept) return [];
  const { mechanism } = kept;
  const office = officialsIn(mechanism, notice.party, notice.roles);
  const officials = office.length > 0 ? office : officialsIn(mechanism, notice.party);
  const partyZone = mechanism.parties.find(({ id }) => id === notice.party)?.timeZone ?? 'UTC';
  return officials.map((official) => ({ ...official, timeZone: official.timeZone ?? partyZone }));
}
