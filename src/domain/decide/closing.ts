/** Rules of closing a case, and of opening it again. Source: docs/rules.md, "Closure", and never-rule 16. */
import { withdrawnClosableFrom } from '../facts/withdrawn';
import { followedUpSince, isInInterimCare, isOnTheWay, isToBePlanned, visitedSince } from '../facts/care';
import type { ReturnCase } from '../model/case';
import type { ClosureOutcome } from '../model/commands';
import { obligationsOf } from '../obligations/obligations';
import type { Obligation } from '../obligations/obligations';
import type { MechanismRules } from '../model/mechanism';
import { kindsWithOwnDue } from '../model/obligation-kinds';
import { actPapers, judgedIn, paperFault } from '../facts/papers';
import { rejected } from '../model/rejections';
import type { GateBlocker } from '../model/rejections';
import { refusesOfAge } from '../facts/stage-of';
import { addDuration } from '../calendar/time';
import { omitUndefined } from '../model/omit-undefined';
import type { RuleContext, HandlerTable, Outcome } from './rule-context';

type Fault = Extract<Outcome, { rejection: unknown }> | undefined;

/** Every visit is made, and what the child needs is planned. */
function followUpFault(state: ReturnCase, rules: MechanismRules): Fault {
  if (visitedSince(state, rules.followUpVisits.length) === undefined) return rejected('visits-outstanding');
  return isToBePlanned(state, rules) ? rejected('reintegration-unplanned') : undefined;
}

/** What must be so for a closure to be founded. */
const foundations: Record<ClosureOutcome, (state: ReturnCase, context: RuleContext) => Fault> = {
  reunited: (state, { mechanism }) => {
    if (!state.handover.at || state.handover.own) return rejected('closure-unfounded');
    return followUpFault(state, mechanism);
  },
  'home-alone': (state, { mechanism }) =>
    state.handover.own ? followUpFault(state, mechanism) : rejected('closure-unfounded'),
  'placed-in-care': (state, { mechanism }) => {
    if (!isInInterimCare(state)) return rejected('closure-unfounded');
    return followUpFault(state, mechanism);
  },
  'no-return': (state) =>
    state.bestInterests?.outcome === 'no-return' || refusesOfAge(state)
      ? undefined
      : rejected('closure-unfounded'),
  refused: (state) =>
    Object.values(state.decisions).some(({ act }) => act !== 'approve')
      ? undefined
      : rejected('closure-unfounded'),
  withdrawn: (state, { mechanism, now }) => {
    const from = withdrawnClosableFrom(state, mechanism);
    if (from === undefined) return rejected('closure-unfounded');
    return from > now ? rejected('closure-early') : undefined;
  },
  'already-home': (state) =>
    state.stay?.status === 'occupied' ? rejected('child-hosted-or-travelling') : undefined,
  deceased: () => undefined,
  // Of two that are the same one goes on.
  duplicate: (state) =>
    state.duplicates.some(({ verdict, closed }) => verdict === 'same' && !closed)
      ? undefined
      : rejected('closure-unfounded'),
  other: () => undefined,
};

/** What may still end a case whose child is followed up. */
const endsOfFollowUp: readonly ClosureOutcome[] = [
  'reunited',
  'home-alone',
  'placed-in-care',
  'deceased',
  'other',
];

/** An alarm that rings, or would ring by itself; a second person's word on the closing is none. */
const isAlarm = ({ kind, safety, due }: Obligation, { now }: RuleContext): boolean =>
  safety &&
  kind !== 'confirm-urgent-proposal' &&
  (due <= now || !(kindsWithOwnDue as readonly string[]).includes(kind));

/** A closed case owes nobody anything: what keeps a child safe ends before it, not with it. */
function standingStops(state: ReturnCase, context: RuleContext): GateBlocker[] {
  const alarms = obligationsOf(state, context.mechanism, context.now).filter((one) => isAlarm(one, context));
  return [
    ...state.holds.map(({ id }) => ({ blocker: 'hold-active', subject: id }) as const),
    ...alarms.map(({ kind }) => ({ blocker: 'alarm-open', subject: kind }) as const),
  ];
}

/** Later a new case is opened instead. */
const reopenedWithin = 'P1Y';

export const closingRules: HandlerTable<'closeCase' | 'reopenCase'> = {
  closeCase: (state, { outcome, evidence = [], note }, context) => {
    if (outcome === 'deceased') {
      // Nothing else stands in the way: where it is true, no hold and no alarm helps the child any more.
      const fault = paperFault('evidence', evidence, actPapers.death, judgedIn(state, context));
      return fault ?? [omitUndefined({ type: 'CaseClosed', outcome, evidence, note })];
    }
    if (isOnTheWay(state)) return rejected('child-hosted-or-travelling');
    if (followedUpSince(state) && !endsOfFollowUp.includes(outcome)) return rejected('closure-unfounded');
    // Nobody owes a closed case a welfare note: where the hosted child now goes must be written down.
    const mustExplain = outcome === 'other' || state.stay?.status === 'occupied';
    if (mustExplain && note === undefined) return rejected('note-required', { field: 'note' });
    const fault = foundations[outcome](state, context);
    if (fault) return fault;
    const blockers = standingStops(state, context);
    if (blockers.length > 0) return rejected('closure-unsafe', { blockers });
    return [
      omitUndefined({
        type: 'CaseClosed',
        outcome,
        evidence: evidence.length > 0 ? evidence : undefined,
        note,
      }),
    ];
  },

  reopenCase: (state, { reason, note }, { now }) => {
    if (!state.closure) return rejected('wrong-stage');
    if (addDuration(state.closure.at, reopenedWithin) <= now) return rejected('closed-too-long');
    return [omitUndefined({ type: 'CaseReopened', reason, note })];
  },
};
