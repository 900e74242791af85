/**
 * Addresses that letters can't reach become an obligation of the mediator's office, in one case each; once they are
 * mended the obligation is met, and what was given up for them is sent again.
 */
import type { CommandEnvelope } from '../../src/domain/model/commands';
import type { ActivityDeps } from '../deps';
import { envelopeOf, noteAll } from './note-in-cases';
import type { Heartbeat } from './compare';

export interface AddressesNoted {
  readonly raised: number;
  readonly mended: number;
  readonly refused: number;
  /** Letters given up that are tried anew. */
  readonly revived: number;
}

/** So that a round ends before the next, when a whole mail server was refused for a night. */
const maxRaised = 200;

export async function noteAddresses(deps: ActivityDeps, beat: Heartbeat): Promise<AddressesNoted> {
  const startedAt = Date.now();
  const { addressFaults, deadLetters, operations } = deps.record;
  const raised = (await addressFaults.listToRaise(maxRaised)).map(
    ({ case: id, since, ...fault }): CommandEnvelope =>
      // A fault that comes back after it was mended began at another instant, and is another command.
      envelopeOf(id, `address-failed:${idOf(fault)}:${since}:${id}`, { type: 'noteAddressFault', ...fault }),
  );
  const mended = (await addressFaults.listMended(maxRaised)).map(
    ({ case: id, ...address }): CommandEnvelope =>
      envelopeOf(id, `address-mended:${idOf(address)}:${new Date().toISOString()}:${id}`, {
        type: 'noteAddressMended',
        ...address,
      }),
  );
  const refused = await noteAll(deps, [...raised, ...mended], beat);
  const revived = await deadLetters.reviveMended();
  const counts = { raised: raised.length, mended: mended.length, refused, revived };
  await operations.noteRound('addresses', Date.now() - startedAt, counts);
  return counts;
}

const idOf = ({ party, official }: { party: string; official?: string }): string =>
  `${party}:${official ?? 'webhook'}`;
