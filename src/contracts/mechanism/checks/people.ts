/** Who takes over from whom, when people work, and when they may be written to. */
import { isDuration, addDuration } from '../../../domain/calendar/time';
import { weekdayOfDate, weekdays } from '../hours';
import type { DigestTimes, QuietHours } from '../hours';
import type { Mechanism } from '../mechanism';
import { unless } from './parts';
import { subjectOf } from '../subjects';
import type { FaultPath, Found, MechanismCheck } from './parts';

/** The mechanism's own and every official's, with where they stand. */
const settingsOf = <Key extends 'quietHours' | 'digest'>(
  mechanism: Mechanism,
  key: Key,
): { readonly path: FaultPath; readonly value: Mechanism[Key] }[] => [
  { path: [key], value: mechanism[key] },
  ...mechanism.officials.flatMap(({ [key]: value }, at) =>
    value === undefined ? [] : [{ path: ['officials', at, key], value: value as Mechanism[Key] }],
  ),
];

const successors = (
  mechanism: Mechanism,
  isFault: (found: { leaver: Mechanism['officials'][number]; by: string }) => string | undefined,
): Found[] =>
  mechanism.officials.flatMap((leaver, at) => {
    const message = leaver.replacedBy && isFault({ leaver, by: leaver.replacedBy });
    return message ? [{ path: ['officials', at, 'replacedBy'], message }] : [];
  });

const officialOf = ({ officials }: Mechanism, id: string) => officials.find((official) => official.id === id);

/** Whether following successors from here leads back here. */
function isInCircle(mechanism: Mechanism, start: string): boolean {
  const seen = new Set<string>();
  for (let id: string | undefined = start; id !== undefined && !seen.has(id);) {
    seen.add(id);
    id = officialOf(mechanism, id)?.replacedBy;
    if (id === start) return true;
  }
  return false;
}

const isEmptySpan = (hours: QuietHours): boolean => hours !== 'none' && hours.from === hours.to;
const isTooOften = (digest: DigestTimes): boolean =>
  digest !== 'at-once' &&
  isDuration(digest.every) &&
  addDuration('2026-01-01T00:00:00.000Z', digest.every) < '2026-01-01T00:00:01.000Z';

export const peopleChecks = {
  'duplicate-subject': {
    reads: ['officials', 'signIn'],
    find: ({ officials, signIn: { claim } }) => {
      const owners = new Map<string, string>();
      return officials.flatMap((official, at) => {
        if (!official.active) return [];
        const subject = subjectOf(claim, official);
        const owner = owners.get(subject);
        if (owner === undefined) owners.set(subject, official.id);
        const from = official.subject !== undefined ? 'subject' : claim === 'email' ? 'email' : 'id';
        return unless(
          // One id twice, or one address, is named by a check of its own.
          owner === undefined || (official.subject === undefined && owner === official.id),
          ['officials', at, from],
          `signs in as ${owner ?? ''} does: one account would be two officials`,
        );
      });
    },
  },
  'successor-unknown': {
    reads: ['officials'],
    find: (mechanism) =>
      successors(mechanism, ({ by }) =>
        officialOf(mechanism, by) ? undefined : `${by} is not among the officials`,
      ),
  },
  'successor-of-active': {
    reads: ['officials'],
    find: (mechanism) =>
      successors(mechanism, ({ leaver }) =>
        leaver.active
          ? `${leaver.id} is active: nobody takes over from those who are still there`
          : undefined,
      ),
  },
  'successor-of-other-party': {
    reads: ['officials'],
    find: (mechanism) =>
      successors(mechanism, ({ leaver, by }) => {
        const party = officialOf(mechanism, by)?.party;
        return party === undefined || party === leaver.party
          ? undefined
          : `${by} is of ${party}, not of ${leaver.party}: parties keep their own work`;
      }),
  },
  'successors-in-circle': {
    reads: ['officials'],
    find: (mechanism) =>
      successors(mechanism, ({ leaver }) =>
        isInCircle(mechanism, leaver.id) ? 'leads back to where it began: nobody would take over' : undefined,
      ),
  },
  'credential-of-no-escort': {
    reads: ['officials'],
    find: ({ officials }) =>
      officials.flatMap(({ id, roles, escort }, at) =>
        unless(
          !escort || roles.includes('escort'),
          ['officials', at, 'escort'],
          `${id} is no escort: the role is missing`,
        ),
      ),
  },
  'hours-inverted': {
    reads: ['parties'],
    find: ({ parties }) =>
      parties.flatMap(({ calendar }, at) =>
        unless(
          !calendar || calendar.workingHours.from < calendar.workingHours.to,
          ['parties', at, 'calendar', 'workingHours', 'to'],
          'must be later than from',
        ),
      ),
  },
  'no-working-day': {
    reads: ['parties'],
    find: ({ parties }) =>
      parties.flatMap(({ calendar }, at) =>
        unless(
          new Set(calendar?.weekend).size < weekdays.length,
          ['parties', at, 'calendar', 'weekend'],
          'holds every day of the week: no working day would ever come',
        ),
      ),
  },
  'worked-day-not-off': {
    reads: ['parties'],
    find: ({ parties }) =>
      parties.flatMap(({ calendar }, at) =>
        (calendar?.workingDays ?? []).flatMap((date, entry) =>
          unless(
            calendar?.weekend.includes(weekdayOfDate(date)) === true,
            ['parties', at, 'calendar', 'workingDays', entry],
            `${date} is a ${weekdayOfDate(date)}, which is worked anyway`,
          ),
        ),
      ),
  },
  'worked-holiday': {
    reads: ['parties'],
    find: ({ parties }) =>
      parties.flatMap(({ calendar }, at) =>
        (calendar?.workingDays ?? []).flatMap((date, entry) =>
          unless(
            calendar?.holidays.includes(date) !== true,
            ['parties', at, 'calendar', 'workingDays', entry],
            `${date} is among the holidays, too`,
          ),
        ),
      ),
  },
  'quiet-hours-empty': {
    reads: ['officials', 'quietHours'],
    find: (mechanism) =>
      settingsOf(mechanism, 'quietHours').flatMap(({ path, value }) =>
        unless(!isEmptySpan(value), [...path, 'to'], 'is the same as from; write none for no quiet hours'),
      ),
  },
  'digest-too-often': {
    reads: ['officials', 'digest'],
    find: (mechanism) =>
      settingsOf(mechanism, 'digest').flatMap(({ path, value }) =>
        unless(
          !isTooOften(value),
          [...path, 'every'],
          'must be a second or more; write at-once for no waiting',
        ),
      ),
  },
} as const satisfies Record<string, MechanismCheck>;
