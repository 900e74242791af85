/** When a plan has reached a side: as soon as its channel has taken a letter about it, and never before. */
import { createApprovalActivities } from '../../activities/approvals/put-plan-to-sides';
import type { ActivityDeps } from '../../activities/deps';
import { planRouting } from '../../src/notify/routing/route-notices';
import type { CaseId } from '../../src/domain/model/ids';
import { caseAt } from '../record/support/record-room';
import { openDispatchRoom } from './support/dispatch-room';
import type { DispatchRoom } from './support/dispatch-room';
import { openSystem } from './support/receiving-system';

let room: DispatchRoom;
beforeAll(async () => {
  room = await openDispatchRoom();
});
beforeEach(async () => {
  await room.clear();
  await room.change({ digest: { every: 'PT1S' }, quietHours: 'none' });
});
afterEach(() => room.restDispatchers());
afterAll(() => room.close());

const still = () => room.dispatcherAt(undefined, { lookEveryMs: 3_600_000 });
const route = () =>
  room.recordRoom.record.outbox.route(500, planRouting(room.recordRoom.record.absences.current));

/** A case with a plan that was just put to the sides; what was told before is not told any more. */
async function put(): Promise<CaseId> {
  const id = await caseAt(room.recordRoom, 'verified');
  await room.recordRoom.act('qa-officer-1', id, {
    type: 'proposePlan',
    terms: {
      recipient: 'recipient-1',
      window: { from: '2036-01-01', to: '2036-02-01' },
      modality: 'road',
      site: null,
      handoverPlace: 'kyiv',
      escortParty: 'escort',
      receivingParty: 'reception',
      companions: ['escort'],
    },
  });
  await room.recordRoom.pool.query(`update outbox set status = 'silenced'`);
  await room.recordRoom.act({ system: 'process' }, id, { type: 'putPlanToSides', planVersion: 1 });
  return id;
}
const send = async (): Promise<void> => {
  await route();
  // Whenever a digest would go.
  await room.recordRoom.pool.query(
    `update letters set send_at = now(), next_attempt_at = now() where status = 'pending'`,
  );
  await still().dispatchDue();
};
const lookAt = (id: CaseId, party: string, planVersion = 1) =>
  createApprovalActivities({ record: room.recordRoom.record } as ActivityDeps).seePlanReachSide({
    case: id,
    commandId: `${id}:seePlanReachSide:${planVersion}:${party}`,
    dossierVersion: 1,
    planVersion,
    party,
    knownVersion: 0,
  });
const reached = async (id: CaseId) => (await room.recordRoom.record.load(id))!.state.planReached;
const notSent = { type: 'plan-not-sent', nonRetryable: false };

it('a plan has reached each side once its digest is out, at that instant, and is recorded once', async () => {
  const id = await put();
  await expect(lookAt(id, 'russia')).rejects.toMatchObject(notSent);
  await route();
  await expect(lookAt(id, 'russia')).rejects.toMatchObject(notSent);
  await send();
  const [letter] = (
    await room.recordRoom.pool.query<{ at: string }>(
      `select sent_at as at from letters where official = 'ru-decider' and status = 'sent'`,
    )
  ).rows;
  expect(await lookAt(id, 'russia')).toMatchObject({ outcome: 'recorded' });
  expect(await lookAt(id, 'russia')).toMatchObject({ outcome: 'repeated' });
  expect(await reached(id)).toEqual({ russia: letter!.at });
  await lookAt(id, 'ukraine');
  expect(Object.keys((await reached(id))!).sort()).toEqual(['russia', 'ukraine']);
});

it('a refused letter reaches nobody, and keeps no other side from being reached', async () => {
  const id = await put();
  room.office.mood.set('decider@holding.example', 550);
  await send();
  await expect(lookAt(id, 'russia')).rejects.toMatchObject(notSent);
  await lookAt(id, 'ukraine');
  expect(Object.keys((await reached(id))!)).toEqual(['ukraine']);
});

it('what a side’s own system takes has reached it, though no mail gets through', async () => {
  const system = await openSystem();
  await room.change(({ parties }) => ({
    parties: parties.map((party) =>
      party.id === 'russia' ? { ...party, webhook: { url: system.url } } : party,
    ),
  }));
  const id = await put();
  room.office.mood.set('*', 550);
  await send();
  expect(system.received.length).toBeGreaterThan(0);
  expect(await lookAt(id, 'russia')).toMatchObject({ outcome: 'recorded' });
  await expect(lookAt(id, 'ukraine')).rejects.toMatchObject(notSent);
  await system.stop();
});

it('a letter about one plan says nothing of another, nor of another case', async () => {
  const [id, other] = [await put(), await caseAt(room.recordRoom, 'verified')];
  await send();
  await expect(lookAt(id, 'russia', 2)).rejects.toMatchObject(notSent);
  await expect(lookAt(other, 'russia')).rejects.toMatchObject(notSent);
});
