/** One mail letter: to whom now, what it says now, and what became of it. */
import type { PlannedAbsence } from '../../contracts/absence';
import { findOfficial } from '../../contracts/mechanism/mechanism';
import type { Mechanism } from '../../contracts/mechanism/mechanism';
import type { ClaimedLetter } from '../../contracts/letters';
import type { Waiting } from '../../contracts/waiting';
import { maxLines } from '../compose/compose-digest';
import { composeMail } from '../compose/compose-mail';
import type { DispatcherParts } from './dispatcher-parts';
import { receiverOf, standInFor } from '../routing/receivers';
import type { Receiver } from '../routing/receivers';
import { settle } from './settle';

/** Throws only when the record itself fails; its lease then gives the letter back. */
export async function sendMail(
  parts: DispatcherParts,
  letter: ClaimedLetter,
): Promise<{ isBlocked: boolean }> {
  const { letters, mailer, frame } = parts;
  const now = new Date().toISOString();
  if (letter.notices.length === 0) {
    await letters.markSilenced(letter);
    return { isBlocked: false };
  }
  const absences = await parts.findAbsences(letter.mechanism);
  const mechanism = (await parts.latestMechanism(letter.mechanism))?.mechanism;
  const official = mechanism && findOfficial(mechanism, letter.official ?? '');
  // Since the letter was made its receiver may have left or gone away.
  if (!mechanism || !official || standInFor(mechanism, official, absences, now)?.id !== official.id) {
    await letters.readdress(letter);
    return { isBlocked: false };
  }
  const receiver = receiverOf(mechanism, official);
  const waiting =
    letter.kind === 'digest' ? await findWaiting(parts, { mechanism, receiver, absences, now }) : undefined;
  const mail = composeMail({ letter, receiver, mechanism, frame, now, ...(waiting && { waiting }) });
  const lane = letter.safety ? (letter.goesFirst ? 'first' : 'alarm') : 'mail';
  return settle(parts, letter, await mailer.deliver(mail, lane), receiver.email);
}

/** What an official acts on: their office, and the offices of those they deputise for. */
function findWaiting(
  { findWaiting: find }: DispatcherParts,
  around: { mechanism: Mechanism; receiver: Receiver; absences: readonly PlannedAbsence[]; now: string },
): Promise<Waiting> {
  const { mechanism, receiver, absences, now } = around;
  const absent = absences
    .filter(({ deputy, from, until }) => deputy === receiver.id && from <= now && now < until)
    .flatMap(({ official }) => findOfficial(mechanism, official) ?? []);
  const roles = [...new Set([...receiver.roles, ...absent.flatMap((each) => each.roles)])];
  const isMediator = mechanism.parties.find(({ id }) => id === receiver.party)?.kind === 'mediator';
  return find(
    {
      mechanism: mechanism.id,
      party: receiver.party,
      roles,
      officers: isMediator ? [receiver.id, ...absent.map(({ id }) => id)] : [],
      reviewsStalled: isMediator && roles.includes('lead'),
    },
    maxLines,
  );
}
