/** What moving every open case of a mechanism to a new version would meet. Reads the record and changes nothing. */
import { rulesOf } from '../../contracts/mechanism/mechanism';
import type { Mechanism } from '../../contracts/mechanism/mechanism';
import { closedAhead } from '../../domain/facts/closed';
import type { ClosedAhead } from '../../domain/facts/closed';
import { refusalToMove } from '../../domain/decide/moving';
import type { CaseId } from '../../domain/model/ids';
import type { Rejection, RejectionCode } from '../../domain/model/rejections';
import type { CaseRecord } from '../../record/record';

/** One thing that cases need first, with their references. */
export interface Need {
  readonly code: RejectionCode;
  /** The id that the new version lacks. */
  readonly subject?: string;
  readonly cases: readonly CaseId[];
}
export interface DryRun {
  /** Open cases of this mechanism. */
  readonly open: number;
  /** Those that would move without trouble. */
  readonly move: number;
  readonly needs: readonly Need[];
  /** Where the new version closes a place before it is used. Absent where it does nowhere. */
  readonly closed?: readonly ClosedWay[];
}
/** A place that would be closed, what is planned through it, and in which cases: also of those that can’t be moved. */
export interface ClosedWay extends ClosedAhead {
  readonly cases: readonly CaseId[];
}

export async function dryRunMove(
  { listOpenCases, load }: Pick<CaseRecord, 'listOpenCases' | 'load'>,
  mechanism: Mechanism,
  now = new Date().toISOString(),
): Promise<DryRun> {
  const target = rulesOf(mechanism);
  const needs = new Map<string, Need & { readonly cases: CaseId[] }>();
  const closed = new Map<string, ClosedWay & { readonly cases: CaseId[] }>();
  let open = 0;
  let move = 0;
  for (const id of await listOpenCases()) {
    const found = await load(id);
    if (found?.state.mechanism.id !== mechanism.id) continue;
    open += 1;
    for (const way of closedAhead(found.state, target)) {
      const key = `${way.place} ${way.part}`;
      const known = closed.get(key);
      if (known) known.cases.push(id);
      else closed.set(key, { ...way, cases: [id] });
    }
    const refusal = refusalToMove(found.state, found.rules, target, now);
    if (!refusal) move += 1;
    for (const need of refusal ? needsOf(refusal) : []) {
      const key = `${need.code} ${need.subject ?? ''}`;
      const known = needs.get(key);
      if (known) known.cases.push(id);
      else needs.set(key, { ...need, cases: [id] });
    }
  }
  const sorted = <Value>(of: ReadonlyMap<string, Value>): Value[] =>
    [...of].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value);
  return { open, move, needs: sorted(needs), ...(closed.size > 0 && { closed: sorted(closed) }) };
}

const needsOf = ({ code, blockers = [] }: Rejection): Omit<Need, 'cases'>[] =>
  blockers.length === 0
    ? [{ code }]
    : blockers.map(({ subject }) => ({ code, ...(subject !== undefined && { subject }) }));

/** What somebody has to do first; by code, as `moveMechanism` answers. */
const meanings: Partial<Record<RejectionCode, (subject: string) => string>> = {
  'unmet-by-target': (subject) => `this file does not have ${subject}`,
  'unknown-mechanism': () => 'the case runs under this version or a later one already',
  'wrong-stage': () => 'the child has departed; a case moves before that only',
};

const changes = {
  plan: 'is where a plan hands over: the mediator proposes another plan (proposePlan)',
  legs: 'lies on planned legs: the escort organisation plans others (planLegs)',
} as const satisfies Record<ClosedAhead['part'], string>;

export function dryRunLines(
  { open, move, needs, closed = [] }: DryRun,
  { id, version, places }: Mechanism,
): string[] {
  return [
    `${counted(open)} of ${id}: ${move} would move to version ${version} without trouble, ${open - move} would not`,
    ...needs.map(({ code, subject = '', cases }) => {
      const meaning = meanings[code]?.(subject) ?? 'it would be refused';
      return `  ${cases.length}: ${meaning} (${code}): ${cases.join(', ')}`;
    }),
    ...closed.map(({ place, part, cases }) => {
      const since = places.find((one) => one.id === place)?.closed;
      return `  ${cases.length}: ${place}, closed from ${since}, ${changes[part]}: ${cases.join(', ')}`;
    }),
  ];
}
const counted = (open: number): string => (open === 1 ? '1 open case' : `${open} open cases`);
