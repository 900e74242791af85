/** `evolve`: one event further. Never refuses: what stands in the record has happened. */
import type { ReturnCase } from '../model/case';
import { withReaders } from '../readers/event-readers';
import { isAside, isSubstantive } from '../model/events';
import type { CaseEvent, EventOf, EventType, RecordedEvent } from '../model/events';
import { agreementFolds } from './agreement';
import { anyTimeFolds } from './any-time';
import type { FoldTable, Patch } from './fold-table';
import { journeyFolds } from './journey';
import { officerFolds } from './officers';
import { proposalFolds } from './proposals';
import { remindingFolds } from './reminding';
import { transferFolds } from './transfer';
import { safeConductFolds } from './safe-conduct';
import { tellingFolds } from './telling';
import { hostingFolds } from './hosting';
import { verificationFolds } from './verification';
import { isOfficial } from '../model/parties';
import { firstFacets } from '../model/verification';
import type { FacetState, PerFacet } from '../model/verification';

const folds = {
  ...verificationFolds,
  ...agreementFolds,
  ...journeyFolds,
  ...safeConductFolds,
  ...transferFolds,
  ...tellingFolds,
  ...hostingFolds,
  ...anyTimeFolds,
  ...remindingFolds,
  ...proposalFolds,
  ...officerFolds,
} satisfies FoldTable<Exclude<EventType, 'CaseOpened'>>;

/** The case after one more event. Throws when the first event does not open a case: the record is then not whole. */
export function evolve(state: ReturnCase | undefined, recorded: RecordedEvent): ReturnCase {
  const { event } = recorded;
  if (event.type === 'CaseOpened') return opened(event, recorded);
  if (!state) throw new Error(`the record of ${recorded.case} does not begin with CaseOpened`);
  const next: ReturnCase = {
    ...state,
    ...patchOf(state, event, recorded),
    version: recorded.version,
    readership: withReaders(state.readership, recorded),
    asides: isAside(event) ? (state.asides ?? 0) + 1 : undefined,
  };
  // What time or the process brings about is no progress: nobody did anything.
  if (!isOfficial(recorded.actor) || !isSubstantive(event)) return next;
  return { ...next, lastProgressAt: recorded.at, stalledSince: undefined };
}

/** The case after all its events. Throws on an empty list. */
export function fold(events: readonly RecordedEvent[], from?: ReturnCase): ReturnCase {
  const state = events.reduce<ReturnCase | undefined>(evolve, from);
  if (!state) throw new Error('a case has at least one event');
  return state;
}

function patchOf(
  state: ReturnCase,
  event: Exclude<CaseEvent, { type: 'CaseOpened' }>,
  recorded: RecordedEvent,
): Patch {
  // The table gives each type its own fold; TypeScript can't follow the pairing through the index.
  const apply = folds[event.type] as (state: ReturnCase, event: CaseEvent, recorded: RecordedEvent) => Patch;
  return apply(state, event, recorded);
}

function opened(event: EventOf<'CaseOpened'>, recorded: RecordedEvent): ReturnCase {
  const { case: id, at, actor, version } = recorded;
  const facet: FacetState = { status: 'open', since: at };
  return {
    id,
    mechanism: event.mechanism,
    version,
    stage: 'intake',
    stageSince: at,
    openedAt: at,
    openedBy: actor,
    lastProgressAt: at,
    requestingParty: event.requestingParty,
    holdingParty: event.holdingParty,
    dossier: event.dossier,
    recipient: { ref: event.recipient },
    medicallyUrgent: event.medicallyUrgent,
    duplicates: [],
    ...(event.whereaboutsKnown ? { locatedAt: at } : {}),
    facets: Object.fromEntries(firstFacets.map((name) => [name, facet])) as PerFacet<FacetState>,
    decisions: {},
    decisionCounts: {},
    pendingRelays: [],
    relays: [],
    medical: {},
    legs: [],
    handover: { confirmedBy: [] },
    visits: [],
    holds: [],
    siblings: event.siblings,
    ladderSteps: {},
    readership: withReaders(undefined, recorded),
  };
}
