/**
 * From notices to letters: for each receiver one, with the instant it may go. Safety at once, whatever the hour; all
 * else into the receiver's digest, or at once where they wish it, but never in their quiet hours. Nothing is written
 * here: the record keeps the letters and the notices' new state together.
 */
import { createHash } from 'node:crypto';
import { foldedId, repeatsAtOnce, repeatsWithinMs } from '../../contracts/letters';
import type { PlannedAbsence } from '../../contracts/absence';
import type {
  LetterNotice,
  NewLetter,
  PendingNotice,
  PlanRouting,
  Routing,
  RoutingBatch,
} from '../../contracts/letters';
import type { Mechanism } from '../../contracts/mechanism/mechanism';
import { goesFirst } from '../../domain/model/notice-kinds';
import type { NoticeKind } from '../../domain/model/notice-kinds';
import type { Instant } from '../../domain/calendar/time';
import { nextDigestSlot } from './digest-slot';
import { endOfQuiet } from './quiet-hours';
import { receiversOf } from './receivers';
import type { Receiver } from './receivers';

/** Who wants a mail per notice does not want fourteen after an outage: what is older than this comes together. */
const staleAfterMs = 15 * 60_000;

export type FindAbsences = (mechanism: string) => Promise<readonly PlannedAbsence[]>;

export const planRouting =
  (findAbsences: FindAbsences): PlanRouting =>
  async (batch): Promise<Routing> => {
    const away = new Map<string, readonly PlannedAbsence[]>();
    for (const id of batch.mechanisms.keys()) away.set(id, await findAbsences(id));
    const letters = new Map<string, NewLetter>();
    const links: LetterNotice[] = [];
    const nobody: string[] = [];
    const slots = new Map<string, Instant>();
    const toldTogether = new Map<string, Set<string>>();
    for (const pending of [...batch.notices].sort((a, b) => rankOf(a) - rankOf(b))) {
      const mechanism = batch.mechanisms.get(pending.mechanism);
      const drafts = mechanism
        ? draftsOf(pending, mechanism, { batch, absences: away.get(mechanism.id) ?? [], slots })
        : [];
      if (drafts.length === 0) nobody.push(pending.id);
      const told = toldTogether.get(occasionOf(pending)) ?? new Set();
      toldTogether.set(occasionOf(pending), told);
      for (const { receiver, letter } of drafts) {
        if (pending.told.includes(receiver) || told.has(receiver)) continue;
        if (letter.official !== null) told.add(receiver);
        letters.set(letter.id, letter);
        links.push({ notice_id: pending.id, receiver, letter_id: letter.id });
      }
    }
    return { letters: [...letters.values()], links, nobody };
  };

/** Whoever hears one of several things of the same occasion hears the gravest. */
const gravest: readonly NoticeKind[] = ['escalation', 'review'];
const rankOf = ({ notice }: PendingNotice): number =>
  gravest.includes(notice.kind) ? gravest.indexOf(notice.kind) : gravest.length;

/** One ladder step may go to several offices of one person: they hear of it once. A system hears every notice. */
const occasionOf = ({ id, case: caseId, notice, createdAt }: PendingNotice): string =>
  notice.obligation === undefined ? id : `${caseId} ${notice.obligation} ${createdAt}`;

interface Draft {
  readonly receiver: string;
  readonly letter: NewLetter;
}
interface Around {
  readonly batch: RoutingBatch;
  readonly absences: readonly PlannedAbsence[];
  /** Slots found so far: a calendar is asked once per receiver and batch. */
  readonly slots: Map<string, Instant>;
}

function draftsOf(pending: PendingNotice, mechanism: Mechanism, around: Around): Draft[] {
  const { notice } = pending;
  const { now } = around.batch;
  const { official } = notice.facts;
  const addressees = official === undefined ? notice : { ...notice, official };
  const people = withoutUnheard(notice, receiversOf(mechanism, addressees, around.absences, now));
  const party = mechanism.parties.find(({ id }) => id === notice.party);
  const common = { mechanism_id: mechanism.id, party: notice.party };
  return [
    ...people.map((person): Draft => {
      const time = timeOf(pending, person, mechanism, around);
      const digest = { id: `digest:${mechanism.id}:${person.id}:${time.at}`, kind: 'digest' as const };
      const single = { id: time.folded ?? `${pending.id}:${person.id}`, kind: 'notice' as const };
      return {
        receiver: person.id,
        letter: {
          ...common,
          ...(time.inDigest ? digest : single),
          party: person.party,
          official: person.id,
          safety: notice.safety,
          send_at: time.at,
          ...{ goes_first: goesFirst(notice), cause: pending.by?.party ?? '' },
        },
      };
    }),
    // A system has no evening.
    ...(party?.webhook
      ? [
          {
            receiver: `webhook:${party.id}`,
            letter: {
              ...common,
              id: `${pending.id}:webhook:${party.id}`,
              kind: 'webhook' as const,
              official: null,
              safety: notice.safety,
              send_at: now,
              ...{ goes_first: goesFirst(notice), cause: pending.by?.party ?? '' },
            },
          },
        ]
      : []),
  ];
}

/** Where the alarm did not arrive, word of it does not either; unless nobody else is left. */
function withoutUnheard({ kind, facts }: PendingNotice['notice'], people: Receiver[]): Receiver[] {
  if (kind !== 'alarm-undelivered') return people;
  const unheard = (facts.receivers ?? '').split(' ');
  const others = people.filter(({ id }) => !unheard.includes(id));
  return others.length > 0 ? others : people;
}

/** A minute for what a minute decides: the first few went at once. */
const foldForMs = (isFirst: boolean): number => (isFirst ? 60_000 : repeatsWithinMs);

/**
 * Whoever does the same again and again is told of once in a while, in one letter about all of it: what was done is
 * recorded each time, and nobody's letters keep others' from going. Of the system's own doing nothing is folded.
 */
function findFold(pending: PendingNotice, person: Receiver, { batch }: Around): Slot | undefined {
  const { by, repeats = 0, notice } = pending;
  if (!by || repeats < repeatsAtOnce) return undefined;
  const forMs = foldForMs(goesFirst(notice));
  // Who did it stands in no header of a mail.
  const what = createHash('sha256').update(`${notice.kind} ${by.official}`).digest('hex').slice(0, 16);
  for (let turn = Math.floor(Date.parse(batch.now) / forMs) + 1; ; turn += 1) {
    const at = new Date(turn * forMs).toISOString();
    const folded = foldedId(pending.case, what, person.id, at);
    if (!batch.closed.has(folded)) return { at, inDigest: false, folded };
  }
}

interface Slot {
  readonly at: Instant;
  readonly inDigest: boolean;
  /** The id of the one letter for many. */
  readonly folded?: string;
}

function timeOf(pending: PendingNotice, person: Receiver, mechanism: Mechanism, around: Around): Slot {
  const { notice, createdAt } = pending;
  const { batch, slots } = around;
  const { now, closed } = batch;
  const fold = findFold(pending, person, around);
  if (notice.safety) return fold ?? { at: now, inDigest: false };
  const { digest } = person;
  const isAtOnce = digest === 'at-once';
  const isStale = Date.parse(now) - Date.parse(createdAt) > staleAfterMs;
  const key = `${mechanism.id} ${person.id}`;
  const first = slots.get(key) ?? (isAtOnce ? endOfQuiet(now, person) : nextDigestSlot(now, digest, person));
  slots.set(key, first);
  // Nothing quiet, nothing late: a mail of its own.
  if (isAtOnce && first === now && !isStale) return fold ?? { at: now, inDigest: false };
  let at = first;
  while (closed.has(`digest:${mechanism.id}:${person.id}:${at}`)) {
    at = isAtOnce ? endOfQuiet(millisecondAfter(at), person) : nextDigestSlot(at, digest, person);
  }
  return { at, inDigest: true };
}

const millisecondAfter = (at: Instant): Instant => new Date(Date.parse(at) + 1).toISOString();
