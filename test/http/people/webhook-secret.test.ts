import { webhookGenerationSchema, webhookSecretSchema } from '../../../src/contracts/http/officials';
import { webhookSecretOf } from '../../../src/contracts/webhook-secret';
import { sealKey } from '../../record/support/record-room';
import { newKey, openApiRoom, refusalOf } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

describe('the secret of a party’s webhook', () => {
  let room: ApiRoom;
  beforeAll(async () => {
    room = await openApiRoom('http-webhook-secret', {
      worker: false,
      change: (mechanism) => ({
        ...mechanism,
        parties: mechanism.parties.map((party) =>
          party.id === 'qatar' ? { ...party, webhook: { url: 'https://qatar.example/homeward' } } : party,
        ),
      }),
    });
  });
  afterAll(() => room.close());

  const rotate = (official: string, headers = {}) =>
    room.as(official).post('/v1/webhook-secret', {}, headers);
  const show = (official: string) => room.as(official).get('/v1/webhook-secret');
  const secretOf = (party: string, generation: number) =>
    webhookSecretOf(sealKey, { mechanism: 'doha', party, generation });

  it('is shown once, when it is made, and otherwise only which one counts', async () => {
    const before = webhookGenerationSchema.strict().parse((await show('qa-lead').expect(200)).body);
    expect(before).toEqual({ generation: 1, url: 'https://qatar.example/homeward' });
    const made = webhookSecretSchema.strict().parse((await rotate('qa-lead').expect(201)).body);
    expect(made).toMatchObject({ secret: secretOf('qatar', 2), generation: 2, raisedBy: 'qa-lead' });
    expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(Date.parse(made.previousUntil!) - Date.parse(made.since!)).toBe(24 * 3_600_000);
    const after = await show('qa-lead').expect(200);
    expect(webhookGenerationSchema.strict().parse(after.body)).toMatchObject({
      generation: 2,
      since: made.since,
    });
    expect(after.text).not.toContain('whsec_');
  });

  it('is the same for a repeated request, and not given again once it was replaced', async () => {
    const headers = { 'idempotency-key': newKey() };
    const first = await rotate('ua-official-1', headers).expect(201);
    expect((await rotate('ua-official-1', headers).expect(201)).body).toEqual(first.body);
    await rotate('ua-official-2').expect(201);
    expect(refusalOf(await rotate('ua-official-1', headers))).toEqual([422, 'command-id-reused']);
    expect(
      refusalOf(await room.as('ua-official-1').post('/v1/webhook-secret', {}, { 'idempotency-key': 'x' })),
    ).toEqual([400, 'idempotency-key-invalid']);
  });

  it('is each party’s own', async () => {
    expect((await rotate('ru-official-1').expect(201)).body).toMatchObject({
      secret: secretOf('russia', 2),
      generation: 2,
    });
    expect((await show('em-host').expect(200)).body).toEqual({ generation: 1 });
  });

  it.each(['qa-officer-1', 'qa-duty', 'ua-decider', 'em-clinician', 'es-escort-1', 'ob-observer'])(
    'is not for %s',
    async (official) => {
      expect(refusalOf(await rotate(official))).toEqual([403, 'not-permitted']);
      expect(refusalOf(await show(official))).toEqual([403, 'not-permitted']);
    },
  );

  it('is not for a deputy, who would keep it beyond the absence', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await room.as('qa-lead').post('/v1/absences', { deputy: 'qa-duty', until }).expect(201);
    const deadline = Date.now() + 3_000;
    const roles = async () =>
      ((await room.as('qa-duty').get('/v1/mechanism')).body as { you: { roles: string[] } }).you.roles;
    while (!(await roles()).includes('lead')) {
      if (Date.now() > deadline) throw new Error(String(await roles()));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(refusalOf(await rotate('qa-duty'))).toEqual([403, 'not-permitted']);
  });
});
