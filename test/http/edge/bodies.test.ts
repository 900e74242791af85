import type { Dossier } from '../../../src/contracts/dossier/dossier';
import { aDossier } from '../../record/support/record-room';
import { newKey, openApiRoom, opening, refusalOf } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

interface FieldError {
  pointer: string;
  code: string;
  message: string;
}

describe('what a body must be', () => {
  let room: ApiRoom;
  beforeAll(async () => {
    room = await openApiRoom('http-bodies', { worker: false });
  });
  afterAll(() => room.close());

  const raw = async (body: string, headers: Record<string, string> = {}) => {
    const token = await room.token('ua-official-1');
    return room
      .anyone()
      .post('/v1/cases')
      .set({
        authorization: `Bearer ${token}`,
        'idempotency-key': newKey(),
        'content-type': 'application/json',
      })
      .set(headers)
      .send(body);
  };
  const errorsOf = (response: { body: unknown }) => (response.body as { errors: FieldError[] }).errors;

  it.each([
    ['half a body', '{"requestingParty":'],
    ['no JSON', 'requestingParty=ukraine'],
    ['a bare word', 'true'],
    ['a number', '7'],
    ['a comment', '{} // open it'],
    ['nothing', ' '],
  ])('refuses %s as malformed', async (_, body) => {
    expect(refusalOf(await raw(body))).toEqual([400, 'malformed-json']);
  });

  it.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['plain text', { 'content-type': 'text/plain' }],
    ['XML', { 'content-type': 'application/xml' }],
    ['an unknown charset', { 'content-type': 'application/json; charset=koi8-u' }],
    ['a compressed body', { 'content-encoding': 'gzip' }],
  ])('refuses %s by its media type', async (_, headers) => {
    expect(refusalOf(await raw('{}', headers))).toEqual([415, 'unsupported-media-type']);
  });

  describe('text that is not UTF-8', () => {
    const windows1251 = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xb3, 0xf2]); // «Привіт»
    const rawBytes = async (path: string, body: Buffer) =>
      fetch(`${room.api.url}${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await room.token('ua-official-1')}`,
          'idempotency-key': newKey(),
          'content-type': 'application/json',
        },
        body: new Uint8Array(body),
      });
    const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;
    const withView = (view: Buffer) => {
      const [before, after] = JSON.stringify(
        opening({
          dossier: {
            ...aDossier,
            child: { ...aDossier.child, view: { text: 'HERE', recordedOn: '2026-01-22' } },
          },
        }),
      ).split('HERE');
      return Buffer.concat([Buffer.from(before ?? ''), view, Buffer.from(after ?? '')]);
    };

    it('never keeps a child’s words as they are not: a windows-1251 body is refused', async () => {
      const refused = await rawBytes('/v1/cases', withView(windows1251));
      expect([refused.status, await codeOf(refused)]).toEqual([400, 'not-utf-8']);
      expect((await rawBytes('/v1/cases', withView(Buffer.from('Привіт')))).status).toBe(201);
    });

    it('refuses letters that another program lost, as bytes and as an escape', async () => {
      const lost = await rawBytes('/v1/cases', withView(Buffer.from('�ривіт')));
      expect([lost.status, await codeOf(lost)]).toEqual([400, 'not-utf-8']);
      const escaped = await rawBytes('/v1/cases', withView(Buffer.from('\\ufffdривіт')));
      const { errors } = (await escaped.json()) as { errors: FieldError[] };
      expect([escaped.status, errors.map(({ pointer, code }) => `${pointer} ${code}`)]).toEqual([
        422,
        ['/dossier/child/view/text not-utf-8'],
      ]);
    });

    it('refuses a note of a command likewise', async () => {
      const command = '{"type":"placeHold","hold":"h","reason":"identity","note":"~"}'.split('~');
      const body = Buffer.concat([Buffer.from(command[0] ?? ''), windows1251, Buffer.from(command[1] ?? '')]);
      const { body: opened } = await room.as('ua-official-1').post('/v1/cases', opening());
      const refused = await rawBytes(`/v1/cases/${(opened as { case: string }).case}/commands`, body);
      expect([refused.status, await codeOf(refused)]).toEqual([400, 'not-utf-8']);
    });

    it('refuses an address in windows-1251, and takes one in UTF-8', async () => {
      const list = async (query: string) => {
        const headers = { authorization: `Bearer ${await room.token('ua-official-1')}` };
        return (await fetch(`${room.api.url}/v1/cases?text=${query}`, { headers })).status;
      };
      expect(await list('%CF%F0%E8')).toBe(400);
      expect(await list('%EF%BF%BD')).toBe(400);
      expect(await list(encodeURIComponent('Привіт'))).toBe(200);
    });
  });

  it('refuses more than 64 KB, whatever the length that was announced', async () => {
    const large = JSON.stringify(opening({ filler: 'x'.repeat(64 * 1024) }));
    expect(refusalOf(await raw(large))).toEqual([413, 'body-too-large']);
    const token = await room.token('ua-official-1');
    const chunked = await fetch(`${room.api.url}/v1/cases`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'idempotency-key': newKey(),
        'content-type': 'application/json',
      },
      body: new Blob([large]).stream(),
      duplex: 'half',
    });
    expect(chunked.status).toBe(413);
  });

  it('survives JSON that is nested as deeply as 64 KB allow', async () => {
    const deep = '['.repeat(30_000) + ']'.repeat(30_000);
    expect(refusalOf(await raw(deep))).toEqual([422, 'invalid-request']);
    const inside = JSON.stringify(opening()).replace('"recipient-1"', deep);
    expect(refusalOf(await raw(inside))).toEqual([422, 'invalid-request']);
  });

  it('names an unknown field by its place, and never repeats a value', async () => {
    const secret = 'Соломія Вигадана';
    const body = opening({ favourite: secret, recipient: secret, [secret]: 1, siblings: [secret] });
    const refused = await raw(JSON.stringify(body));
    expect(refusalOf(refused)).toEqual([422, 'invalid-request']);
    expect(
      errorsOf(refused)
        .map(({ pointer, code }) => `${pointer} ${code}`)
        .sort(),
    ).toEqual([
      ' unknown-field',
      '/favourite unknown-field',
      '/recipient invalid-format',
      '/siblings/0 invalid-format',
    ]);
    expect(refused.text).not.toContain('Вигадана');
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString'])('takes no %s for a field', async (field) => {
    const body = JSON.stringify(opening()).replace('{', `{"${field}":{"admin":true},`);
    expect(refusalOf(await raw(body))).toEqual([422, 'invalid-request']);
    const nested = JSON.stringify(opening()).replace('"child":{', `"child":{"${field}":{"admin":true},`);
    expect(refusalOf(await raw(nested))).toEqual([422, 'invalid-request']);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  const day = (fromNow: number) => new Date(Date.now() + fromNow * 86_400_000).toISOString().slice(0, 10);
  const child = (changes: Partial<Dossier['child']>): object =>
    opening({ dossier: { ...aDossier, child: { ...aDossier.child, ...changes } } });
  const named = (given: string): object =>
    child({ names: [{ script: 'latin', given, family: 'Hadanyi', recordedOn: '2024-01-22' }] });
  const wrong: Record<string, [object, string]> = {
    'a birth date after today': [child({ birthDate: { exact: day(3) } }), '/dossier/child/birthDate/exact'],
    'a birth date that is no date': [
      child({ birthDate: { exact: '2012-02-31' } }),
      '/dossier/child/birthDate/exact',
    ],
    'an estimate that ends before it starts': [
      child({ birthDate: { estimated: { from: '2014-01-01', to: '2013-01-01' } } }),
      '/dossier/child/birthDate/estimated/to',
    ],
    'a name with a NUL': [named('Ky\u0000rylo'), '/dossier/child/names/0/given'],
    'a name that turns its own direction': [named('Ky\u202Erylo'), '/dossier/child/names/0/given'],
    'a name with an invisible character': [named('Ky\u200Brylo'), '/dossier/child/names/0/given'],
    'half a character': [named('Ky\uD83D'), '/dossier/child/names/0/given'],
    'a name of nothing but blanks': [named('   '), '/dossier/child/names/0/given'],
    'a recipient nobody listed': [
      opening({ dossier: { ...aDossier, recipients: [] } }),
      '/dossier/recipients',
    ],
    'a wrong type': [opening({ medicallyUrgent: 'yes' }), '/medicallyUrgent'],
    'a missing party': [opening({ holdingParty: undefined }), '/holdingParty'],
  };
  it.each(Object.entries(wrong))('refuses %s, and says where', async (_, [body, pointer]) => {
    const refused = await raw(JSON.stringify(body));
    expect(refusalOf(refused)).toEqual([422, 'invalid-request']);
    expect(errorsOf(refused).map((error) => error.pointer)).toContain(pointer);
  });

  it('refuses parties the mechanism does not have, and a recipient the dossier does not list', async () => {
    const send = async (changes: object) => refusalOf(await raw(JSON.stringify(opening({ ...changes }))));
    expect(await send({ holdingParty: 'atlantis' })).toEqual([422, 'unknown-party']);
    expect(await send({ recipient: 'recipient-9' })).toEqual([422, 'unknown-recipient']);
    expect(await send({ siblings: ['ZZZZ-ZZZZ'] })).toEqual([422, 'unknown-case']);
  });

  it('refuses query words it does not know, and cursors it did not give', async () => {
    const officer = room.as('qa-officer-1');
    const ask = async (query: Record<string, string>) => refusalOf(await officer.get('/v1/cases', query));
    for (const query of [
      { colour: 'blue' },
      { stage: 'lost' },
      { stalled: 'perhaps' },
      { limit: '0' },
      { limit: '201' },
      { limit: '1e2' },
      { text: 'a\u0000b' },
      { cursor: 'nonsense' },
      { cursor: Buffer.from('["infinity","x"]').toString('base64url') },
    ] as Record<string, string>[])
      expect([query, await ask(query)]).toEqual([query, [422, 'invalid-request']]);
    const twice = await officer.get('/v1/cases?stage=intake&stage=tracing');
    expect(refusalOf(twice)).toEqual([422, 'invalid-request']);
  });
});
