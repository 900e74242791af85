/** The process of a group on the real server: it follows the record, looks at the members, and losing it loses nothing. */
import { WorkflowFailedError } from '@temporalio/client';
import type { WorkflowHandle } from '@temporalio/client';
import { groupStateOf } from '../../src/domain/group/facts';
import { groupWorkflowIdOf } from '../../src/domain/group/group';
import type { CaseId } from '../../src/domain/model/ids';
import { processOf, startGroupReturn } from '../../src/temporal/start';
import { groupsOf } from '../record/support/group-room';
import { caseAt, openRecordRoom } from '../record/support/record-room';
import type { RecordRoom } from '../record/support/record-room';
import { arrival, departure, playInRecord } from './support/plain-return';
import { eventually, openProcessRoom } from './support/process-room';
import type { ProcessRoom } from './support/process-room';

jest.setTimeout(120_000);

describe('the process of a group', () => {
  const capacity = 12;
  let room: ProcessRoom;
  let records: RecordRoom;
  let groups: ReturnType<typeof groupsOf>;
  beforeAll(async () => {
    const change: Parameters<typeof openProcessRoom>[1] = {
      change: (mechanism) => ({
        ...mechanism,
        sites: mechanism.sites.map((site) => ({ ...site, capacity })),
      }),
    };
    room = await openProcessRoom('group-return', change);
    records = await openRecordRoom({
      database: { ...room.database, drop: () => Promise.resolve() },
      capacity,
    });
    groups = groupsOf(records);
    await room.startWorker();
  });
  afterAll(async () => {
    await records.close();
    await room.close();
  });

  const handle = (group: string): WorkflowHandle => room.client.workflow.getHandle(groupWorkflowIdOf(group));
  /** Another worker may have the news in hand: the process is there soon, not at once. */
  const running = (group: string) =>
    eventually(async () => (await handle(group).describe()).status.name === 'RUNNING' || undefined);
  const stateOf = async (group: string) => {
    const loaded = await room.record.groups.load(group);
    return loaded && { state: groupStateOf(loaded.group), group: loaded.group };
  };
  const members = async (): Promise<[CaseId, CaseId, CaseId]> => {
    const first = await caseAt(records, 'ready');
    return [first, await caseAt(records, 'ready', { siblings: [first] }), await caseAt(records, 'ready')];
  };
  /** As the worker of production does once a minute. */
  const told = () => room.deliverNews();

  it('begins with the draft and ends when the last child is safe', async () => {
    const all = await members();
    const group = await groups.at('go', all);
    await told();
    await running(group);
    await groups.depart(group);
    await told();
    for (const id of all) await playInRecord(room, id, [...departure.slice(1), ...arrival]);
    await told();
    expect(await handle(group).result()).toMatchObject({ group, state: 'completed' });
  });

  it('takes a child off a frozen list, with the sibling, once a side has withdrawn', async () => {
    const all = await members();
    const group = await groups.at('frozen', all);
    await told();
    await records.act('ru-decider', all[0], { type: 'withdrawApproval' });
    await told();
    const dropped = await eventually(async () => {
      const { rows } = await room.pool.query<{ member: CaseId }>(
        `select event ->> 'member' as member from events where case_id = $1 and event ->> 'type' = 'MemberDropped'`,
        [group],
      );
      return rows.length === 2 ? rows.map(({ member }) => member) : undefined;
    });
    expect(dropped.sort()).toEqual([all[0], all[1]].sort());
    await groups.act('qa-lead', group, { type: 'abortGroup', reason: 'other' });
    await told();
    expect(await handle(group).result()).toMatchObject({ state: 'aborted' });
  });

  it('shows an operator states and codes, and nobody', async () => {
    const all = await members();
    const group = await groups.at('confirmed', all);
    await told();
    const details = await eventually(async () => {
      const { currentDetails } = await handle(group).query<{ currentDetails?: string }>(
        '__temporal_workflow_metadata',
      );
      return currentDetails === undefined || currentDetails === '' ? undefined : currentDetails;
    });
    expect(details).toMatch(/confirming/);
    expect(details).not.toMatch(/Гаданий|Hadan|Kyrylo|official/);
    await groups.act('qa-lead', group, { type: 'abortGroup', reason: 'other' });
    await told();
    await handle(group).result();
  });

  it('is started again by the upkeep after somebody has terminated it, and goes on', async () => {
    const all = await members();
    const group = await groups.at('frozen', all);
    await told();
    await running(group);
    await handle(group).terminate('tried');
    await room.runUpkeep();
    await running(group);
    await groups.act('qa-lead', group, { type: 'abortGroup', reason: 'route-closed' });
    await told();
    expect(await handle(group).result()).toMatchObject({ state: 'aborted' });
    expect((await stateOf(group))?.state).toBe('aborted');
  });

  it('runs once under its id, and ends with a reason where the record knows no such group', async () => {
    const all = await members();
    const group = await groups.at('drafting', all);
    await told();
    expect(await processOf(group).start(room.client, { taskQueue: room.taskQueue })).toBe(false);
    await groups.act('qa-lead', group, { type: 'abortGroup', reason: 'other' });
    await told();
    await startGroupReturn(room.client, 'G-0000-0000', { taskQueue: room.taskQueue });
    const failure = await handle('G-0000-0000')
      .result()
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    expect(failure).toBeInstanceOf(WorkflowFailedError);
    expect(String((failure as WorkflowFailedError).cause)).toMatch(/has no group G-0000-0000/);
  });
});
