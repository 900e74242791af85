import {
  commandAnswerSchema,
  commandStatusSchema,
  sealedCommandSchema,
} from '../../../src/contracts/http/answers';
import type { EdgeCommand } from '../../../src/contracts/commands';
import { commandSignal } from '../../../workflows/child-return/messages';
import { play, plainReturn } from '../../workflows/support/plain-return';
import { eventually } from '../../workflows/support/process-room';
import { newKey, openApiRoom, refusalOf } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

describe('the one door for commands', () => {
  let room: ApiRoom;
  beforeAll(async () => {
    room = await openApiRoom('http-commands');
  });
  afterAll(() => room.close());
  const commandsOf = (id: string): string => `/v1/cases/${id}/commands`;

  it('takes a key as the IETF draft writes it, in quotes, and says what is wrong with another', async () => {
    const id = await room.open();
    const key = newKey();
    const sent = (header: string) =>
      room
        .as('qa-officer-1')
        .post(`/v1/cases/${id}/commands`, { type: 'acceptFile' }, { 'idempotency-key': header });
    expect((await sent(`"${key}"`)).body).toMatchObject({ outcome: 'recorded' });
    expect((await sent(key)).body).toMatchObject({ outcome: 'repeated' });
    for (const [header, code] of [
      ['', 'idempotency-key-missing'],
      ['urn:uuid:8e03978e', 'idempotency-key-invalid'],
      ['a'.repeat(101), 'idempotency-key-invalid'],
      ['abc', 'idempotency-key-invalid'],
      ['"abcd', 'idempotency-key-invalid'],
    ] as const)
      expect(refusalOf(await sent(header))).toEqual([400, code]);
  });

  it('records a command and answers with its receipt and what may come next', async () => {
    const id = await room.open();
    const answer = await room.as('qa-officer-1').post(commandsOf(id), { type: 'acceptFile' });
    const { outcome, version, stage, receipt, allowed } = commandAnswerSchema.parse(answer.body);
    expect([answer.status, outcome, stage]).toEqual([200, 'recorded', 'verification']);
    expect(receipt.toVersion).toBe(version);
    expect(answer.headers.etag).toBe(`"${version}"`);
    expect(allowed).toEqual(expect.arrayContaining(['placeHold', 'closeCase']));
    expect(allowed).not.toContain('acceptFile');
  });

  it('gives a repeated request its first answer, also when both come at once', async () => {
    const id = await room.open();
    const headers = { 'idempotency-key': newKey() };
    const send = () => room.as('qa-officer-1').post(commandsOf(id), { type: 'acceptFile' }, headers);
    const answers = [...(await Promise.all([send(), send(), send()])), await send()];
    const read = answers.map((answer) => commandAnswerSchema.parse(answer.body));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(read.map(({ receipt }) => JSON.stringify(receipt))).size).toBe(1);
    expect(read.at(-1)?.outcome).toBe('repeated');
    const { body } = await room.as('qa-officer-1').get(`/v1/cases/${id}/timeline`);
    const types = (body as { items: { type: string }[] }).items.map(({ type }) => type);
    expect(types.filter((type) => type === 'FileAccepted')).toHaveLength(1);
  });

  it('refuses another request under the same key: another command, another note, another version', async () => {
    const id = await room.open();
    const headers = { 'idempotency-key': newKey() };
    const urgent = { type: 'markUrgent', medicallyUrgent: true, note: 'a fever' };
    const officer = room.as('qa-officer-1');
    expect((await officer.post(commandsOf(id), urgent, headers)).status).toBe(200);
    for (const other of [
      { type: 'acceptFile' },
      { ...urgent, note: 'a cold' },
      { ...urgent, medicallyUrgent: false },
    ])
      expect(refusalOf(await officer.post(commandsOf(id), other, headers))).toEqual([
        422,
        'command-id-reused',
      ]);
    const versioned = await officer.post(commandsOf(id), urgent, { ...headers, 'if-match': '"1"' });
    expect(refusalOf(versioned)).toEqual([422, 'command-id-reused']);
    // The key is the official's own: another official may choose the same.
    const theirs = await room
      .as('qa-officer-2')
      .post(commandsOf(id), { ...urgent, medicallyUrgent: false }, headers);
    expect(theirs.status).toBe(200);
  });

  it('asks anew for a command that was refused before, since the case may have moved', async () => {
    const id = await room.open();
    const headers = { 'idempotency-key': newKey() };
    const lead = room.as('qa-officer-1');
    const send = () => lead.post(commandsOf(id), { type: 'liftHold', hold: 'later' }, headers);
    expect(refusalOf(await send())).toEqual([422, 'unknown-hold']);
    await lead.does(id, { type: 'placeHold', hold: 'later', reason: 'legal' });
    expect((await send()).status).toBe(200);
  });

  it('names the stage and what is allowed when the case does not take a command now', async () => {
    const id = await room.open();
    const refused = await room.as('qa-lead').post(commandsOf(id), { type: 'depart' });
    expect(refusalOf(refused)).toEqual([409, 'wrong-stage']);
    expect(refused.body).toMatchObject({ stage: 'intake' });
    expect((refused.body as { allowed: string[] }).allowed).toContain('acceptFile');
  });

  it('refuses what the sender’s office does not permit', async () => {
    const id = await room.open();
    const refused = await room.as('ru-official-1').post(commandsOf(id), { type: 'acceptFile' });
    expect(refusalOf(refused)).toEqual([403, 'not-your-command']);
  });

  it('refuses what was decided on an older version, and says which is the newest', async () => {
    const id = await room.open();
    const officer = room.as('qa-officer-1');
    await officer.does(id, { type: 'acknowledgeCase' });
    const stale = await officer.post(commandsOf(id), { type: 'acceptFile' }, { 'if-match': '"1"' });
    expect(refusalOf(stale)).toEqual([409, 'stale-version']);
    expect((stale.body as { version: number }).version).toBeGreaterThan(1);
    const odd = await officer.post(commandsOf(id), { type: 'acceptFile' }, { 'if-match': '*' });
    expect(refusalOf(odd)).toEqual([400, 'malformed-if-match']);
  });

  it('never asks a hold or a withdrawal for the version', async () => {
    const id = await room.open();
    const officer = room.as('ru-official-1');
    await room.as('qa-officer-1').does(id, { type: 'acceptFile' });
    const hold = { type: 'placeHold', hold: 'h', reason: 'safety' };
    expect((await officer.post(commandsOf(id), hold, { 'if-match': '"1"' })).status).toBe(200);
  });

  it('needs a key for every request that writes', async () => {
    const id = await room.open();
    for (const key of ['', 'abc', 'with space in it', 'ключ-ключ-ключ', 'x'.repeat(101)]) {
      const headers = { 'idempotency-key': encodeURIComponent(key) === key ? key : 'a b' };
      const refused = await room.as('qa-officer-1').post(commandsOf(id), { type: 'acceptFile' }, headers);
      const code = key === '' ? 'idempotency-key-missing' : 'idempotency-key-invalid';
      expect(refusalOf(refused)).toEqual([400, code]);
    }
  });

  it('hides other people’s cases, and says nothing of cases they name', async () => {
    const id = await room.open();
    const hidden = await room.as('em-host').post(commandsOf(id), { type: 'confirmPlace' });
    expect(refusalOf(hidden)).toEqual([404, 'case-not-found']);
    const never = await room.as('em-host').post(commandsOf('ZZZZ-ZZZZ'), { type: 'confirmPlace' });
    const [one, other] = [hidden, never].map(({ body }) => ({ ...(body as object), instance: '' }));
    expect(one).toEqual(other);
    const named = { type: 'linkSiblings', siblings: ['ZZZZ-ZZZZ'] };
    const unknown = await room.as('qa-officer-1').post(commandsOf(id), named);
    expect(refusalOf(unknown)).toEqual([422, 'unknown-case']);
  });

  it('refuses papers and people nobody listed, after asking whether the sender may ask at all', async () => {
    const id = await room.open();
    const evidence = ['doc-7'];
    await room.as('qa-officer-1').does(id, { type: 'acceptFile' });
    const report = { type: 'attestFacet', facet: 'identity', finding: 'confirmed', evidence };
    const nominee = { type: 'nominateRecipient', recipient: 'recipient-9', dossierVersion: 1 };
    const refusal = async (who: string, body: object) =>
      refusalOf(await room.as(who).post(commandsOf(id), body));
    expect(await refusal('ua-official-1', report)).toEqual([422, 'unknown-document']);
    expect(await refusal('ua-official-1', nominee)).toEqual([422, 'unknown-recipient']);
    expect(await refusal('ru-official-1', nominee)).toEqual([403, 'not-your-command']);
    expect(await refusal('ru-official-1', { ...nominee, recipient: 'recipient-1' })).toEqual([
      403,
      'not-your-command',
    ]);
  });

  it('keeps free text away from events and shows it to its own party and the mediator only', async () => {
    const id = await room.open();
    const note = 'told by the uncle on the telephone';
    const report = {
      type: 'attestFacet',
      facet: 'identity',
      finding: 'insufficient',
      evidence: [],
      note,
    } satisfies EdgeCommand;
    await room.as('qa-officer-1').does(id, { type: 'acceptFile' });
    await room.as('ua-official-1').does(id, report);
    const seenBy = async (official: string): Promise<boolean[]> => {
      const texts = await Promise.all(
        [`/v1/cases/${id}`, `/v1/cases/${id}/timeline`].map((path) => room.as(official).get(path)),
      );
      return texts.map(({ text }) => text.includes(note));
    };
    expect(await seenBy('ua-official-2')).toEqual([true, true]);
    expect(await seenBy('qa-officer-2')).toEqual([true, true]);
    expect(await seenBy('ru-official-1')).toEqual([false, false]);
    const events = JSON.stringify(await room.process.events(id));
    expect(events).not.toContain('uncle');
    // The process is told after the answer.
    const readable = await eventually(async () => {
      const { events: history } = await room.process.handle(id).fetchHistory();
      const text = JSON.stringify(history, (key, value: unknown) =>
        key === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString() : value,
      );
      return text.includes('attestFacet') ? text : undefined;
    });
    expect([readable.includes('attestFacet'), readable.includes('uncle')]).toEqual([true, false]);
  });

  it('tells later, too, what became of a command, to its sender only', async () => {
    const id = await room.open();
    const [lead, officer] = [room.as('qa-lead'), room.as('qa-officer-1')];
    const keys = { taken: newKey(), refused: newKey() };
    await officer.post(commandsOf(id), { type: 'acceptFile' }, { 'idempotency-key': keys.taken });
    await lead.post(commandsOf(id), { type: 'depart' }, { 'idempotency-key': keys.refused });
    const taken = await officer.get(`/v1/commands/qa-officer-1:${keys.taken}`);
    expect(commandStatusSchema.parse(taken.body)).toMatchObject({
      status: 'recorded',
      receipt: { case: id },
    });
    const refused = await lead.get(`/v1/commands/qa-lead:${keys.refused}`);
    expect(commandStatusSchema.parse(refused.body)).toMatchObject({
      status: 'refused',
      problem: { code: 'wrong-stage', status: 409, stage: 'verification' },
    });
    const others = await officer.get(`/v1/commands/qa-lead:${keys.refused}`);
    expect(refusalOf(others)).toEqual([404, 'not-found']);
  });

  it('takes a sealed command that came by signal, and no copy with another word in it', async () => {
    const id = await room.openWithProcess();
    const officer = room.as('qa-officer-1');
    const answer = await officer.post(`/v1/cases/${id}/sealed-commands`, { type: 'acceptFile' });
    const { envelope, temporal, workflowId } = sealedCommandSchema.parse(answer.body);
    expect(temporal.slice(0, 5)).toEqual(['temporal', 'workflow', 'signal', '--workflow-id', workflowId]);
    const handle = room.process.handle(id);
    const forged = { ...envelope, id: `${envelope.id}x`, command: { type: 'acknowledgeCase' } };
    await handle.signal(commandSignal, forged as never);
    await handle.signal(commandSignal, envelope as never);
    await room.process.until(id, ({ stage }) => stage === 'verification');
    const events = await room.process.events(id);
    expect(events.filter(({ commandId }) => commandId === forged.id)).toEqual([]);
    expect(events.some(({ commandId }) => commandId === envelope.id)).toBe(true);
  });

  it('refuses for a closed case, from the record alone, what neither stops nor takes back', async () => {
    const id = await room.open();
    await play(room.process, id, plainReturn(room.process));
    await room.process.handle(id).result();
    const afterwards = ['relayDecision', 'placeHold', 'liftHold', 'reopenCase'];
    for (const type of ['acceptFile', 'depart', 'acknowledgeCase']) {
      const refused = await room.as('qa-lead').post(commandsOf(id), { type });
      expect(refusalOf(refused)).toEqual([409, 'case-closed']);
      expect(refused.body).toMatchObject({ stage: 'closed', allowed: afterwards });
    }
    const view = await room.as('qa-lead').get(`/v1/cases/${id}`);
    expect(view.body).toMatchObject({
      stage: 'closed',
      closure: { outcome: 'reunited' },
      allowed: afterwards,
    });
  });

  it('starts a process that somebody terminated, and takes the command', async () => {
    const id = await room.openWithProcess();
    await room.process.handle(id).terminate('by hand');
    const answer = await room.as('qa-officer-1').post(commandsOf(id), { type: 'acceptFile' });
    expect(answer.status).toBe(200);
  });

  it('lets two officials at once do one thing once', async () => {
    const id = await room.open();
    const send = (who: string) => room.as(who).post(commandsOf(id), { type: 'acceptFile' });
    const answers = await Promise.all(['qa-officer-1', 'qa-officer-2', 'qa-lead'].map(send));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });
});
