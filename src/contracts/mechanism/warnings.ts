/** What a mechanism may say and probably does not mean: it can run, and somebody should look at it. */
import { Temporal } from 'temporal-polyfill';
import type { LocalDate } from '../../domain/calendar/time';
import { addDays } from '../../domain/facts/days';
import type { Mechanism } from './mechanism';
import { activeOfficials, isClosing, staffOf, unless } from './checks/parts';
import type { Found } from './checks/parts';

/** The areas of the time-zone database in which places lie. All other names are offsets or old names. */
const placeForm =
  /^(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/[A-Za-z]/;
const onPurpose = new Set(['UTC', 'Etc/UTC']);

/** `today`: by which a date is near. */
export const findWarnings = (mechanism: Mechanism, today: LocalDate): Found[] => [
  ...credentials(mechanism, today),
  ...engagedTwice(mechanism),
  ...unheard(mechanism),
  ...deserted(mechanism),
  ...zones(mechanism),
];

/** Whoever renews one needs some time for it. */
const renewalTakes = 60;
const credentials = ({ officials }: Mechanism, today: LocalDate): Found[] =>
  officials.flatMap(({ id, active, escort }, at) => {
    const until = active ? escort?.validUntil : undefined;
    const isOver = until !== undefined && until < today;
    return unless(
      until === undefined || until > addDays(today, renewalTakes),
      ['officials', at, 'escort', 'validUntil'],
      isOver
        ? `${id}’s credential ended on ${until}: nobody can send them with a child`
        : `${id}’s credential ends on ${until}, within ${renewalTakes} days`,
    );
  });

/** Of before, and so it stays for their cases; who writes a new one says which is meant. */
const engagedTwice = ({ escortsEngagedOnce }: Mechanism): Found[] =>
  unless(
    escortsEngagedOnce !== undefined,
    ['officials'],
    'an escort may set out with children while under way with others; write escortsEngagedOnce: true, or false where that is meant',
  );

/** A departure waits for a hearing: a mechanism of before may have nobody for it, and goes on all the same. */
const unheard = (mechanism: Mechanism): Found[] =>
  mechanism.parties.flatMap((party, at) =>
    unless(
      party.kind !== 'mediator' || staffOf(mechanism, party.id, ['interviewer']).length > 0,
      ['parties', at],
      `${party.id} has no active interviewer: nobody could hear a child, and none could depart`,
    ),
  );

/** Nothing new begins with a closed party, but what it has begun still waits for somebody there. */
const deserted = (mechanism: Mechanism): Found[] =>
  mechanism.parties.flatMap((party, at) =>
    unless(
      !isClosing(party) || activeOfficials(mechanism).some((official) => official.party === party.id),
      ['parties', at, 'closed'],
      `${party.id} has no active official: its open cases would wait for nobody`,
    ),
  );

const zones = ({ parties, officials }: Mechanism): Found[] =>
  [
    ...parties.map(({ timeZone }, at) => ({ timeZone, path: ['parties', at, 'timeZone'] })),
    ...officials.map(({ timeZone }, at) => ({ timeZone, path: ['officials', at, 'timeZone'] })),
  ].flatMap(({ timeZone, path }) => {
    const message = timeZone === undefined ? undefined : zoneWarning(timeZone);
    return message === undefined ? [] : [{ path, message }];
  });

/** Names in `Etc/` count the other way round than everybody writes: `Etc/GMT+3` lies three hours behind UTC. */
function zoneWarning(timeZone: string): string | undefined {
  if (placeForm.test(timeZone) || onPurpose.has(timeZone)) return undefined;
  const write = 'write a place, such as Europe/Moscow';
  const winter = offsetHours('2026-01-15T12:00:00Z', timeZone);
  const summer = offsetHours('2026-07-15T12:00:00Z', timeZone);
  return winter === summer
    ? `${timeZone} is always ${fromUtc(winter)}, without summer time; ${write}`
    : `${timeZone} is an old name, ${fromUtc(winter)} in winter; ${write}`;
}

const offsetHours = (at: string, timeZone: string): number =>
  Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).offsetNanoseconds / 3_600_000_000_000;

const fromUtc = (hours: number): string =>
  hours === 0
    ? 'as UTC'
    : `${Math.abs(hours)} ${Math.abs(hours) === 1 ? 'hour' : 'hours'} ${hours < 0 ? 'behind' : 'ahead of'} UTC`;
