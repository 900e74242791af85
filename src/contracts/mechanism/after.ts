/**
 * What a version of a mechanism may not do to the one before it: cases and the record name its parties, sites, places and
 * officials by id for ever. The record refuses what is a fault here; `homeward mechanism check --after` names it before.
 */
import { kindsWithOwnDue, safetyKinds } from '../../domain/model/obligation-kinds';
import type { Ladder } from '../../domain/model/mechanism';
import { unless } from './checks/parts';
import type { Found } from './checks/parts';
import { lengthOf } from './checks/time';
import type { Mechanism } from './mechanism';

type Comparison = (older: Mechanism, newer: Mechanism) => Found[];
type Section = 'parties' | 'sites' | 'places' | 'officials';

const removed =
  (section: Section, what: string, instead: string): Comparison =>
  (older, newer) =>
    older[section].flatMap(({ id }) =>
      unless(
        newer[section].some((one) => one.id === id),
        [section],
        `lacks the ${what} ${id}, which version ${older.version} has; ids never go: list it with ${instead}`,
      ),
    );

/** An id whose `field` says another thing than before. */
const changed =
  <Of extends Section>(section: Of, field: keyof Mechanism[Of][number] & string): Comparison =>
  (older, newer) =>
    (newer[section] as readonly Mechanism[Of][number][]).flatMap((entry, at) => {
      const before = (older[section] as readonly Mechanism[Of][number][]).find(({ id }) => id === entry.id);
      return unless(
        !before || before[field] === entry[field],
        [section, at, field],
        `${entry.id} is of ${String(before?.[field])} in version ${older.version}; an id keeps its meaning: take a new one`,
      );
    });

const faults = {
  'version-not-higher': (older, newer) =>
    unless(newer.version > older.version, ['version'], `must be higher than ${older.version}`),
  'party-removed': removed('parties', 'party', '`closed: date`'),
  'site-removed': removed('sites', 'site', '`closed: date`'),
  'place-removed': removed('places', 'place', '`closed: date`'),
  'official-removed': removed('officials', 'official', '`active: false`'),
  'party-of-other-kind': changed('parties', 'kind'),
  'site-of-other-party': changed('sites', 'party'),
  'official-of-other-party': changed('officials', 'party'),
  'bed-renumbered': (older, newer) =>
    newer.sites.flatMap(({ id, beds = [] }, at) => {
      const before = older.sites.find((site) => site.id === id)?.beds ?? [];
      return before.flatMap((bed, number) =>
        unless(
          beds[number]?.id === bed.id,
          ['sites', at, 'beds', number],
          `was ${bed.id} in version ${older.version}, and children may lie there; a bed keeps its position: list it with \`closed: date\``,
        ),
      );
    }),
  'side-taken-away': (older, newer) =>
    older.decidingSides.flatMap((side) =>
      unless(
        newer.decidingSides.includes(side),
        ['decidingSides'],
        `lacks ${side}, which decides in version ${older.version}: no case goes on without a side that had a say`,
      ),
    ),
} as const satisfies Record<string, Comparison>;

/** What became later, or does not come at all any more; nothing where the ladder is as fast as before. */
function slowerParts(kind: (typeof safetyKinds)[number], older: Ladder, newer: Ladder): string[] {
  const isLonger = (before: string, now: string) => lengthOf(now) > lengthOf(before);
  // Where the case itself says when a thing is due, nobody reads `due`.
  const times = (kindsWithOwnDue as readonly string[]).includes(kind)
    ? (['thenEvery'] as const)
    : (['due', 'thenEvery'] as const);
  const ofAct = ({ steps }: Ladder, act: string) => steps.filter((step) => step.act === act);
  return [
    ...times.flatMap((time) =>
      isLonger(older[time], newer[time]) ? [`${time} ${newer[time]} instead of ${older[time]}`] : [],
    ),
    ...(['remind', 'escalate', 'review'] as const).flatMap((act) =>
      ofAct(older, act).flatMap(({ after }, at) => {
        const now = ofAct(newer, act)[at]?.after;
        if (now !== undefined && !isLonger(after, now)) return [];
        return [now === undefined ? `no ${act} after ${after}` : `${act} after ${now} instead of ${after}`];
      }),
    ),
  ];
}

const warnings = {
  'safety-ladder-longer': (older, newer) =>
    safetyKinds.flatMap((kind) => {
      const slower = slowerParts(kind, older.ladders[kind], newer.ladders[kind]);
      return unless(
        slower.length === 0,
        ['ladders', kind],
        `takes longer than in version ${older.version}, and concerns a child’s safety: ${slower.join(', ')}`,
      );
    }),
  'approval-shorter': (older, newer) =>
    unless(
      lengthOf(newer.approvalValidFor) >= lengthOf(older.approvalValidFor),
      ['approvalValidFor'],
      `${newer.approvalValidFor} instead of ${older.approvalValidFor}: approvals lapse sooner`,
    ),
  // Each file has a ladder for every kind there is, so what is newly owed comes of who decides and of visits.
  'newly-owed': (older, newer) => [
    ...newer.decidingSides.flatMap((side, at) =>
      unless(
        older.decidingSides.includes(side),
        ['decidingSides', at],
        `${side} did not decide in version ${older.version}: open cases that concern it will owe its decision`,
      ),
    ),
    ...unless(
      newer.followUpVisits.length <= older.followUpVisits.length,
      ['followUpVisits'],
      `${newer.followUpVisits.length} visits instead of ${older.followUpVisits.length}: open cases will owe those, too`,
    ),
  ],
} as const satisfies Record<string, Comparison>;

export type AfterCode = 'other-mechanism' | keyof typeof faults | keyof typeof warnings;
const faultCodes = Object.keys(faults) as (keyof typeof faults)[];
const warningCodes = Object.keys(warnings) as (keyof typeof warnings)[];
export const afterCodes: readonly AfterCode[] = ['other-mechanism', ...faultCodes, ...warningCodes];

export interface FoundAfter extends Found {
  readonly code: AfterCode;
}

/** What keeps `newer` from following `older`. */
export function faultsAfter(older: Mechanism, newer: Mechanism): FoundAfter[] {
  if (older.id !== newer.id)
    return [{ code: 'other-mechanism', path: ['id'], message: `is another mechanism than ${older.id}` }];
  return faultCodes.flatMap((code) => faults[code](older, newer).map((found) => ({ code, ...found })));
}

/** What open cases would notice, and somebody should look at. */
export const warningsAfter = (older: Mechanism, newer: Mechanism): FoundAfter[] =>
  older.id === newer.id
    ? warningCodes.flatMap((code) => warnings[code](older, newer).map((found) => ({ code, ...found })))
    : [];
