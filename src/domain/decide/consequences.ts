/** What follows from any events by the rules alone: the stage entered, a place given back. */
import type { ReturnCase } from '../model/case';
import type { CaseEvent, RecordedEvent } from '../model/events';
import { evolve } from '../evolve/evolve';
import { passesAtSite } from '../facts/reunion';
import { hasSetOut } from '../facts/transfer';
import { stageOf } from '../facts/stage-of';
import type { RuleContext } from './rule-context';

/** The events with their consequences appended. */
export function consequencesOf(
  state: ReturnCase,
  events: readonly CaseEvent[],
  context: RuleContext,
): CaseEvent[] {
  const all = [...events];
  const after = events.reduce((at, event) => step(at, event, context), state);
  const stage = stageOf(after, context.mechanism);
  if (stage !== after.stage) all.push({ type: 'StageEntered', stage });
  // A place is kept only for a child that is coming or there, and one for its carer only beside it. Never-rule 5.
  const { stay, carerBed } = after;
  const isComing = stage === 'preparation' || stage === 'hosting';
  const isGone = stage === 'transit' || stage === 'handover' || stage === 'follow-up' || stage === 'closed';
  // Until the escort has the child, it is at the site.
  const isThere = stage === 'transit' && after.journey?.transfer?.from === 'host' && !hasSetOut(after);
  if (stay && !isThere && (isGone || (stay.status === 'held' && !isComing)))
    all.push({ type: 'PlaceReleased', site: stay.site });
  const isBeside = stay ? stay.site === carerBed?.site : !state.stay;
  const isExpected = isComing ? passesAtSite(after) : !isGone && stay?.status === 'occupied';
  if (carerBed && !isThere && !(isBeside && isExpected))
    all.push({ type: 'CarerBedReleased', site: carerBed.site });
  return all;
}

function step(state: ReturnCase, event: CaseEvent, { actor, now }: RuleContext): ReturnCase {
  const recorded: RecordedEvent = {
    case: state.id,
    version: state.version + 1,
    at: now,
    actor,
    commandId: '',
    event,
  };
  return evolve(state, recorded);
}
