/** What happens outside of any case is brought by the upkeep into those in which it matters, once, and processes hear. */
import { randomUUID } from 'node:crypto';
import type { CaseId } from '../../src/domain/model/ids';
import { eventually, openProcessRoom } from './support/process-room';
import type { ProcessRoom } from './support/process-room';

let room: ProcessRoom;
beforeAll(async () => {
  room = await openProcessRoom('upkeep-people');
  await room.startWorker();
});
afterAll(() => room.close());

const eventsOf = async (id: CaseId, type: string) =>
  (await room.events(id)).filter(({ event }) => event.type === type).map(({ event }) => event);
const isOwed = async (id: CaseId, kind: string): Promise<boolean> =>
  (await room.pool.query('select from obligations where case_id = $1 and kind = $2', [id, kind])).rowCount ===
  1;
/** As the worker's delivery does it within seconds. */
const hearsOfIt = async (id: CaseId): Promise<true> => {
  await room.deliverNews();
  return eventually(async () => (await room.unreadNews(id)) === 0 || undefined);
};
let version = 100;
const change = (official: string, changes: object) =>
  room.record.saveMechanism({
    ...room.mechanism,
    version: (version += 1),
    officials: room.mechanism.officials.map((each) =>
      each.id === official ? { ...each, ...changes } : each,
    ),
  });

it('an absence is noted in the cases that wait for who is away, however often the upkeep looks', async () => {
  const id = await room.open();
  const declared = await room.record.absences.declare({
    mechanism: 'doha',
    by: 'qa-lead',
    request: `qa-lead:${randomUUID()}`,
    official: 'qa-officer-1',
    deputy: 'qa-officer-2',
    until: new Date(Date.now() + 7 * 86_400_000).toISOString(),
  });
  expect(declared).not.toHaveProperty('fault');
  await room.runUpkeep();
  await room.runUpkeep();
  expect(await eventsOf(id, 'AbsenceNoted')).toMatchObject([
    { official: 'qa-officer-1', deputy: 'qa-officer-2' },
  ]);
  expect(await hearsOfIt(id)).toBe(true);
  const { rows } = await room.pool.query<{ counts: object }>(
    `select counts from upkeep_rounds where task = 'people'`,
  );
  expect(rows).toMatchObject([{ counts: { absences: 0, refused: 0 } }]);
});

it('a successor is noted where who left had said they would see to something', async () => {
  const id = await room.open();
  const { rows } = await room.pool.query<{ key: string }>(
    `select key from obligations where case_id = $1 and kind = 'acknowledge-case'`,
    [id],
  );
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await room.submit('qa-officer-2', id, {
    type: 'acknowledgeObligation',
    obligation: rows[0]!.key,
    until,
  });
  await change('qa-officer-2', { active: false, replacedBy: 'qa-officer-1' });
  await room.runUpkeep();
  await room.runUpkeep();
  expect(await eventsOf(id, 'OfficialSubstituted')).toMatchObject([
    { official: 'qa-officer-2', by: 'qa-officer-1' },
  ]);
  await change('qa-officer-2', {}); // Back again, for the tests after this one.
});

it('a case officer who stays without the role has the case no more; the lead owes it', async () => {
  const id = await room.open();
  await room.submit('qa-lead', id, { type: 'assignOfficer', officer: 'qa-officer-2' });
  await change('qa-officer-2', { roles: ['reviewer'] });
  await room.runUpkeep();
  await room.runUpkeep();
  expect(await eventsOf(id, 'OfficerRelieved')).toMatchObject([{ official: 'qa-officer-2' }]);
  const { rows } = await room.pool.query(
    `select from obligations where case_id = $1 and kind = 'assign-officer'`,
    [id],
  );
  expect(rows).toHaveLength(1);
  await change('qa-officer-2', {}); // Back again, for the tests after this one.
});

it('an address that fails is the mediator’s to mend; once it is another, what was given up goes there', async () => {
  const id = await room.open();
  const { email } = room.mechanism.officials.find((each) => each.id === 'qa-lead')!;
  await room.pool.query(
    `insert into letters (id, kind, mechanism_id, party, official, safety, send_at, next_attempt_at, status, attempts,
                          address, given_up_at, last_error_code, fault)
     values ('given-up', 'digest', 'doha', 'qatar', 'qa-lead', false, now(), now(), 'dead', 5, $1, now(), 'smtp-550',
             'address')`,
    [email],
  );
  await room.pool.query(
    `with notice as (select id from outbox where case_id = $1 limit 1),
          routed as (update outbox set status = 'routed' where id in (select id from notice))
     insert into letter_notices select id, 'qa-lead', 'given-up' from notice`,
    [id],
  );
  await room.runUpkeep();
  await room.runUpkeep();
  expect(await eventsOf(id, 'AddressFailed')).toMatchObject([
    { party: 'qatar', official: 'qa-lead', channel: 'mail', code: 'smtp-550' },
  ]);
  expect(await isOwed(id, 'mend-address')).toBe(true);

  await change('qa-lead', { email: 'another@mediator.example' });
  await room.runUpkeep();
  await room.runUpkeep();
  expect(await eventsOf(id, 'AddressMended')).toHaveLength(1);
  expect(await isOwed(id, 'mend-address')).toBe(false);
  const { rows } = await room.pool.query(`select status from letters where id = 'given-up'`);
  expect(rows).toEqual([{ status: 'pending' }]);
});
