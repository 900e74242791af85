/** A case on its way through the record's entry point. */
import type { PoolClient } from 'pg';
import type { ReturnCase } from '../../domain/model/case';
import type { Command, CommandEnvelope, CommandType } from '../../domain/model/commands';
import type { CaseEvent } from '../../domain/model/events';
import type { CaseId } from '../../domain/model/ids';
import { isCaseOf } from '../../domain/facts/visibility';
import { writeRecordings } from './append';
import { asksSiblings, decideOn, otherEndsNamedBy } from './decision';
import { prepareOtherEnds } from './other-ends';
import { prepareRecording } from './recording';
import { doubtsAbout, noteDoubts } from './self-check';
import { refuseAfterAll, resultOf, submitTo } from './submit';
import type { Judged, LockedSubmission, StreamKind, SubmitParts } from './submit';
import { beginWithCase } from '../store/case-reader';
import type { Submitted } from '../store/submission';

/** Cases that were locked beside the command's own. */
type Locked = readonly CaseId[];
export type CaseSubmission = LockedSubmission<ReturnCase, Command, CaseEvent, Locked>;

/** What lets a child go, or be given to somebody: it must not rest on anything that was not recorded here. */
const restsOnTheRecord: readonly CommandType[] = ['depart', 'confirmHandover', 'confirmOwnArrival'];

export const caseStream: StreamKind<ReturnCase, Command, CaseEvent, Locked> = {
  notFound: 'case-not-found',
  cacheOf: ({ cache }) => cache,

  begin(door, client, envelope, { knownVersion }) {
    const locking = asksSiblings(envelope.command) ? 'family' : (otherEndsNamedBy(envelope.command) ?? []);
    return beginWithCase(client, door.cache, envelope, knownVersion, locking);
  },

  rulesFor: async ({ client, mechanisms, reading: { state } }) =>
    state && mechanisms.rulesOfStream(client, state),

  isOf: (state, rules, asker) => state !== undefined && isCaseOf(state, rules, asker),

  decide: (taken, { state, rules, actor, now }) =>
    decideOn({
      ...taken,
      envelope: { ...taken.envelope, actor },
      state,
      rules,
      now,
      family: taken.reading.locked,
      ...(taken.reading.ofAgeOn !== undefined && { ofAgeOn: taken.reading.ofAgeOn }),
    }),

  isInDoubt: async (taken, { state }) =>
    state !== undefined &&
    restsOnTheRecord.includes(taken.envelope.command.type) &&
    areInDoubt(taken, state, taken.client, taken.reading.locked),

  record: recordCase,
};

export const submit = submitTo(caseStream);

/** Whether one of these cases is not as it was recorded, or nobody vouches for the mechanism; noted for the operators. */
async function areInDoubt(
  { mechanisms, sealKeys }: SubmitParts,
  state: ReturnCase,
  client: PoolClient,
  ids: readonly CaseId[],
): Promise<boolean> {
  const found = await findInDoubt(client, ids, sealKeys);
  return found.length > 0 || !(await mechanisms.areVouchedFor(client, state));
}

/** Those of these cases that are not as they were recorded; noted for the operators. */
export async function findInDoubt(
  client: PoolClient,
  ids: readonly CaseId[],
  keys: SubmitParts['sealKeys'],
): Promise<CaseId[]> {
  const found: CaseId[] = [];
  for (const id of ids) {
    const doubts = await doubtsAbout(client, { kind: 'case', id }, keys);
    if (doubts.length === 0) continue;
    await noteDoubts(client, { kind: 'case', id }, doubts);
    found.push(id);
  }
  return found;
}

/** Appends what was decided. Shared with the opening of a case, where there is no state before. */
export async function recordCase(
  taken: CaseSubmission,
  { state: before, rules, actor }: Judged<ReturnCase>,
  events: readonly CaseEvent[],
): Promise<Submitted> {
  const { client, bodyHash, options, mechanisms, cache, reading } = taken;
  const envelope: CommandEnvelope = taken.envelope;
  const { route, notes = [] } = options;
  const preparing = { client, mechanisms, envelope, actor, bodyHash, route, notes, now: reading.now };
  const prepared = await prepareRecording(preparing, before, rules, events);
  if ('rejection' in prepared) return refuseAfterAll(taken, prepared.rejection);
  const { state, recording, news } = prepared;
  const ends = await prepareOtherEnds(taken, envelope, prepared);
  if ('rejection' in ends) return refuseAfterAll(taken, ends.rejection);
  await writeRecordings(client, [recording, ...ends.map((end) => end.recording)], taken.sealKeys[0]);
  for (const each of [prepared, ...ends])
    cache.keep(each.state.id, { state: each.state, head: each.recording.envelope.id });
  const all = [...reading.events, ...prepared.events];
  const result = await resultOf(taken, 'recorded', state, all);
  return { ...result, receipt: recording.receipt, ...(news && { news }) };
}
