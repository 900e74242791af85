/** Who must do what by when. The single source of inbox, reminder, escalation, stalled and waiting-on. */
import type { ReturnCase } from '../model/case';
import type { OfficialsCommandType } from '../model/command-table';
import type { CaseId, PartyId } from '../model/ids';
import { asksFor, findParty, ladderOf } from '../model/mechanism';
import type { MechanismRules } from '../model/mechanism';
import { agreementDrafts } from './agreement';
import {
  addressDrafts,
  ageDrafts,
  closureDrafts,
  safetyDrafts,
  stalledDrafts,
  unheardDrafts,
  duressDrafts,
} from './any-time';
import type { Draft, DraftSource } from './draft';
import { hearingDrafts } from './hearing';
import { officerDrafts } from './officers';
import { presenceDrafts } from './presence';
import {
  handoverDrafts,
  interimCareDrafts,
  journeyDrafts,
  reintegrationDrafts,
  visitDrafts,
} from './journey';
import { preparationDrafts, rehousingDrafts, stayDrafts, welfareDrafts } from './preparation';
import { proposalDrafts } from './proposals';
import { closedDrafts } from './closed';
import { safeConductDrafts } from './safe-conduct';
import { siblingDrafts } from './siblings';
import { tellingDrafts } from './telling';
import { transferDrafts } from './transfer';
import { intakeDrafts, mediators, tracingDrafts, verificationDrafts } from './verification';
import { safetyKinds } from '../model/obligation-kinds';
import type { ObligationKind } from '../model/obligation-kinds';
import type { Role } from '../model/parties';
import type { Instant } from '../calendar/time';
import { addTimeframe } from '../calendar/working-days';

export interface Obligation {
  /** Stable while the obligation lasts and new when it arises again: `kind:subject:party@since`. */
  readonly key: string;
  readonly kind: ObligationKind;
  /** The facet, relay, hold, condition, side, leg or visit it is about. */
  readonly subject?: string;
  readonly party: PartyId;
  /** Empty: any official of the party. */
  readonly roles: readonly Role[];
  readonly since: Instant;
  readonly due: Instant;
  readonly safety: boolean;
  /** Commands that meet it. */
  readonly commands: readonly OfficialsCommandType[];
}

const sources: readonly DraftSource[] = [
  intakeDrafts,
  officerDrafts,
  tracingDrafts,
  verificationDrafts,
  agreementDrafts,
  preparationDrafts,
  safeConductDrafts,
  closedDrafts,
  welfareDrafts,
  rehousingDrafts,
  siblingDrafts,
  stayDrafts,
  hearingDrafts,
  presenceDrafts,
  journeyDrafts,
  transferDrafts,
  handoverDrafts,
  interimCareDrafts,
  visitDrafts,
  reintegrationDrafts,
  tellingDrafts,
  safetyDrafts,
  ageDrafts,
  closureDrafts,
  stalledDrafts,
  addressDrafts,
  unheardDrafts,
  duressDrafts,
  proposalDrafts,
];

/**
 * Every obligation that exists now or, without anything happening, from a later instant on. The last answers are kept:
 * one command asks for the same several times, of the case before it and after it.
 */
export function foreseenObligationsOf(
  state: ReturnCase,
  rules: MechanismRules,
  now: Instant,
): readonly Obligation[] {
  // A closed case owes nothing but a second person's word on opening it again.
  if (state.closure && !state.proposals?.length) return [];
  const known = lastAnswers.find(
    (answer) => answer.state === state && answer.rules === rules && answer.now === now,
  );
  if (known) return known.obligations;
  const drafts = (state.closure ? [proposalDrafts] : sources)
    .flatMap((source) => source(state, rules, now))
    .filter(({ kind }) => asksFor(rules, kind));
  const obligations = onceEach(drafts)
    .map((draft) => obligationOf(draft, rules))
    .sort(bySafetyThenDue);
  lastAnswers.unshift({ state, rules, now, obligations });
  lastAnswers.length = Math.min(lastAnswers.length, keptAnswers);
  return obligations;
}
/** Few, so that they keep no case in memory that nobody asks for any more. */
const keptAnswers = 2;
const lastAnswers: {
  readonly state: ReturnCase;
  readonly rules: MechanismRules;
  readonly now: Instant;
  readonly obligations: readonly Obligation[];
}[] = [];

/** Sorted by safety, then due, then key. Empty for a closed case. */
export const obligationsOf = (state: ReturnCase, rules: MechanismRules, now: Instant): Obligation[] =>
  foreseenObligationsOf(state, rules, now).filter(({ since }) => since <= now);

/** What an obligation is about, as its key has it: notices keep the key. */
export const subjectOfKey = (key: string): string | undefined => /^[^:]*:([^:]+):/.exec(key)?.[1];

/** Of no case's state: that another case may be of the same child is the mediator's to know and to look at. */
export function suggestedDuplicate(rules: MechanismRules, other: CaseId, since: Instant): Obligation[] {
  const party = rules.parties.find(({ kind }) => kind === 'mediator');
  if (!party) return [];
  const commands = ['flagDuplicate'] as const;
  return [
    obligationOf(
      { kind: 'settle-duplicate', subject: other, party: party.id, roles: mediators, since, commands },
      rules,
    ),
  ];
}

/**
 * Two reasons for one step are one obligation, since the earlier of the two: a side that objects and also holds has to
 * be spoken with once. Ladders are counted by the step, and two of one would start each other anew for ever.
 */
function onceEach(drafts: readonly Draft[]): Draft[] {
  const kept = new Map<string, Draft>();
  for (const draft of drafts) {
    const step = stepOf(draft);
    const other = kept.get(step);
    if (!other) kept.set(step, draft);
    else {
      const first = draft.since < other.since ? draft : other;
      kept.set(step, { ...first, commands: [...new Set([...other.commands, ...draft.commands])] });
    }
  }
  return [...kept.values()];
}
const stepOf = ({ kind, subject = '', party }: Draft): string => `${kind}:${subject}:${party}`;

function obligationOf(draft: Draft, rules: MechanismRules): Obligation {
  const { due, ...rest } = draft;
  return {
    ...rest,
    key: `${stepOf(draft)}@${draft.since}`,
    due:
      due ??
      addTimeframe(draft.since, ladderOf(rules, draft.kind).due, findParty(rules, draft.party)?.calendar),
    safety: (safetyKinds as readonly ObligationKind[]).includes(draft.kind),
  };
}

function bySafetyThenDue(a: Obligation, b: Obligation): number {
  if (a.safety !== b.safety) return a.safety ? -1 : 1;
  if (a.due !== b.due) return a.due < b.due ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}
