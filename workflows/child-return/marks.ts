/**
 * What operators look for that only the passing of time makes true: overdue, waited for too long, about to lapse.
 * Written as marks, because a saved view can't say “30 days ago”: its link would be wrong tomorrow.
 */
import { facetStateOf } from '../../src/domain/facts/adults';
import { standingApprovalsOf } from '../../src/domain/facts/agreement';
import type { ReturnCase } from '../../src/domain/model/case';
import { endOf } from '../../src/domain/facts/days';
import type { MechanismRules } from '../../src/domain/model/mechanism';
import type { Obligation } from '../../src/domain/obligations/obligations';
import { addDuration } from '../../src/domain/calendar/time';
import type { Instant } from '../../src/domain/calendar/time';
import { facets } from '../../src/domain/model/verification';
import type { RestartNote } from './messages';

/** A mark holds from an instant on, until another where there is one. */
interface Span {
  readonly mark: string;
  readonly from: Instant;
  readonly until?: Instant;
}
export interface Marks {
  /** Sorted, each once. */
  readonly marks: readonly string[];
  /** When the next one begins or ends. */
  readonly nextChangeAt?: Instant;
}

/** After so many days of waiting for a party operators look, and again. */
const waitedDays = [7, 14, 30, 60, 90] as const;
const stalledDays = [14, 30, 60] as const;
const lapsesWithinDays = 7;

export function marksOf(
  state: ReturnCase,
  rules: MechanismRules,
  owed: readonly Obligation[],
  restarted: RestartNote | undefined,
  now: Instant,
): Marks {
  const spans = [
    ...owed.flatMap(overdue),
    ...waitedFor(owed),
    ...stalled(state),
    ...lapsing(state, rules),
    ...(restarted ? [rebuilt(restarted)] : []),
  ];
  const marks = spans.filter(({ from, until }) => from <= now && (until === undefined || now < until));
  const changes = spans.flatMap(({ from, until }) => (until === undefined ? [from] : [from, until]));
  const nextChangeAt = changes.filter((at) => at > now).sort()[0];
  return {
    marks: [...new Set(marks.map(({ mark }) => mark))].sort(),
    ...(nextChangeAt === undefined ? {} : { nextChangeAt }),
  };
}

const overdue = ({ kind, due, safety }: Obligation): Span[] => [
  { mark: 'overdue', from: due },
  { mark: `overdue-${kind}`, from: due },
  ...(safety ? [{ mark: 'overdue-safety', from: due }] : []),
];

/** Of each party what it has owed longest counts. */
function waitedFor(owed: readonly Obligation[]): Span[] {
  const longest = new Map<string, Instant>();
  for (const { party, since } of owed) {
    const known = longest.get(party);
    if (known === undefined || since < known) longest.set(party, since);
  }
  return [...longest].flatMap(([party, since]) =>
    waitedDays.map((days) => ({ mark: `${party}-over-${days}-days`, from: addDuration(since, `P${days}D`) })),
  );
}

const stalled = ({ stalledSince }: ReturnCase): Span[] =>
  stalledSince === undefined
    ? []
    : stalledDays.map((days) => ({
        mark: `stalled-over-${days}-days`,
        from: addDuration(stalledSince, `P${days}D`),
      }));

/** Nothing lapses once the child is on the way. */
function lapsing(state: ReturnCase, rules: MechanismRules): Span[] {
  if (state.journey || state.handover.at || state.closure) return [];
  const dates = [
    ...facets.map((facet) => facetStateOf(state, facet).attestation?.validUntil),
    state.travelDocuments?.validUntil,
    state.medical.clearance?.validUntil,
  ];
  return [
    ...standingApprovalsOf(state).flatMap(({ expiresAt }) =>
      expiresAt === undefined ? [] : [beforeEndOf('approval-lapses-within-7-days', expiresAt)],
    ),
    ...dates.flatMap((date) => {
      const ends = date === undefined ? undefined : endOf('validUntil', date, { state, rules });
      return ends === undefined ? [] : [beforeEndOf('papers-lapse-within-7-days', ends)];
    }),
  ];
}

const beforeEndOf = (mark: string, until: Instant): Span => ({
  mark,
  from: new Date(Date.parse(until) - lapsesWithinDays * 86_400_000).toISOString(),
  until,
});

const rebuilt = ({ at }: RestartNote): Span => ({
  mark: 'rebuilt-within-a-day',
  from: at,
  until: addDuration(at, 'P1D'),
});
