import { randomUUID } from 'node:crypto';
import { startChildReturn } from '../../src/temporal/start';
import { sealEnvelope } from '../../src/contracts/seal';
import { workflowIdOf } from '../../src/domain/ids';
import type { CaseId } from '../../src/domain/ids';
import { commandSignal, nudgeSignal, submitUpdate } from '../../workflows/child-return/messages';
import { newReference, sealKey } from '../register/support/record-room';
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

  describe('an update', () => {
    it('answers with the new version and a receipt that the record keeps', async () => {
      const id = await room.open();
      const envelope = room.envelope('qa-officer-1', id, { type: 'acknowledgeCase' });
      const answer = await room
        .handle(id)
        .executeUpdate(submitUpdate, { args: [envelope], updateId: envelope.id });
      expect(answer).toMatchObject({
        outcome: 'recorded',
        version: 2,
        receipt: { commandId: envelope.id, case: id },
      });
      await expect(room.register.findCommand(envelope.id)).resolves.toMatchObject({
        status: 'recorded',
        answer: { receipt: answer.receipt },
      });
    });

    it('that is hopeless is refused with its code and leaves no history', async () => {
      const id = await room.open();
      const before = await quietLength(id);
      await expect(room.refusal('qa-lead', id, { type: 'depart' })).resolves.toMatchObject({
        code: 'wrong-stage',
        stage: 'intake',
      });
      await expect(room.refusal('ru-official-1', id, { type: 'acceptFile' })).resolves.toMatchObject({
        code: 'not-your-command',
      });
      expect(await quietLength(id)).toBe(before);
    });

    it('of Homeward’s own commands is refused: only the process gives those', async () => {
      const id = await room.open();
      const forged = {
        id: randomUUID(),
        case: id,
        actor: { system: 'process' },
        command: { type: 'observeTime' },
      } as const;
      const sent = room.handle(id).executeUpdate(submitUpdate, { args: [forged], updateId: forged.id });
      await expect(sent).rejects.toMatchObject({ cause: { type: 'not-your-command' } });
      const claimed = room.refusal('qa-lead', id, { type: 'putPlanToSides', planVersion: 1 });
      await expect(claimed).resolves.toMatchObject({
        code: expect.stringMatching(/not-your-command|wrong-stage/),
      });
    });

    it('without the edge’s seal, or with a seal over something else, is refused', async () => {
      const id = await room.open();
      const envelope = room.envelope('qa-officer-1', id, { type: 'acknowledgeCase' });
      const { seal: _seal, ...bare } = envelope;
      const send = (args: typeof bare) =>
        room.handle(id).executeUpdate(submitUpdate, { args: [args], updateId: randomUUID() });
      await expect(send(bare)).rejects.toMatchObject({ cause: { type: 'seal-missing' } });
      const altered = { ...envelope, command: { type: 'acceptFile' } } as const;
      await expect(send(altered)).rejects.toMatchObject({ cause: { type: 'seal-missing' } });
      expect((await room.state(id)).version).toBe(1);
    });

    it('for another case is refused, so that a decision never counts where it was not given', async () => {
      const [id, other] = await Promise.all([room.open(), room.open()]);
      const envelope = room.envelope('qa-officer-1', other, { type: 'acknowledgeCase' });
      const sent = room.handle(id).executeUpdate(submitUpdate, { args: [envelope], updateId: envelope.id });
      await expect(sent).rejects.toMatchObject({ cause: { type: 'unknown-case' } });
      expect((await room.state(other)).version).toBe(1);
    });

    it('that makes no sense at all is refused by name', async () => {
      const id = await room.open();
      for (const nonsense of [
        undefined,
        null,
        7,
        'text',
        [],
        {},
        { id: 'x' },
        { id: 'x', case: id, actor: {}, command: 1 },
      ]) {
        const sent = room
          .handle(id)
          .executeUpdate(submitUpdate, { args: [nonsense as never], updateId: randomUUID() });
        await expect(sent).rejects.toMatchObject({ cause: { type: 'malformed-command' } });
      }
    });

    it('sent twice under one id gets the first answer and is written once', async () => {
      const id = await room.open();
      const envelope = room.envelope('qa-officer-1', id, { type: 'acknowledgeCase' });
      const send = (updateId: string) =>
        room.handle(id).executeUpdate(submitUpdate, { args: [envelope], updateId });
      const [first, second] = await Promise.all([send(envelope.id), send(envelope.id)]);
      expect(second).toEqual(first);
      // As after continue-as-new, where the engine no longer knows the update: the record does.
      const third = await send(randomUUID());
      expect(third).toEqual({ ...first, outcome: 'repeated' });
      expect((await room.state(id)).version).toBe(2);
    });
  });

  describe('when the record has moved on without the process', () => {
    it('a hold or a withdrawal is taken, whatever the process believes', async () => {
      const id = await room.open();
      const first = room.envelope('ru-official-1', id, { type: 'placeHold', hold: 'h1', reason: 'safety' });
      await room.register.submit(first, { knownVersion: 0, route: 'direct' });
      await expect(
        room.submit(
          'ua-official-1',
          id,
          { type: 'placeHold', hold: 'h2', reason: 'health' },
          { expectedVersion: 1 },
        ),
      ).resolves.toMatchObject({ outcome: 'recorded', version: 3 });
    });

    it('a command about what only the record knows is not refused, when its sender says what they saw', async () => {
      const id = await room.open();
      await quietLength(id);
      const hold = room.envelope('ru-official-1', id, { type: 'placeHold', hold: 'h1', reason: 'safety' });
      await room.register.submit(hold, { knownVersion: 0, route: 'direct' });
      await expect(
        room.submit('ru-official-1', id, { type: 'liftHold', hold: 'h1' }, { expectedVersion: 2 }),
      ).resolves.toMatchObject({ version: 3 });
    });

    it('a nudge lets the process catch up', async () => {
      const id = await room.open();
      await quietLength(id);
      const hold = room.envelope('ru-official-1', id, { type: 'placeHold', hold: 'h1', reason: 'safety' });
      await room.register.submit(hold, { knownVersion: 0, route: 'direct' });
      const lift = { type: 'liftHold', hold: 'h1' } as const;
      // Without it the process can’t know better, and says which version it knew.
      await expect(room.refusal('ru-official-1', id, lift)).resolves.toMatchObject({
        code: 'unknown-hold',
        version: 1,
      });
      await room.handle(id).signal(nudgeSignal);
      await expect(room.submit('ru-official-1', id, lift)).resolves.toMatchObject({ version: 3 });
    });
  });

  describe('a signal', () => {
    it('is brought to the record like an update, and its fate stands there', async () => {
      const id = await room.open();
      const { id: taken } = await room.signal('qa-officer-1', id, { type: 'acknowledgeCase' });
      await room.until(id, isAcknowledged);
      const { id: refused } = await room.signal('qa-lead', id, { type: 'depart' });
      const fate = await eventually(() => room.register.findCommand(refused));
      expect(fate).toMatchObject({ status: 'refused', answer: { rejection: { code: 'wrong-stage' } } });
      await expect(room.register.findCommand(taken)).resolves.toMatchObject({ status: 'recorded' });
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
      const waiting = room.submit('qa-officer-1', id, { type: 'acceptFile' });
      worker = await room.startWorker();
      await expect(waiting).resolves.toMatchObject({ outcome: 'recorded' });
      const state = await room.state(id);
      expect(isAcknowledged(state)).toBe(true);
      expect(state.holds).toHaveLength(1);
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
