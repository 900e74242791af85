import { startChildReturn } from '../../src/temporal/start';
import fc from 'fast-check';
import { defaultPayloadConverter } from '@temporalio/common';
import type { CaseId } from '../../src/domain/model/ids';
import { propertyRuns } from '../support/property-runs';
import { eventually, openProcessRoom } from './support/process-room';
import type { ProcessRoom, RunningTestWorker } from './support/process-room';
import { acceptance, approvalBy, play, preparation, proposal, verification } from './support/plain-return';
import type { Step } from './support/plain-return';

const agreement: Step[] = [
  ...acceptance,
  ...verification,
  proposal,
  approvalBy('ua-decider'),
  approvalBy('ru-decider'),
];

describe('news of a case on its way to its process', () => {
  let room: ProcessRoom;
  let worker: RunningTestWorker;
  beforeAll(async () => {
    room = await openProcessRoom('news');
    worker = await room.startWorker();
  });
  afterAll(() => room.close());

  const isRead = (id: CaseId) => eventually(async () => (await room.unreadNews(id)) === 0 || undefined);

  it('shows an operator every command by name and party, in order', async () => {
    const id = await room.open();
    await play(room, id, agreement);
    const told = await eventually(async () => {
      const { events: all } = await room.handle(id).fetchHistory();
      const news = (all ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) =>
        signal?.signalName === 'recorded' && signal.input?.payloads?.[0]
          ? defaultPayloadConverter.fromPayload<{ command: string; party: string; version: number }[]>(
              signal.input.payloads[0],
            )
          : [],
      );
      return news.length >= agreement.length ? news : undefined;
    });
    const approvals = told.filter(({ command }) => command === 'approvePlan');
    expect(approvals.map(({ command, party }) => `${command} by ${party}`)).toEqual([
      'approvePlan by ukraine',
      'approvePlan by russia',
    ]);
    expect(told.map(({ version }) => version)).toEqual(
      told.map(({ version }) => version).sort((a, b) => a - b),
    );
    expect(told).toHaveLength(agreement.length);
    // The step that read them has their names, too, as its summary, once it has read them.
    await eventually(async () => {
      const { events } = await room.handle(id).fetchHistory();
      const summaries = (events ?? []).map(({ userMetadata }) =>
        userMetadata?.summary ? String(defaultPayloadConverter.fromPayload(userMetadata.summary)) : '',
      );
      return /approvePlan by ukraine[^]*approvePlan by russia/.test(summaries.join('\n')) || undefined;
    });
  });

  it('comes from the worker when the API died before it could tell the process', async () => {
    const id = await room.open();
    await isRead(id);
    await room.enter('qa-officer-1', id, { type: 'acceptFile' });
    expect(await room.unreadNews(id)).toBe(1);
    await room.deliverNews();
    await room.until(id, ({ checks }) => checks !== undefined);
    await isRead(id);
  });

  it('of a closed case without a process is dropped', async () => {
    const id = await room.open();
    await play(room, id, [{ by: 'ua-official-1', command: { type: 'withdrawRequest' } }]);
    await isRead(id);
    await room.handle(id).terminate('by hand');
    await room.enter('qa-officer-1', id, { type: 'closeCase', outcome: 'withdrawn' });
    await room.deliverNews();
    // The worker delivers as well, and may have it in hand.
    await isRead(id);
    // News that it had taken while the case was open may have begun the process once more: that one ends at once.
    await eventually(async () => (await room.handle(id).describe()).status.name !== 'RUNNING' || undefined);
    expect(await room.unreadNews(id)).toBe(0);
  });

  /** What may befall the signal of one command. */
  const fates = ['sent', 'lost', 'double', 'late', 'worker-away', 'process-ended'] as const;
  const runs = propertyRuns(4);

  it(
    'lost, late, double or out of order brings the process to where the record is, and nothing is done twice',
    async () => {
      const steps = [...agreement, ...preparation];
      const plans = fc.sample(
        fc.array(fc.constantFrom(...fates), { minLength: steps.length, maxLength: steps.length }),
        runs,
      );
      for (const plan of plans) {
        const id = await room.open();
        const late: (() => Promise<unknown>)[] = [];
        for (const [index, { by, command, when = () => true }] of steps.entries()) {
          const state = await eventually(async () => {
            const now = await room.state(id);
            if (when(now)) return now;
            // What the process has to do first it does when it hears; if need be, by the delivery.
            await room.deliverNews();
            // One that was ended after it had read, the upkeep starts anew.
            const { status } = await room.handle(id).describe();
            if (status.name === 'TERMINATED')
              await startChildReturn(room.client, id, { taskQueue: room.taskQueue });
            return undefined;
          }, 30_000);
          const given = typeof command === 'function' ? command(state) : command;
          const { news } = await room.enter(by, id, given);
          const tell = () =>
            room
              .handle(id)
              .signal('recorded', [news])
              .catch(() => undefined);
          switch (plan[index]) {
            case 'sent':
              await tell();
              break;
            case 'double':
              await Promise.all([tell(), tell()]);
              break;
            case 'late':
              late.unshift(tell);
              break;
            case 'worker-away':
              await worker.stop();
              await tell();
              worker = await room.startWorker();
              break;
            case 'process-ended':
              await room
                .handle(id)
                .terminate('by chance')
                .catch(() => undefined);
              break;
            default:
          }
        }
        for (const tell of late) await tell();
        await eventually(async () => {
          await room.deliverNews();
          return (await room.unreadNews(id)) === 0 || undefined;
        }, 30_000);
        await room.until(id, ({ stage }) => stage === 'hosting');
        const events = await room.events(id);
        const effects = events.flatMap(({ event }) =>
          (['FileChecked', 'PlanPutToSides', 'PlaceRequested', 'EscortRequested'] as string[]).includes(
            event.type,
          )
            ? [JSON.stringify({ ...event, findings: undefined })]
            : [],
        );
        expect([plan, [...new Set(effects)]]).toEqual([plan, effects]);
        expect(new Set(effects.map((effect) => effect.split(',')[0])).size).toBe(4);
        const reminders = events.flatMap(({ event }) =>
          event.type === 'LadderStepTaken'
            ? [`${event.obligation} ${event.step} ${event.act} ${event.party} ${event.office.roles.join()}`]
            : [],
        );
        expect(new Set(reminders).size).toBe(reminders.length);
      }
    },
    60_000 * runs.numRuns,
  );
});
