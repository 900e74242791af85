/** Whatever words a sender puts into fields and headers that are no notes: none reaches events or Temporal. */
import { openApiRoom } from '../support/api-room';
import { keptOf } from '../support/kept-by-temporal';
import type { ApiRoom } from '../support/api-room';
import { commandAnswerSchema } from '../../../src/contracts/http/answers';

const word = 'canary-anna';
describe('words that are no notes', () => {
  let room: ApiRoom;
  let id: string;
  beforeAll(async () => {
    room = await openApiRoom('http-free-text');
    id = await room.openWithProcess();
  });
  afterAll(() => room.close());

  const send = (official: string, command: object, key = `${word}-${Math.random().toString(36).slice(2)}`) =>
    room.as(official).post(`/v1/cases/${id}/commands`, command, { 'idempotency-key': key });
  const holdsOf = async (official: string) =>
    ((await room.as(official).get(`/v1/cases/${id}`)).body as { holds: { id: string }[] }).holds;

  it('stand in no event, history or answer as ids of holds and keys of requests, and work all the same', async () => {
    const key = `${word}-once`;
    const hold = { type: 'placeHold', hold: `${word}-1`, reason: 'legal' };
    const first = await send('ru-official-1', hold, key);
    const again = await send('ru-official-1', hold, key);
    expect([first.status, again.status]).toEqual([200, 200]);
    const [placed, repeated] = [first, again].map(({ body }) => commandAnswerSchema.parse(body));
    expect([repeated?.outcome, repeated?.receipt]).toEqual(['repeated', placed?.receipt]);
    expect((await room.as('ru-official-1').get(`/v1/commands/ru-official-1:${key}`)).status).toBe(200);
    const [made] = await holdsOf('ru-official-1');
    expect(made?.id).toMatch(/^x-[0-9a-f]{16}$/);
    const review = { type: 'reviewHold', hold: `${word}-1`, reviewBy: '2099-01-01' };
    expect((await send('ru-official-1', review)).status).toBe(200);
    expect((await send('ru-official-1', { type: 'liftHold', hold: made!.id })).status).toBe(200);
    expect(await holdsOf('ru-official-1')).toEqual([]);
  });

  it('keep a short code as it is', async () => {
    await send('ru-official-1', { type: 'placeHold', hold: 'hold-1', reason: 'legal' }).expect(200);
    expect((await holdsOf('ru-official-1')).map((hold) => hold.id)).toEqual(['hold-1']);
    await send('ru-official-1', { type: 'liftHold', hold: 'hold-1' }).expect(200);
  });

  it('are refused where a signature was taken and never looked at', async () => {
    const refused = await send('ru-decider', {
      type: 'objectToPlan',
      planVersion: 1,
      planHash: 'a'.repeat(64),
      reason: 'legal',
      signature: `${word}.x.y`,
    });
    expect([refused.status, (refused.body as { code: string }).code]).toEqual([422, 'invalid-request']);
  });

  it('of a relay’s reference are a note, which mediator and side read and nobody else', async () => {
    const relay = {
      type: 'relayDecision',
      relay: `${word}-relay`,
      party: 'russia',
      decision: { act: 'withdraw' },
      source: {
        channel: 'letter',
        reference: `№ ${word}`,
        dated: '2026-01-02',
        documentHash: 'b'.repeat(64),
      },
    };
    const sent = await send('qa-officer-1', relay);
    expect([sent.status, sent.body]).toEqual([200, expect.anything()]);
    const timelineOf = async (official: string) =>
      (await room.as(official).get(`/v1/cases/${id}/timeline`)).text;
    expect(await timelineOf('qa-lead')).toContain(`№ ${word}`);
    expect(await timelineOf('ru-official-1')).toContain(`№ ${word}`);
    expect(await timelineOf('ua-official-1')).not.toContain(word);
  });

  it('reach neither the record’s events and commands nor anything that Temporal keeps', async () => {
    await room.process.until(id, (state) => state.relays.length > 0);
    await room.process.followed(id);
    const kept = await keptOf(room.process, id);
    const { rows } = await room.process.pool.query<{ kept: string }>(
      `select (event::text || command_id || actor::text) as kept from events where case_id = $1
       union all select id || envelope::text from commands where case_id = $1`,
      [id],
    );
    // What the process was told and read is in it.
    for (const seen of ['recorded', 'HoldPlaced']) expect(kept).toContain(seen);
    for (const text of [kept, ...rows.map((row) => row.kept)]) expect(text).not.toContain(word);
  });
});
