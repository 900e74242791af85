/**
 * May each of these children set out now? Asked of each by the rules of its own case, as when it goes alone, with its siblings
 * as they are at the same instant. Never-rules 1, 3, 4, 5 and 13 are decided here.
 */
import { decide } from '../decide/decide';
import type { DecisionContext, Verdict } from '../decide/rule-context';
import { siblingStatusOf } from '../facts/gate';
import type { ReturnCase } from '../model/case';
import type { CaseId } from '../model/ids';
import type { MechanismRules } from '../model/mechanism';
import type { Actor } from '../model/parties';
import { rejected } from '../model/rejections';
import type { GateBlocker } from '../model/rejections';
import type { MemberStatus } from './member';
import { tiedTo } from './member';

export interface MemberCase {
  /** As people's commands judge it: of age where it is so. */
  readonly judged: ReturnCase;
  readonly rules: MechanismRules;
  readonly status: MemberStatus;
}
/** Of everybody on the list, and of everybody whom sibling links tie to one of them. */
export type MemberCases = ReadonlyMap<CaseId, MemberCase>;

export interface Departing extends Pick<DecisionContext, 'now' | 'hashPlan' | 'underWay'> {
  readonly cases: MemberCases;
  /** The mediator's lead, whose go it is. */
  readonly actor: Actor;
}

/** What the child's own case says to `depart`. */
export function departureOf(id: CaseId, { cases, actor, now, hashPlan, underWay }: Departing): Verdict {
  const own = cases.get(id);
  if (!own) return rejected('case-not-found');
  const siblings = familyOf(id, cases).map(({ judged, rules }) => siblingStatusOf(judged, rules, now));
  return decide(
    own.judged,
    { actor, command: { type: 'depart' } },
    {
      ...{ now, mechanism: own.rules, hashPlan, siblings },
      ...(underWay && own.rules.escortsEngagedOnce && { underWay }),
    },
  );
}

/** The others of the family, however far the links go, waived ones too: the gate of the case asks itself whom it minds. */
function familyOf(id: CaseId, cases: MemberCases): MemberCase[] {
  const found = new Set([id]);
  for (let size = 0; size !== found.size;) {
    size = found.size;
    for (const [each, { judged }] of cases)
      if (found.has(each) || judged.siblings.some((sibling) => found.has(sibling)))
        for (const other of [each, ...judged.siblings]) if (cases.has(other)) found.add(other);
  }
  return [...cases].filter(([each]) => each !== id && found.has(each)).map(([, member]) => member);
}

/** Empty for whom nothing keeps. `inDoubt`: cases whose record is not what was recorded. */
export function gatesOf(
  travellers: readonly CaseId[],
  departing: Departing,
  inDoubt: readonly CaseId[],
): Map<CaseId, readonly GateBlocker[] | 'record-in-doubt'> {
  const members = new Map([...departing.cases].map(([id, { status }]) => [id, status]));
  return new Map(
    travellers.map((id): [CaseId, readonly GateBlocker[] | 'record-in-doubt'] => {
      if ([id, ...tiedTo([id], members)].some((each) => inDoubt.includes(each)))
        return [id, 'record-in-doubt'];
      const verdict = departureOf(id, departing);
      if ('events' in verdict) return [id, []];
      const blockers = verdict.rejection.blockers ?? members.get(id)?.blockers ?? [];
      return [id, blockers.length > 0 ? blockers : [{ blocker: 'no-valid-plan' }]];
    }),
  );
}
