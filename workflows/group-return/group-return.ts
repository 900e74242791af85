/**
 * Children who travel together, from the draft of their list until the last of them is safe. The record holds the group and
 * decides; this process reads it when it is told of news, looks at the members when something has happened to one of them,
 * and at the clock when something falls due. Losing it loses nothing. Members are known by reference: each has its own process.
 */
import {
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  defineSignal,
  log,
  setHandler,
  sleep,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';
import type { LoadedGroup } from '../../activities/record/record-activities';
import { nextInstantOfGroup } from '../../src/domain/group/duties';
import { groupStateOf } from '../../src/domain/group/facts';
import { groupWorkflowIdOf } from '../../src/domain/group/group';
import type { GroupId } from '../../src/domain/group/group';
import type { GroupState } from '../../src/domain/model/groups';
import { Backoff } from '../child-return/backoff';
import { nudgeSignal, recordedSignal } from '../child-return/messages';
import { faultOf, record } from '../child-return/record';
import type { GroupReturnInput } from './messages';
import { showGroup } from './operator-view';

export interface GroupReturnResult {
  readonly group: GroupId;
  readonly state: GroupState;
  readonly version: number;
}

/** After these tries, a quarter of a minute, a group that the record does not know is given up. */
const triesForUnknownGroup = 6;
/** A wrong due date far ahead can't put a group to sleep for ever, and news of a member that was lost is found by then. */
const maxWaitMs = 3_600_000;
/** What is due and brings nothing yet, as the record's clock is behind, is looked at again after this. */
const minWaitMs = 5_000;
/** Arguments are not read: a payload that can't be decoded would fail the task for ever. */
const anything = defineSignal(recordedSignal.name);
const nudge = defineSignal(nudgeSignal.name);

export async function groupReturn({ group: id }: GroupReturnInput): Promise<GroupReturnResult> {
  if (groupWorkflowIdOf(id) !== workflowInfo().workflowId)
    throw ApplicationFailure.nonRetryable('The run is not under the id of its group', 'unknown-group');
  let hasNews = false;
  const hear = (): void => {
    hasNews = true;
  };
  setHandler(anything, hear, { description: 'The record has taken commands: the process reads the record.' });
  setHandler(nudge, hear, { description: 'Look at the record again. Always safe to send.' });
  // A group ends by its record alone.
  return CancellationScope.nonCancellable(async () => {
    for (;;) {
      hasNews = false;
      const loaded = await load(id);
      showGroup(loaded);
      const state = groupStateOf(loaded.group);
      if (state === 'completed' || state === 'aborted')
        return { group: id, state, version: loaded.group.version };
      if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof groupReturn>({ group: id });
      if (await observe(id, loaded)) continue;
      const due = nextInstantOfGroup(loaded.group, loaded.rules);
      const wait = due === undefined ? maxWaitMs : Date.parse(due) - Date.now();
      await condition(() => hasNews, Math.min(Math.max(wait, minWaitMs), maxWaitMs));
    }
  });
}

async function load(id: GroupId): Promise<LoadedGroup> {
  const backoff = new Backoff(500, 60_000);
  let unknown = 0;
  for (;;) {
    try {
      const loaded = await record.loadGroup(id);
      if (loaded) return loaded;
      unknown += 1;
      if (unknown >= triesForUnknownGroup)
        throw ApplicationFailure.nonRetryable(`The record has no group ${id}`, 'group-not-found');
    } catch (error) {
      if (error instanceof ApplicationFailure) throw error;
      log.error('The group could not be read', { fault: faultOf(error) });
    }
    await sleep(backoff.next(), { summary: 'Wait before reading the record again' });
  }
}

/** Whether what has become of the members, or the clock, has changed the group. */
async function observe(id: GroupId, { group }: LoadedGroup): Promise<boolean> {
  try {
    const order = { group: id, commandId: `time:${uuid4()}`, knownVersion: group.version };
    return (await record.observeGroup(order)).version > group.version;
  } catch (error) {
    log.error('The group could not be observed', { fault: faultOf(error) });
    return false;
  }
}
