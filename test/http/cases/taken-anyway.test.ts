/** A hold or a withdrawal is never refused for its form: it is taken in the nearest form there is, and its sender is told. */
import {
  commandAnswerSchema,
  commandStatusSchema,
  sealedCommandSchema,
} from '../../../src/contracts/http/answers';
import { commandSignal } from '../../../workflows/child-return/messages';
import { newKey, openApiRoom, refusalOf } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

interface SeenHold {
  readonly id: string;
  readonly party: string;
  readonly reason: string;
  readonly reviewAt: string;
}
interface Noted {
  readonly type: string;
  readonly note: string;
}

describe('a hold or a withdrawal that can’t be taken as it was written', () => {
  let room: ApiRoom;
  beforeAll(async () => {
    room = await openApiRoom('taken-anyway');
  });
  afterAll(() => room.close());
  const commandsOf = (id: string): string => `/v1/cases/${id}/commands`;
  const hold = { type: 'placeHold', hold: 'hold-1', reason: 'safety' };
  const holdsOf = async (id: string): Promise<SeenHold[]> =>
    ((await room.as('ua-official-1').get(`/v1/cases/${id}`)).body as { holds: SeenHold[] }).holds;
  const notesOf = async (id: string): Promise<(string | undefined)[]> =>
    (
      (await room.as('ua-official-1').get(`/v1/cases/${id}/timeline`)).body as { items: Partial<Noted>[] }
    ).items.flatMap(({ type, note }) => (type === 'HoldPlaced' ? [note] : []));
  const sent = async (body: object, headers?: Record<string, string>) => {
    const id = await room.open();
    const answer = await room.as('ua-official-1').post(commandsOf(id), body, headers);
    const read = commandAnswerSchema.safeParse(answer.body);
    return { id, status: answer.status, answer: read.data, holds: await holdsOf(id) };
  };
  const adjusted = ({ answer }: Awaited<ReturnType<typeof sent>>) =>
    (answer?.adjusted ?? []).map(({ pointer, code }) => [pointer, code]);

  it.each(['9999-12-31', '2200-01-01', '0000-01-01', '275760-09-13', '2027-02-30', 'soon', 7, null])(
    'a review by %p: the mechanism’s own time',
    async (reviewBy) => {
      const found = await sent({ ...hold, reviewBy });
      expect([found.status, found.holds.length, adjusted(found)]).toEqual([
        200,
        1,
        [['/reviewBy', 'left-out']],
      ]);
      const days = (Date.parse(found.holds[0]!.reviewAt) - Date.now()) / 86_400_000;
      expect(Math.round(days * 10) / 10).toBe(7);
    },
  );

  it.each(['2020-01-01', '2199-12-31'])(
    'a review by %s, past or too late: limited, and said',
    async (reviewBy) => {
      const found = await sent({ ...hold, reviewBy });
      expect([found.status, found.holds.length, adjusted(found)]).toEqual([
        200,
        1,
        [['/reviewBy', 'limited']],
      ]);
    },
  );

  it('a note that is too long, or holds what can’t be kept: the rest is kept', async () => {
    const long = await sent({ ...hold, note: `The child is afraid. ${'x'.repeat(5_000)}` });
    expect(adjusted(long)).toEqual([['/note', 'shortened']]);
    expect(await notesOf(long.id)).toEqual([expect.stringMatching(/^The child is afraid\. x+$/)]);
    const garbled = await sent({ ...hold, note: 'a\u0000b \u202Ec' });
    expect(await notesOf(garbled.id)).toEqual([expect.stringMatching(/^a b\s+c$/)]);
    expect(adjusted(await sent({ ...hold, note: '\u0000' }))).toEqual([['/note', 'left-out']]);
  });

  it('an id, a reason, a field that nobody knows: something stands in its place, or it is left out', async () => {
    const found = await sent({ ...hold, hold: 'Hold № 1', reason: 'war', urgent: true });
    expect(found.holds).toMatchObject([
      { reason: 'other', id: expect.stringMatching(/^x-[0-9a-f]{16}$/) as string },
    ]);
    expect(adjusted(found).sort()).toEqual([
      ['/hold', 'renamed'],
      ['/reason', 'default'],
      ['/urgent', 'left-out'],
    ]);
    expect((await sent({ type: 'placeHold' })).holds).toHaveLength(1);
  });

  it('headers that are missing or say nothing: recorded all the same', async () => {
    const found = await sent(hold, { 'idempotency-key': '§', 'if-match': 'latest' });
    expect([found.status, found.holds.length]).toEqual([200, 1]);
    expect(adjusted(found)).toEqual([
      ['Idempotency-Key', 'default'],
      ['If-Match', 'left-out'],
    ]);
  });

  it('a key that was used for something else: recorded under another, and the same again is once', async () => {
    const id = await room.open();
    const headers = { 'idempotency-key': newKey() };
    const official = room.as('ua-official-1');
    await official.post(commandsOf(id), { type: 'placeHold', hold: 'hold-0', reason: 'legal' }, headers);
    const again = () => official.post(commandsOf(id), hold, headers);
    const answers = [await again(), await again()].map(({ body }) => commandAnswerSchema.parse(body));
    expect(answers.map(({ outcome }) => outcome)).toEqual(['recorded', 'repeated']);
    expect((await holdsOf(id)).map(({ id: name }) => name)).toEqual(['hold-0', 'hold-1']);
    const { commandId } = answers[0]!.receipt;
    const status = await official.get(`/v1/commands/${commandId}`);
    expect(commandStatusSchema.parse(status.body)).toMatchObject({ status: 'recorded' });
  });

  it('a withdrawal with a signature that is none, an emergency with a note that is a number', async () => {
    const id = await room.open();
    const withdrawal = await room
      .as('ua-decider')
      .post(commandsOf(id), { type: 'withdrawApproval', signature: 'me', note: 5 });
    const emergency = await room
      .as('ua-official-1')
      .post(commandsOf(id), { type: 'reportMedicalEmergency', note: 5 });
    expect([withdrawal.status, emergency.status]).toEqual([200, 200]);
    expect(withdrawal.body).toMatchObject({ adjusted: [{ pointer: '/note' }, { pointer: '/signature' }] });
  });

  it('a withdrawal that the mediator relays without its paper', async () => {
    const id = await room.open();
    const relayed = {
      type: 'relayDecision',
      relay: 'by phone',
      party: 'russia',
      decision: { act: 'withdraw', note: 1 },
    };
    const answer = await room.as('qa-officer-1').post(commandsOf(id), relayed);
    expect([
      answer.status,
      (answer.body as { adjusted?: { pointer: string }[] }).adjusted?.map(({ pointer }) => pointer).sort(),
    ]).toEqual([200, ['/decision', '/relay', '/source']]);
  });

  it.each([
    ['with a note of 200,000 letters', { ...hold, note: 'x'.repeat(200_000) }, 'application/json'],
    ['as a form', hold, 'application/x-www-form-urlencoded'],
  ])('a body %s: what can be read of it is recorded', async (_, body, type) => {
    const id = await room.open();
    const post = async (sent: object) =>
      fetch(`${room.api.url}${commandsOf(id)}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await room.token('ua-official-1')}`,
          'content-type': type,
          'idempotency-key': newKey(),
        },
        body: JSON.stringify(sent),
      });
    expect((await post(body)).status).toBe(200);
    expect(await holdsOf(id)).toHaveLength(1);
    expect([413, 415]).toContain((await post({ ...body, type: 'liftHold' })).status);
  });

  it('the same sent again under another key: it stands already, and its sender reads so', async () => {
    const id = await room.open();
    const post = async (body: object, official = 'ua-official-1') =>
      commandAnswerSchema.parse((await room.as(official).post(commandsOf(id), body)).body);
    const noted = { ...hold, note: 'The child has a fever.' };
    const first = await post(noted);
    const again = await post(noted);
    expect([first.adjusted, again.adjusted]).toEqual([
      undefined,
      [expect.objectContaining({ pointer: '/hold', code: 'standing' })],
    ]);
    expect(again.receipt.toVersion).toBe(first.receipt.toVersion);
    expect(await holdsOf(id)).toHaveLength(1);
    const other = await post({ ...hold, note: 'The child is afraid.' });
    expect(other.adjusted).toEqual([
      expect.objectContaining({ pointer: '/hold', code: 'renamed', taken: (await holdsOf(id))[1]!.id }),
    ]);
    expect((await post(noted, 'ru-official-1')).adjusted).toMatchObject([{ code: 'renamed' }]);
    expect(await notesOf(id)).toEqual(['The child has a fever.', 'The child is afraid.']);
  });

  it('sealed to be sent by other means: in the same nearest form, and taken', async () => {
    const id = await room.openWithProcess();
    const official = room.as('ua-official-1');
    const path = `/v1/cases/${id}/sealed-commands`;
    const body = {
      ...hold,
      hold: 'Hold № 1',
      reason: 'war',
      reviewBy: '9999-12-31',
      note: 'x'.repeat(70_000),
    };
    const headers = { 'idempotency-key': newKey() };
    const answer = await official.post(path, body, headers);
    expect([answer.status, answer.body]).toMatchObject([200, { signal: 'command' }]);
    const sealed = sealedCommandSchema.parse(answer.body);
    expect((sealed.adjusted ?? []).map(({ pointer, code }) => [pointer, code]).sort()).toEqual([
      ['/hold', 'renamed'],
      ['/note', 'shortened'],
      ['/reason', 'default'],
      ['/reviewBy', 'left-out'],
    ]);
    await room.process.handle(id).signal(commandSignal, sealed.envelope as never);
    await room.process.until(id, ({ holds }) => holds.length === 1);
    const used = await official.post(path, { type: 'placeHold', hold: 'h2', reason: 'legal' }, headers);
    expect([used.status, used.body]).toMatchObject([
      200,
      { adjusted: [{ pointer: 'Idempotency-Key', code: 'renamed' }] },
    ]);
    const keyless = await official.post(path, hold, { 'idempotency-key': '§' });
    expect([keyless.status, keyless.body]).toMatchObject([200, { adjusted: [{ code: 'default' }] }]);
    const lift = await official.post(path, { type: 'liftHold', hold: 'Hold 1' });
    expect(refusalOf(lift)).toEqual([422, 'invalid-request']);
  });

  it('takes no other command so: its sender is told what is wrong', async () => {
    const id = await room.open();
    const lift = await room.as('ua-official-1').post(commandsOf(id), { type: 'liftHold', hold: 'Hold 1' });
    expect(refusalOf(lift)).toEqual([422, 'invalid-request']);
    const nobody = await room
      .as('ua-official-1')
      .post(commandsOf('0000-0000'), { ...hold, reviewBy: 'soon' });
    expect(refusalOf(nobody)).toEqual([404, 'case-not-found']);
  });
});
