import { randomUUID } from 'node:crypto';
import { startChildReturn } from '../../src/temporal/start';
import { sealEnvelope } from '../../src/contracts/seal';
import { workflowIdOf } from '../../src/domain/model/ids';
import type { CaseId } from '../../src/domain/model/ids';
import { commandSignal } from '../../workflows/child-return/messages';
import { newReference, sealKey } from '../record/support/record-room';
import { eventually, openProcessRoom } from './support/process-room';
import type { ProcessRoom, RunningTestWorker } from './support/process-room';
import { acceptance, play, proposal, verification } from './support/plain-return';

describe('messages to a case', () => {
  let room: ProcessRoom;
  let worker: RunningTestWorker;
  /** Started first, as it takes a while until it is given up. */
  const unknownCase = newReference();
  beforeAll(async () => {
    room = await openProcessRoom('messages');
    worker = await room.startWorker();
    await startChildReturn(room.client, unknownCase, { taskQueue: room.taskQueue });
  });
  afterAll(() => room.close());

  const isAcknowledged = ({ acknowledgedAt }: { acknowledgedAt?: string }): boolean =>
    acknowledgedAt !== undefined;
  const refusalsOf = async (id: CaseId): Promise<string[]> => {
    const { rows } = await room.pool.query<{ code: string }>(
      `select rejection ->> 'code' as code from refusals where case_id = $1 order by id`,
      [id],
    );
    return rows.map(({ code }) => code);
  };
  /** The process has nothing more to do: its history stays as long as it is. */
  const quietLength = async (id: CaseId): Promise<number> => {
    let last = -1;
    return eventually(async () => {
      const { length } = await room.historyTypes(id);
      const isQuiet = length === last;
      last = length;
      await new Promise((resolve) => setTimeout(resolve, 250));
      return isQuiet ? length : undefined;
    });
  };

  it('an update by hand is not taken: the record answers commands', async () => {
    const id = await room.open();
    await quietLength(id);
    const envelope = room.envelope('qa-officer-1', id, { type: 'acknowledgeCase' });
    const sent = room.handle(id).executeUpdate('submit', { args: [envelope], updateId: envelope.id });
    await expect(sent).rejects.toThrow();
    expect((await room.state(id)).version).toBe(1);
  });

  describe('a signal', () => {
    it('with a sealed command is brought to the record, and its fate stands there', async () => {
      const id = await room.open();
      const { id: taken } = await room.signal('qa-officer-1', id, { type: 'acknowledgeCase' });
      await room.until(id, isAcknowledged);
      const { id: refused } = await room.signal('qa-lead', id, { type: 'depart' });
      const fate = await eventually(() => room.record.findCommand(refused));
      expect(fate).toMatchObject({ status: 'refused', answer: { rejection: { code: 'wrong-stage' } } });
      await expect(room.record.findCommand(taken)).resolves.toMatchObject({ status: 'recorded' });
    });

    it('of many keeps the order in which they arrived', async () => {
      const id = await room.open();
      for (let hold = 1; hold <= 20; hold += 1) {
        await room.signal('ru-official-1', id, { type: 'placeHold', hold: `h${hold}`, reason: 'safety' });
      }
      const { holds } = await room.until(id, (state) => state.holds.length === 20);
      expect(holds.map((hold) => hold.id)).toEqual(
        Array.from({ length: 20 }, (_unused, index) => `h${index + 1}`),
      );
    });

    it('sent by hand and unreadable is set aside, and the case goes on', async () => {
      const id = await room.open();
      await quietLength(id);
      const signalByHand = (signalName: string, payloads: { encoding: string; data: string }[]) =>
        room.client.workflowService.signalWorkflowExecution({
          namespace: room.namespace,
          workflowExecution: { workflowId: workflowIdOf(id) },
          signalName,
          requestId: randomUUID(),
          input: {
            payloads: payloads.map(({ encoding, data }) => ({
              metadata: { encoding: Buffer.from(encoding) },
              data: Buffer.from(data),
            })),
          },
        });
      const unknown = { encoding: 'binary/nonsense', data: '\u0000\u0001' };
      const broken = { encoding: 'json/plain', data: '{"id":' };
      await signalByHand('command', [unknown]);
      await signalByHand('command', [broken, unknown]);
      await signalByHand('command', []);
      await signalByHand('nudge', [unknown, broken]);
      await signalByHand('recorded', [unknown, broken]);
      await signalByHand('recorded', [{ encoding: 'json/plain', data: '[{"version":"x"},7,null]' }]);
      await signalByHand('no-such-signal', [unknown]);
      await expect(room.submit('qa-officer-1', id, { type: 'acknowledgeCase' })).resolves.toMatchObject({
        version: 2,
      });
      expect((await room.handle(id).describe()).status.name).toBe('RUNNING');
      expect(await room.historyTypes(id)).not.toContain('workflowTaskFailedEventAttributes');
    });

    it('forged in an official’s name never counts, and the attempt is kept', async () => {
      const id = await room.open();
      await play(room, id, [...acceptance, ...verification, proposal]);
      const { plan } = await room.until(id, ({ planPutToSidesAt }) => planPutToSidesAt !== undefined);
      const approval = room.envelope('ru-decider', id, {
        type: 'approvePlan',
        planVersion: plan!.version,
        planHash: plan!.hash,
        conditions: [],
      });
      const { seal: _seal, ...unsealed } = approval;
      await room.handle(id).signal(commandSignal, unsealed);
      await room.handle(id).signal(commandSignal, sealEnvelope(unsealed, `${sealKey}, but not quite`));
      await room
        .handle(id)
        .signal(commandSignal, { ...approval, actor: { ...approval.actor, party: 'ukraine' } });
      await eventually(async () => ((await refusalsOf(id)).length === 3 ? true : undefined));
      expect(await refusalsOf(id)).toEqual(['seal-missing', 'seal-missing', 'seal-missing']);
      expect((await room.state(id)).decisions).toEqual({});
      // The id is still free for the real one.
      await room.handle(id).signal(commandSignal, approval);
      await room.until(id, ({ decisions }) => decisions.russia?.act === 'approve');
    });

    it('of Homeward’s own commands is set aside', async () => {
      const id = await room.open();
      await room.handle(id).signal(commandSignal, {
        id: randomUUID(),
        case: id,
        actor: { system: 'process' },
        command: { type: 'noteMajority', daysLeft: 0 },
      });
      await room.submit('qa-officer-1', id, { type: 'acknowledgeCase' });
      expect((await room.state(id)).majority).toBeUndefined();
    });

    it('that arrives before the case is loaded, or while no worker runs, is kept', async () => {
      await worker.stop();
      const id = await room.open({ started: false });
      await startChildReturn(room.client, id, { taskQueue: room.taskQueue });
      await room.signal('qa-officer-1', id, { type: 'acknowledgeCase' });
      await room.signal('ru-official-1', id, { type: 'placeHold', hold: 'h1', reason: 'safety' });
      worker = await room.startWorker();
      const state = await room.until(id, ({ holds }) => holds.length === 1);
      expect(isAcknowledged(state)).toBe(true);
    });
  });

  it('an operator’s cancellation does not end a return', async () => {
    const id = await room.open();
    await quietLength(id);
    await room.handle(id).cancel();
    await expect(room.submit('qa-officer-1', id, { type: 'acknowledgeCase' })).resolves.toMatchObject({
      version: 2,
    });
    await play(room, id, [acceptance[1]!]);
    await room.until(id, ({ checks }) => checks !== undefined);
    expect((await room.handle(id).describe()).status.name).toBe('RUNNING');
  });

  it('a case that the record does not know is given up after a while, with a type that says so', async () => {
    await expect(room.handle(unknownCase).result()).rejects.toMatchObject({
      cause: { type: 'case-not-found' },
    });
    expect(
      (await room.historyTypes(unknownCase)).filter((type) => type.startsWith('timerStarted')),
    ).toHaveLength(5);
  });
});
