/** What a command's events imply, gathered for one write: rows, notices, places, the dossier laid ready. */
import type { PoolClient } from 'pg';
import type { ReturnCase } from '../../domain/model/case';
import type { Command, CommandEnvelope } from '../../domain/model/commands';
import type { CaseEvent, RecordedEvent } from '../../domain/model/events';
import { evolve } from '../../domain/evolve/evolve';
import { datedOf, expiryKey } from '../../domain/facts/expiries';
import type { Sha256 } from '../../domain/model/ids';
import type { MechanismRules } from '../../domain/model/mechanism';
import { isOfficial } from '../../domain/model/parties';
import type { Actor } from '../../domain/model/parties';
import { rejected } from '../../domain/model/rejections';
import type { Rejection } from '../../domain/model/rejections';
import type { Instant } from '../../domain/calendar/time';
import { eventRowOf } from './append';
import type { Recording } from './append';
import { impliedBy } from './implied-rows';
import { acceptDossier } from '../store/dossiers';
import { writeEngagements } from '../store/engagements';
import { writeFolds } from '../store/folds';
import { changesRules } from '../store/mechanisms';
import type { Mechanisms } from '../store/mechanisms';
import type { Note } from '../store/notes';
import { findPlaceMoveOf, sleeperOf } from '../store/bookings';
import { movePlace } from '../store/places';
import type { Claim } from '../store/places';
import {
  caseRowOf,
  obligationRowsOf,
  outboxRowsOf,
  siblingRowsOf,
  waitingRowsOf,
} from '../projections/projection';
import type { OutboxRow } from '../projections/projection';
import type { News, Receipt, Route } from '../store/submission';
import { pipeline } from '../postgres/transaction';

export interface Preparing {
  readonly client: PoolClient;
  readonly mechanisms: Mechanisms;
  readonly envelope: CommandEnvelope;
  /** As whom it is recorded: what the sender may be under the mechanism of now. */
  readonly actor: Actor;
  readonly bodyHash: Sha256;
  readonly route: Route;
  readonly notes: readonly Note[];
  readonly now: Instant;
}
export interface Prepared {
  readonly recording: Recording;
  readonly state: ReturnCase;
  readonly events: readonly RecordedEvent[];
  readonly news?: News;
}

/** Takes places and accepts the dossier at once; whoever called rolls back when it ends in a rejection. */
export async function prepareRecording(
  preparing: Preparing,
  before: ReturnCase | undefined,
  rules: MechanismRules,
  events: readonly CaseEvent[],
): Promise<Prepared | { readonly rejection: Rejection }> {
  const { client, envelope, actor, bodyHash, mechanisms, notes, now } = preparing;
  const fromVersion = before?.version ?? 0;
  const rows = [];
  const outbox: OutboxRow[] = [];
  const recordedEvents: RecordedEvent[] = [];
  let state = before;
  let rulesNow = rules;
  for (const [index, event] of events.entries()) {
    const recorded = recordedOf({ ...envelope, actor }, fromVersion + index + 1, now, event);
    const effect = await applySideEffects(preparing, rulesNow, event);
    if ('rejection' in effect) return effect;
    state = evolve(state, recorded);
    if (changesRules(event)) rulesNow = await mechanisms.rulesOfStream(client, state);
    recordedEvents.push(recorded);
    rows.push(eventRowOf(recorded, effect.place));
    outbox.push(...outboxRowsOf(recorded, state, rulesNow));
  }
  const last = recordedEvents.at(-1);
  if (!state || !last) throw new Error('nothing to record');
  outbox.push(...waitingRowsOf(before, last, state, rulesNow, outbox));

  const receipt: Receipt = {
    commandId: envelope.id,
    case: envelope.case,
    fromVersion,
    toVersion: state.version,
    at: now,
    bodyHash,
  };
  const obligations = obligationRowsOf(state, rulesNow, last);
  const caseRow = caseRowOf(state, rulesNow, last, obligations);
  // What was unlinked goes by its event.
  const linked = state.siblings.length > (before?.siblings.length ?? 0);
  const siblings = linked ? siblingRowsOf(state) : [];
  const news = newsOf(envelope, preparing.route, state.version);
  const expiries = datedOf(state).map(expiryKey);
  const command = envelope.command.type;
  const recording: Recording = {
    kind: 'case',
    envelope,
    receipt,
    events: rows,
    implied: [
      ...impliedBy({ receipt, command, events: rows, caseRow, obligations, outbox, expiries, siblings }),
      ...writeEngagements(before, state),
    ],
    notes,
    ...(news && { news }),
  };
  return { recording, state, events: recordedEvents, ...(news && { news }) };
}

/** What the process did not bring here itself it has to be told. */
const newsOf = (
  { case: id, command, actor }: CommandEnvelope,
  route: Route,
  version: number,
): News | undefined =>
  route === 'edge' || route === 'upkeep'
    ? { case: id, version, command: command.type, ...(isOfficial(actor) && { party: actor.party }) }
    : undefined;

const recordedOf = (
  { id: commandId, case: caseId, actor }: CommandEnvelope,
  version: number,
  at: Instant,
  event: CaseEvent,
): RecordedEvent => ({ case: caseId, version, at, actor, commandId, event });

/** Siblings lie in one room, where there is one. */
const familyIn = (command: Command): Pick<Claim, 'family' | 'beside'> => {
  if (command.type === 'confirmPlace' && command.together) return { family: command.together.length + 1 };
  return command.type === 'holdWithSibling' ? { beside: command.sibling } : {};
};

/** What an event needs outside the events: a place, or the dossier that was laid ready. */
async function applySideEffects(
  { client, envelope, now }: Preparing,
  rules: MechanismRules,
  event: CaseEvent,
): Promise<{ place?: number } | { rejection: Rejection }> {
  if (event.type === 'DossierRevised') {
    const accepted = await acceptDossier(client, envelope.case, event.dossier, now);
    if (!accepted) return rejected('unknown-document', { field: 'dossier.hash' });
    await pipeline(client, writeFolds(envelope.case, event.dossier.version, accepted));
    return {};
  }
  const move = findPlaceMoveOf(event);
  if (!move) return {};
  const place = await movePlace(
    client,
    { case: envelope.case, sleeper: sleeperOf(event), at: now, rules, ...familyIn(envelope.command) },
    move,
  );
  return place === 'none-free' ? rejected('no-place-free', { field: 'site' }) : { place };
}
