/** Rules of what needs a second person: proposed by one, confirmed or rejected by another, nothing in between. */
import { expectedSiteOf } from '../facts/care';
import { fitsStage, mayConfirm } from '../facts/allowed-commands';
import type { ReturnCase } from '../model/case';
import type { Command, CommandOf } from '../model/commands';
import { secondPersonFor } from '../facts/four-eyes';
import { isOfficial } from '../model/parties';
import type { Proposal } from '../model/proposals';
import { rejected } from '../model/rejections';
import type { Instant } from '../calendar/time';
import { officialOf } from './rule-context';
import { omitUndefined } from '../model/omit-undefined';
import type { RuleContext, Outcome } from './rule-context';

export type Act = Exclude<Command, CommandOf<'openCase' | 'confirmProposal' | 'rejectProposal'>>;
/** What the act's own rules make of it. */
export type Judge = (state: ReturnCase, act: Act, context: RuleContext) => Outcome;

const findProposal = ({ proposals = [] }: ReturnCase, id: string): Proposal | undefined =>
  proposals.find((proposal) => proposal.id === id);

/** What it leaves open is what the rules take for it, so that two who mean the same propose the same. */
const inFull = (act: Act, state: ReturnCase): Act =>
  act.type === 'recordArrival' && act.site === undefined
    ? omitUndefined({ ...act, site: expectedSiteOf(state) })
    : act;

/** Notes differ from one sending to the next and make no other act of it. */
const actKey = ({ note: _, ...act }: Command & { note?: string }): string => JSON.stringify(act);

/** Says which act and when, and nothing of what else there is in the case. */
function freeId({ proposals = [] }: ReturnCase, { type }: Act, now: Instant): string {
  let at = Date.parse(now);
  while (proposals.some(({ id }) => id === `${type}-${at}`)) at += 1;
  return `${type}-${at}`;
}

/** What its own rules allow: at once, or first as a proposal where it needs a second person. */
export function proposedOrDone(
  state: ReturnCase,
  given: Act,
  outcome: Outcome,
  context: RuleContext,
): Outcome {
  const { actor, mechanism, now, dossier } = context;
  if ('rejection' in outcome || !isOfficial(actor)) return outcome;
  const act = inFull(given, state);
  const second = secondPersonFor(state, act, { actor, mechanism, now, ...(dossier && { dossier }) });
  if (!second) return outcome;
  if (state.proposals?.some((proposal) => actKey(proposal.act) === actKey(act)))
    return rejected('already-done');
  return [{ type: 'ActProposed', proposal: freeId(state, act, now), act, second }];
}

/** Judged anew, as the proposer's act at this instant. */
export function confirmed(
  state: ReturnCase,
  { proposal: id }: CommandOf<'confirmProposal'>,
  context: RuleContext,
  judge: Judge,
): Outcome {
  const proposal = findProposal(state, id);
  if (!proposal) return rejected('unknown-proposal', { field: 'proposal' });
  const confirming = officialOf(context);
  if (proposal.by.official === confirming.official) return rejected('own-proposal');
  if (!mayConfirm(confirming, proposal, state, context.mechanism)) return rejected('not-your-command');
  const act = proposal.act as Act;
  if (!fitsStage(act.type, state)) return rejected('wrong-stage');
  const outcome = judge(state, act, { ...context, actor: proposal.by });
  return 'rejection' in outcome
    ? outcome
    : [
        { type: 'ProposalConfirmed', proposal: id, party: proposal.by.party, second: proposal.second },
        ...outcome,
      ];
}

/** By whoever could confirm it, or taken back by who proposed it. */
export function rejectedProposal(
  state: ReturnCase,
  { proposal: id, note }: CommandOf<'rejectProposal'>,
  context: RuleContext,
): Outcome {
  const proposal = findProposal(state, id);
  if (!proposal) return rejected('unknown-proposal', { field: 'proposal' });
  const rejecting = officialOf(context);
  return proposal.by.official === rejecting.official ||
    mayConfirm(rejecting, proposal, state, context.mechanism)
    ? [
        omitUndefined({
          type: 'ProposalRejected',
          proposal: id,
          party: proposal.by.party,
          second: proposal.second,
          note,
        }),
      ]
    : rejected('not-your-command');
}
