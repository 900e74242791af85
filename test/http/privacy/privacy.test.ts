import { Writable } from 'node:stream';
import { Client } from 'pg';
import pino from 'pino';
import type { RunningApi } from '../../../src/api';
import { caseReaders } from '../../../src/http/views/case-view';
import { dossierReaders, dossierViewFor } from '../../../src/http/views/dossier-view';
import { eventReaders } from '../../../src/domain/readers/event-readers';
import { partyKinds } from '../../../src/domain/model/parties';
import { aDossier } from '../../record/support/record-room';
import { figuresOf, newKey, openApiRoom, opening, refusalOf } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

describe('what leaves the API beside its answers', () => {
  let room: ApiRoom;
  let api: RunningApi;
  let log = '';
  beforeAll(async () => {
    room = await openApiRoom('http-privacy', { worker: false });
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        log += chunk.toString();
        done();
      },
    });
    api = await room.another({ logger: pino({ level: 'trace' }, sink) });
  });
  afterAll(() => room.close());
  const lines = (): Record<string, unknown>[] =>
    log
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('logs one line per request, and in it nothing of what was sent', async () => {
    const canary = 'Vyhadana';
    const official = room.as('ua-official-1', api);
    const id = await room.open();
    await official.get('/v1/cases', { text: canary });
    await official.post('/v1/cases', opening({ [canary]: canary, recipient: canary }));
    await official.post(`/v1/cases/${id}/commands`, {
      type: 'reportVisit',
      visit: canary,
      outcome: canary,
      note: canary,
    });
    await official.get(`/v1/cases/${canary}`);
    await room
      .anyone(api)
      .get(`/${canary}?${canary}=${canary}`)
      .set('user-agent', canary)
      .set('cookie', canary);
    await room.anyone(api).get('/v1/inbox').set('authorization', `Bearer ${canary}`);
    const token = await room.token('ua-official-1', api);
    expect(log).not.toContain(canary);
    expect(log).not.toContain(token.split('.')[2]);
    const requests = lines().filter(({ msg }) => msg === 'answered' || msg === 'failed');
    expect(requests.map(({ route, status, official: who }) => [route, status, who])).toEqual(
      expect.arrayContaining([
        ['listCases', 200, 'ua-official-1'],
        ['openCase', 422, 'ua-official-1'],
        ['sendCommand', 422, 'ua-official-1'],
        ['getCase', 404, 'ua-official-1'],
        ['none', 404, undefined],
        ['getInbox', 401, undefined],
      ]),
    );
    for (const line of requests)
      expect(Object.keys(line).sort()).toEqual(
        [
          ...['hostname', 'level', 'msg', 'pid', 'requestId', 'responseTime', 'route', 'status', 'time'],
          ...('official' in line ? ['official'] : []),
          ...('case' in line ? ['case'] : []),
        ].sort(),
      );
  });

  it('says nothing but its id when it fails, and logs the fault without its message', async () => {
    const superuser = new Client({ connectionString: room.process.database.superuserUrl });
    await superuser.connect();
    await superuser.query('alter table obligations rename to obligations_away');
    const canary = 'Vyhadana';
    const failed = await room.as('qa-lead', api).get('/v1/inbox').set('x-request-id', `request-${newKey()}`);
    await superuser.query('alter table obligations_away rename to obligations');
    await superuser.end();
    expect(refusalOf(failed)).toEqual([500, 'internal']);
    expect(Object.keys(failed.body as object).sort()).toEqual([
      'code',
      'instance',
      'status',
      'title',
      'type',
    ]);
    expect(failed.text).not.toMatch(/obligations|relation|select|\/work|node_modules/);
    const requestId = failed.headers['x-request-id'];
    const fault = lines().find((line) => line.requestId === requestId && line.msg === 'request failed');
    expect(fault).toMatchObject({ fault: { name: expect.any(String) as string } });
    expect(log).not.toContain(canary);
  });

  it('counts requests and commands, and no case', async () => {
    const text = await figuresOf(api);
    expect(text).toMatch(/homeward_http_requests_total\{route="getCase",status="404"[^}]*\} 1/);
    expect(text).toContain('homeward_http_request_seconds_bucket');
    expect(text).toMatch(/homeward_cases_open\{stage="intake"[^}]*\} \d+/);
    expect(text).toContain('homeward_outbox_pending');
    expect(text).not.toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}|ua-official|qa-lead/);
  });
});

describe('the tables of who reads what', () => {
  it('let no observer read anything', () => {
    for (const table of [caseReaders, dossierReaders, eventReaders])
      for (const readers of Object.values(table)) expect(readers).not.toContain('observer');
    expect(dossierViewFor('observer', aDossier, 'recipient-1')).toEqual({});
  });

  it('keep these for mediator and requesting side alone', () => {
    const file = ['mediator', 'requesting'];
    const fields = [
      'child.view',
      'otherRecipients',
      'recipient.unavailable',
      'sourceNote',
      'assumed',
    ] as const;
    for (const field of fields) expect([field, dossierReaders[field]]).toEqual([field, file]);
    expect(caseReaders.duplicates).toEqual(file);
    expect(eventReaders.DuplicateFlagged).toEqual(file);
  });

  it('give the child’s birth date or year, never both, and tell no contact to the holding side', () => {
    for (const kind of partyKinds) {
      const has = (field: 'child.birthDate' | 'child.birthYear') =>
        (dossierReaders[field] as readonly string[]).includes(kind);
      expect([kind, has('child.birthDate') && has('child.birthYear')]).toEqual([kind, false]);
    }
    expect(dossierReaders['recipient.contact']).not.toContain('holding');
    expect(dossierReaders['child.healthNeeds']).not.toContain('holding');
    const { child } = dossierViewFor('host', aDossier, 'recipient-1');
    expect(child).toMatchObject({ birthYear: 2012 });
    expect(child).not.toHaveProperty('birthDate');
    const estimated = { estimated: { from: '2010-01-01', to: '2012-01-01' } };
    const other = { ...aDossier, child: { ...aDossier.child, birthDate: estimated } };
    expect(dossierViewFor('escort', other, 'recipient-1').child).toMatchObject({
      birthYear: { from: 2010, to: 2012 },
    });
  });

  it('give mediator and requesting side the dossier as it is kept, to be sent back changed', () => {
    for (const kind of ['mediator', 'requesting'] as const)
      expect(dossierViewFor(kind, aDossier, 'recipient-1')).toBe(aDossier);
  });

  it('let a mark of what is invented tell of no field that the reader does not see', () => {
    const marked = {
      ...aDossier,
      invented: [
        'child.names',
        'child.view',
        'recipients.recipient-1.contact',
        'recipients.recipient-2',
        'documents.doc-1.number',
      ],
    };
    expect(dossierViewFor('holding', marked, 'recipient-1').invented).toEqual(['child.names']);
    expect(dossierViewFor('receiving', marked, 'recipient-1').invented).toEqual([
      'child.names',
      'recipients.recipient-1.contact',
    ]);
  });
});
