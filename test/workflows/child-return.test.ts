import { workflowIdOf } from '../../src/domain/model/ids';
import { searchAttributes } from '../../workflows/child-return/search-attributes';
import { eventually, openProcessRoom } from './support/process-room';
import type { ProcessRoom } from './support/process-room';
import {
  acceptance,
  approvalBy,
  letterToRussia,
  plainReturn,
  play,
  proposal,
  verification,
} from './support/plain-return';

describe('one child’s return', () => {
  let room: ProcessRoom;
  beforeAll(async () => {
    room = await openProcessRoom('child-return');
    await room.startWorker();
  });
  afterAll(() => room.close());

  it('goes from the opened case to the closed one, each step by the official whose step it is', async () => {
    const id = await room.open();
    await play(room, id, plainReturn(room));
    await expect(room.handle(id).result()).resolves.toEqual({
      case: id,
      outcome: 'reunited',
      version: (await room.state(id)).version,
    });
    const stages = (await room.events(id)).flatMap(({ event }) =>
      event.type === 'StageEntered' ? [event.stage] : [],
    );
    expect(stages).toEqual([
      'verification',
      'agreement',
      'preparation',
      'hosting',
      'transit',
      'handover',
      'follow-up',
      'closed',
    ]);
  });

  it('asks the outside world for each step by a named activity that says what it is about', async () => {
    const id = await room.open();
    await play(room, id, acceptance);
    // A process that hears of several commands at once checks the file once.
    await room.until(id, ({ checks }) => checks !== undefined);
    await play(room, id, [...verification, proposal]);
    await room.until(id, ({ planPutToSidesAt }) => planPutToSidesAt !== undefined);
    const { events } = await eventually(async () => {
      const history = await room.handle(id).fetchHistory();
      const scheduled = history.events?.filter((event) => event.activityTaskScheduledEventAttributes) ?? [];
      return scheduled.length >= 5 ? history : undefined;
    });
    const asked = (events ?? []).flatMap(
      ({ activityTaskScheduledEventAttributes: scheduled, userMetadata }) =>
        scheduled ? [`${scheduled.activityType?.name}: ${text(userMetadata?.summary?.data)}`] : [],
    );
    expect(asked.sort()).toEqual([
      'checkFile: "Check the file: dossier version 1"',
      'checkFile: "Check the file: dossier version 1"',
      'putPlanToSides: "Put plan version 1 to every deciding side"',
      'seePlanReachSide: "See plan version 1 reach russia"',
      'seePlanReachSide: "See plan version 1 reach ukraine"',
    ]);
  });

  it('sees a plan reach each side: what it waits for is in the UI, and it waits for no side that has decided', async () => {
    const id = await room.open();
    await play(room, id, [...acceptance, ...verification, proposal]);
    const waits = async () => {
      const { pendingActivities } = (await room.handle(id).describe()).raw;
      return (pendingActivities ?? []).map(({ lastFailure }) => lastFailure?.message ?? '').sort();
    };
    await eventually(async () => (await waits()).filter((fault) => fault !== '').length === 2);
    expect(await waits()).toEqual([
      'no letter about plan version 1 was sent to russia yet',
      'no letter about plan version 1 was sent to ukraine yet',
    ]);
    await play(room, id, [approvalBy('ua-decider')]);
    await eventually(async () => (await waits()).length === 1);

    await room.pool.query(letterToRussia, [id]);
    const execution = { workflowId: workflowIdOf(id) };
    // As an operator has it tried at once.
    await room.client.workflowService.resetActivity({
      namespace: room.namespace,
      execution,
      type: 'seePlanReachSide',
    });
    const { planReached } = await room.until(id, ({ planReached: reached }) => reached !== undefined);
    expect(planReached).toEqual({ russia: '2026-11-28T07:00:00.000Z' });
    await eventually(async () => (await waits()).length === 0);
    expect((await room.state(id)).planReached).toEqual({ russia: '2026-11-28T07:00:00.000Z' });
  });

  it('shows an operator the stage, whom it waits for and since when', async () => {
    const id = await room.open();
    await play(room, id, [...acceptance, ...verification, proposal]);
    await room.until(id, ({ planPutToSidesAt }) => planPutToSidesAt !== undefined);
    const query = `WorkflowId = 'case-${id}' AND HomewardStage = 'agreement' AND HomewardWaitingOn = 'russia'`;
    const found = await eventually(async () => {
      for await (const execution of room.client.workflow.list({ query })) return execution;
      return undefined;
    });
    const shown = found.typedSearchAttributes;
    expect(shown.get(searchAttributes.waitingOn)).toEqual(['qatar', 'russia', 'ukraine']);
    expect(shown.get(searchAttributes.mechanism)).toBe('doha@3');
    expect(shown.get(searchAttributes.due)!.getTime()).toBeGreaterThan(Date.now());

    const metadata = await room.handle(id).query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(metadata.currentDetails).toContain('**Stage** agreement since 20');
    expect(metadata.currentDetails).toMatch(/- russia: decide-on-plan \(plan-1\), since \S+, due \S+/);
  });

  it('leaves nobody’s name in Temporal, neither of the child nor of an official', async () => {
    const id = await room.open();
    await play(room, id, [...acceptance, ...verification, proposal]);
    const history = await eventually(async () => {
      const { events } = await room.handle(id).fetchHistory();
      const text = (events ?? []).map(readable).join('\n');
      return text.includes('FileChecked') && text.includes('attestFacet') ? text : undefined;
    });
    const isThere = (word: string): boolean => history.includes(word);
    expect(['attestFacet', 'ru-official-1', 'FileChecked'].filter(isThere)).toHaveLength(3);
    const canaries = [
      ...room.mechanism.officials.flatMap(({ name, email }) => [name, email]),
      ...['Гаданий', 'Hadanyi', 'Hadana', 'Maryna', '2012-07-16', 'A town'],
    ];
    expect(canaries.filter(isThere)).toEqual([]);
  });

  it('costs few events: fewer than eight for a command, all its own doings included', async () => {
    const id = await room.open();
    const steps = plainReturn(room);
    await play(room, id, steps);
    await room.handle(id).result();
    const types = await room.historyTypes(id);
    expect(types.length / steps.length).toBeLessThan(8);
    expect(types.filter((type) => type.startsWith('timer')).length).toBeLessThan(12);
  });
});

const text = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('utf8');
/** An event with its payloads decoded. */
const readable = (event: object): string =>
  JSON.stringify(event, (key, value: unknown) =>
    key === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : value,
  );
