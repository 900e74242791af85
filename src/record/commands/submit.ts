/**
 * The record's entry point: a command becomes events, or is refused, in one transaction. It locks the case,
 * decides on what it then reads, appends, and writes everything the events imply. Two round trips for an
 * ordinary command. A crash anywhere leaves all or nothing, and the same command may be submitted again.
 */
import type { Pool, PoolClient } from 'pg';
import { bodyHash as hashOf } from '../../contracts/seal';
import type { SealKeys } from '../../contracts/seal';
import type { ReturnCase } from '../../domain/model/case';
import type { CommandEnvelope, CommandType } from '../../domain/model/commands';
import type { CaseEvent, RecordedEvent } from '../../domain/model/events';
import type { CaseId, Sha256 } from '../../domain/model/ids';
import type { MechanismRules } from '../../domain/model/mechanism';
import { isOfficial } from '../../domain/model/parties';
import type { Actor } from '../../domain/model/parties';
import { rejected } from '../../domain/model/rejections';
import type { Rejection } from '../../domain/model/rejections';
import { isCaseOf } from '../../domain/facts/visibility';
import { underAuthority } from '../people/authority';
import { writeNothingDone, writeRecordings, writeRefusal } from './append';
import type { CaseCache } from '../store/case-cache';
import { beginWithCase } from '../store/case-reader';
import type { CaseReading } from '../store/case-reader';
import { asksSiblings, decideOn, authenticityRejection, isIdReused, otherEndsNamedBy } from './decision';
import type { Mechanisms } from '../store/mechanisms';
import { prepareOtherEnds } from './other-ends';
import { prepareRecording } from './recording';
import type { Receipt, SubmitOptions, Submitted } from '../store/submission';
import { doubtsAbout, noteDoubts } from './self-check';
import { query, retrying } from '../postgres/transaction';

export interface SubmitParts {
  readonly pool: Pool;
  readonly cache: CaseCache;
  readonly mechanisms: Mechanisms;
  readonly sealKeys: SealKeys;
}

export const submit = (
  door: SubmitParts,
  envelope: CommandEnvelope,
  options: SubmitOptions,
): Promise<Submitted> => retrying(door.pool, (client) => submitOnce(door, client, envelope, options));

/** What is known once the case is locked and read. */
export interface LockedSubmission extends SubmitParts {
  readonly client: PoolClient;
  /** As it was sealed. */
  readonly envelope: CommandEnvelope;
  /** Its sender with the roles that were found to be theirs; the envelope's unless given. */
  readonly actor?: Actor;
  readonly bodyHash: Sha256;
  readonly options: SubmitOptions;
  readonly reading: CaseReading;
}

async function submitOnce(
  door: SubmitParts,
  client: PoolClient,
  envelope: CommandEnvelope,
  options: SubmitOptions,
): Promise<Submitted> {
  const locking = asksSiblings(envelope.command) ? 'family' : (otherEndsNamedBy(envelope.command) ?? []);
  const { locked, ...reading } = await beginWithCase(
    client,
    door.cache,
    envelope,
    options.knownVersion,
    locking,
  );
  const taken: LockedSubmission = { ...door, client, envelope, bodyHash: hashOf(envelope), options, reading };
  const { state, now, earlier } = reading;

  const { asker } = options;
  const rules = state && (await door.mechanisms.rulesOn(client, state.mechanism));
  // Leaves no trace: of a case that is hidden from the sender nothing is the sender's.
  if (asker && !(state && rules && isCaseOf(state, rules, asker))) return hide(taken);
  const distrust = authenticityRejection(envelope, options.route, door.sealKeys);
  if (distrust) return refuse(taken, distrust.rejection, { answersCommand: options.isPromised === true });
  if (isIdReused(earlier, taken.bodyHash))
    return refuse(taken, rejected('command-id-reused').rejection, { answersCommand: false });
  if (earlier?.receipt) return repeat(taken, earlier.receipt);
  // A message that the engine delivers again, after a reset by hand for one, must not decide what was refused: its
  // sender did not ask again. A sender who does asks through the API, which decides again, or under a new id.
  if (earlier?.rejection && options.route === 'process')
    return refuse(taken, earlier.rejection, { answersCommand: false });
  if (!state || !rules) return refuse(taken, rejected('case-not-found').rejection);

  const authority = await underAuthority(client, envelope, await newestOf(taken, state), door.sealKeys, now);
  if ('rejection' in authority) return refuse(taken, authority.rejection);
  const judged = authority.envelope;
  const verdict = await decideOn({
    ...taken,
    envelope: judged,
    state,
    rules,
    now,
    family: locked,
    ...(reading.ofAgeOn !== undefined && { ofAgeOn: reading.ofAgeOn }),
  });
  if ('rejection' in verdict) return refuse(taken, verdict.rejection);
  if (verdict.events.length === 0) return nothingToDo(taken, state);
  if (restsOnTheRecord.includes(envelope.command.type) && (await isInDoubt(taken, state, locked)))
    return refuse(taken, rejected('record-in-doubt').rejection);
  return record({ ...taken, actor: judged.actor }, state, rules, verdict.events);
}

/** By a version that nobody vouches for nobody is in office. */
async function newestOf(
  { client, mechanisms, reading }: LockedSubmission,
  { mechanism: { id, version } }: ReturnCase,
) {
  const newest = await mechanisms.findOn(client, { id, version: reading.newest ?? version });
  return newest?.isVouched ? newest : mechanisms.latestOn(client, id);
}

/** What lets a child go, or be given to somebody: it must not rest on anything that was not recorded here. */
const restsOnTheRecord: readonly CommandType[] = ['depart', 'confirmHandover'];

/** The cases that the command rests on and that are not as they were recorded; noted for the operators. */
async function isInDoubt(
  taken: LockedSubmission,
  state: ReturnCase,
  ids: readonly CaseId[],
): Promise<boolean> {
  const { client, mechanisms, sealKeys } = taken;
  const kept = await mechanisms.findOn(client, state.mechanism);
  let inDoubt = kept?.isVouched !== true;
  for (const id of ids) {
    const doubts = await doubtsAbout(client, id, sealKeys);
    if (doubts.length > 0) await noteDoubts(client, { kind: 'case', id }, doubts);
    inDoubt ||= doubts.length > 0;
  }
  return inDoubt;
}

/** Appends what was decided. Shared with the opening of a case, where there is no state before. */
export async function record(
  taken: LockedSubmission,
  before: ReturnCase | undefined,
  rules: MechanismRules,
  events: readonly CaseEvent[],
): Promise<Submitted> {
  const { client, envelope, bodyHash, options, mechanisms, cache, reading, actor = envelope.actor } = taken;
  const { route, notes = [] } = options;
  const preparing = { client, mechanisms, envelope, actor, bodyHash, route, notes, now: reading.now };
  const prepared = await prepareRecording(preparing, before, rules, events);
  if ('rejection' in prepared) return refuseAfterAll(taken, prepared.rejection);
  const { state, recording, news } = prepared;
  const ends = await prepareOtherEnds(taken, envelope, prepared);
  await writeRecordings(client, [recording, ...ends.map((end) => end.recording)], taken.sealKeys[0]);
  for (const each of [prepared, ...ends])
    cache.keep(each.state.id, { state: each.state, head: each.recording.envelope.id });
  const all = [...reading.events, ...prepared.events];
  const result = await resultOf(taken, 'recorded', state, all);
  return { ...result, receipt: recording.receipt, ...(news && { news }) };
}

async function nothingToDo(taken: LockedSubmission, state: ReturnCase): Promise<Submitted> {
  const { client, envelope, bodyHash, reading } = taken;
  const receipt: Receipt = {
    commandId: envelope.id,
    case: envelope.case,
    fromVersion: state.version,
    toVersion: state.version,
    at: reading.now,
    bodyHash,
  };
  // The system asks again and again whether time has brought something; that needs no trace.
  if (isOfficial(envelope.actor)) await writeNothingDone(client, envelope, receipt);
  else await query(client, { text: 'commit' });
  keepReading(taken);
  return { ...(await resultOf(taken, 'recorded', state, reading.events)), receipt };
}

async function hide({ client }: LockedSubmission): Promise<Submitted> {
  await query(client, { text: 'commit' });
  return { outcome: 'refused', version: 0, events: [], ...rejected('case-not-found') };
}

async function repeat(taken: LockedSubmission, receipt: Receipt): Promise<Submitted> {
  await query(taken.client, { text: 'commit' });
  keepReading(taken);
  return { ...(await resultOf(taken, 'repeated', taken.reading.state, taken.reading.events)), receipt };
}

/** The refusals of officials' commands are kept; the process's own are its business. Ends the transaction. */
export async function refuse(
  taken: LockedSubmission,
  rejection: Rejection,
  { answersCommand = true }: { answersCommand?: boolean } = {},
): Promise<Submitted> {
  const { client, envelope, bodyHash, reading } = taken;
  if (isOfficial(envelope.actor))
    await writeRefusal(client, { envelope, bodyHash, at: reading.now, rejection, answersCommand });
  else await query(client, { text: 'commit' });
  keepReading(taken);
  return { ...(await resultOf(taken, 'refused', reading.state, reading.events)), rejection };
}

/** Refused when half was written already: that is undone, the refusal stays. */
async function refuseAfterAll(taken: LockedSubmission, rejection: Rejection): Promise<Submitted> {
  await query(taken.client, { text: 'rollback' });
  await query(taken.client, { text: 'begin' });
  return refuse(taken, rejection);
}

function keepReading({ cache, envelope, reading }: LockedSubmission): void {
  const { state, head } = reading;
  if (state && head) cache.keep(envelope.case, { state, head });
}

async function resultOf(
  { client, mechanisms, options }: LockedSubmission,
  outcome: Submitted['outcome'],
  state: ReturnCase | undefined,
  events: readonly RecordedEvent[],
): Promise<Omit<Submitted, 'receipt' | 'rejection' | 'news'>> {
  const changed = options.knownVersion === 0 || events.some(({ event }) => event.type === 'MechanismMoved');
  const rules = state && (await mechanisms.rulesOn(client, state.mechanism));
  return {
    outcome,
    version: state?.version ?? 0,
    events,
    ...(rules && changed && { rules }),
    ...(state && rules && { found: { state, rules } }),
  };
}
