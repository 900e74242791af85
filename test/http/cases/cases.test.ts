import type { z } from 'zod';
import {
  boardEntrySchema,
  caseViewSchema,
  commandAnswerSchema,
  inboxEntrySchema,
  pageOf,
} from '../../../src/contracts/http/answers';
import { timelineEntrySchema } from '../../../src/contracts/http/events';
import { mechanismViewSchema } from '../../../src/contracts/http/mechanism';
import type { Dossier } from '../../../src/contracts/dossier/dossier';
import {
  acceptance,
  approvalBy,
  play,
  preparation,
  proposal,
  verification,
} from '../../workflows/support/plain-return';
import { eventually } from '../../workflows/support/process-room';
import { aDossier } from '../../record/support/record-room';
import { newKey, openApiRoom, opening, refusalOf } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

const board = pageOf(boardEntrySchema.strict());
const timeline = pageOf(timelineEntrySchema);
type Board = { items: z.infer<typeof boardEntrySchema>[]; next?: string };

describe('cases', () => {
  let room: ApiRoom;
  beforeAll(async () => {
    room = await openApiRoom('http-cases');
  });
  afterAll(() => room.close());

  const withChild = (changes: Partial<Dossier['child']>): Dossier => ({
    ...aDossier,
    child: { ...aDossier.child, ...changes },
  });

  describe('opening one', () => {
    it('answers with its address, its receipt and a running process', async () => {
      const answer = await room.as('ua-official-1').post('/v1/cases', opening());
      const { case: id, receipt, outcome } = commandAnswerSchema.parse(answer.body);
      expect([answer.status, outcome, receipt.fromVersion]).toEqual([201, 'recorded', 0]);
      expect(answer.headers.location).toBe(`/v1/cases/${id}`);
      const { status } = await eventually(() =>
        room.process
          .handle(id)
          .describe()
          .catch(() => undefined),
      );
      expect(status.name).toBe('RUNNING');
    });

    it('opens one case for one request, however often it comes', async () => {
      const headers = { 'idempotency-key': newKey() };
      const send = () => room.as('ua-official-1').post('/v1/cases', opening(), headers);
      const answers = [...(await Promise.all([send(), send(), send()])), await send()];
      expect(new Set(answers.map(({ body }) => commandAnswerSchema.parse(body).case)).size).toBe(1);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
      const other = opening({ medicallyUrgent: true });
      const refused = await room.as('ua-official-1').post('/v1/cases', other, headers);
      expect(refusalOf(refused)).toEqual([422, 'command-id-reused']);
      const dossier = withChild({ sex: 'unknown' });
      const changed = await room.as('ua-official-1').post('/v1/cases', opening({ dossier }), headers);
      expect(refusalOf(changed)).toEqual([422, 'command-id-reused']);
    });

    it('lets the mediator open one at a side’s request, and no side for another', async () => {
      expect((await room.as('qa-officer-1').post('/v1/cases', opening())).status).toBe(201);
      const swapped = opening({ requestingParty: 'russia', holdingParty: 'ukraine' });
      expect((await room.as('ua-official-1').post('/v1/cases', swapped)).status).toBeGreaterThanOrEqual(400);
    });
  });

  describe('the dossier', () => {
    const path = (id: string) => `/v1/cases/${id}/dossier`;
    /** Says which version it read, as everyone must. */
    const revise = async (official: string, id: string, dossier: object, headers = {}) => {
      const { headers: read } = await room.as('qa-officer-1').get(`/v1/cases/${id}`);
      return room.as(official).put(path(id), dossier, { 'if-match': String(read.etag), ...headers });
    };
    const found = withChild({ whereabouts: { known: true, place: 'Another town' } });

    it('takes a new version, and looks at what it touches again', async () => {
      const id = await room.open();
      await play(room.process, id, [...acceptance, ...verification]);
      // The checks are the process's, and make a version of their own.
      await room.process.until(id, ({ checks }) => checks !== undefined);
      const answer = await revise('ua-official-1', id, found);
      expect(answer.status).toBe(200);
      const { body } = await room.as('qa-officer-1').get(`/v1/cases/${id}`);
      expect(body).toMatchObject({
        dossierVersion: 2,
        dossier: { child: { whereabouts: { place: 'Another town' } } },
        facets: { whereabouts: { reopened: 'dossier-changed' }, kinship: { status: 'settled' } },
      });
    });

    it('takes back what it gave, changed', async () => {
      const id = await room.open();
      const { body } = await room.as('ua-official-1').get(`/v1/cases/${id}`);
      const { dossier } = caseViewSchema.parse(body);
      const changed = { ...(dossier as Dossier), sourceNote: 'As told by the aunt' };
      expect((await revise('ua-official-1', id, changed)).status).toBe(200);
    });

    it('gives a repeated request its first answer, also after another revision', async () => {
      const id = await room.open();
      const headers = { 'idempotency-key': newKey(), 'if-match': '"1"' };
      const first = await room.as('ua-official-1').put(path(id), found, headers);
      const next = await revise('ua-official-1', id, withChild({ languages: ['uk', 'ru'] }));
      expect(next.status).toBe(200);
      const again = await room.as('ua-official-1').put(path(id), found, headers);
      const receipts = [first, again].map(({ body }) => commandAnswerSchema.parse(body).receipt);
      expect(receipts[1]).toEqual(receipts[0]);
      const other = await room.as('ua-official-1').put(path(id), withChild({ sex: 'unknown' }), headers);
      expect(refusalOf(other)).toEqual([422, 'command-id-reused']);
    });

    it('refuses one that is stale, says nothing new, loses a name or the recipient', async () => {
      const id = await room.open();
      const official = room.as('ua-official-1');
      await room.as('qa-officer-1').does(id, { type: 'acknowledgeCase' });
      const stale = await official.put(path(id), found, { 'if-match': '"1"' });
      expect(refusalOf(stale)).toEqual([409, 'stale-version']);
      const unchanged = await revise('ua-official-1', id, aDossier);
      expect(refusalOf(unchanged)).toEqual([409, 'already-done']);
      const nameless = withChild({ names: aDossier.child.names.slice(1) });
      const lost = await revise('ua-official-1', id, nameless);
      expect(refusalOf(lost)).toEqual([422, 'invalid-request']);
      expect(lost.body).toMatchObject({ errors: [{ pointer: '/child/names/0', code: 'name-lost' }] });
      const [recipient] = aDossier.recipients;
      const others = { ...aDossier, documents: [], recipients: [{ ...recipient!, id: 'recipient-2' }] };
      const without = await revise('ua-official-1', id, others);
      expect(refusalOf(without)).toEqual([422, 'unknown-recipient']);
    });

    it('asks for the version that was read, and keeps what one of two wrote from the same reading', async () => {
      const id = await room.open();
      const blind = await room.as('ua-official-1').put(path(id), found);
      expect(refusalOf(blind)).toEqual([428, 'version-required']);
      const { headers: read } = await room.as('qa-officer-1').get(`/v1/cases/${id}`);
      const asRead = { 'if-match': String(read.etag) };
      expect((await room.as('ua-official-1').put(path(id), found, asRead)).status).toBe(200);
      const other = withChild({ languages: ['uk', 'ru'] });
      const second = await room.as('qa-officer-1').put(path(id), other, asRead);
      expect(refusalOf(second)).toEqual([409, 'stale-version']);
      expect(second.body).toMatchObject({ version: 2 });
      const { body } = await room.as('qa-officer-1').get(`/v1/cases/${id}`);
      expect(body).toMatchObject({ dossier: { child: { whereabouts: { place: 'Another town' } } } });
    });

    it('is the requesting side’s and the mediator’s to revise', async () => {
      const id = await room.open();
      expect(refusalOf(await revise('ru-official-1', id, found))).toEqual([403, 'not-permitted']);
      expect((await revise('qa-officer-1', id, found)).status).toBe(200);
    });
  });

  describe('the board', () => {
    const ask = async (query: Record<string, string>, official = 'qa-officer-1'): Promise<Board> => {
      const answer = await room.as(official).get('/v1/cases', query).expect(200);
      return board.parse(answer.body) as Board;
    };
    const has = async (id: string, query: Record<string, string>, official?: string): Promise<boolean> =>
      (await ask({ limit: '200', ...query }, official)).items.some((entry) => entry.case === id);

    it('filters by stage, party waited for, urgency, hosting, hold and whether it is open', async () => {
      const id = await room.open({ medicallyUrgent: true });
      const yes = ['stage=intake', 'waitingOn=qatar', 'urgent=true', 'open=true', 'hosted=false'];
      const no = [
        'stage=closed',
        'waitingOn=russia',
        'urgent=false',
        'open=false',
        'stalled=true',
        'hosted=true',
        'onHold=true',
      ];
      const listed = (queries: string[]) =>
        Promise.all(queries.map((query) => has(id, Object.fromEntries(new URLSearchParams(query)))));
      expect(await listed(yes)).toEqual(yes.map(() => true));
      expect(await listed(no)).toEqual(no.map(() => false));
    });

    it('filters by whose care and by what is owed to the child, as far as the reader may know it', async () => {
      const id = await room.open();
      const one = async (official: string) =>
        (await ask({ text: id }, official)).items.find((entry) => entry.case === id);
      expect(await one('qa-officer-1')).toMatchObject({ careWith: expect.stringMatching(/^unknown|carer$/) });
      const { careWith } = (await one('qa-officer-1')) as { careWith: string };
      expect(await has(id, { careWith })).toBe(true);
      const others: Record<string, string>[] = [
        { careWith: 'escort' },
        { interimCare: 'true' },
        { unheard: 'true' },
        { concern: 'true' },
      ];
      for (const query of others) expect([query, await has(id, query)]).toEqual([query, false]);
      // Who may not read when a child was located is not told by what is found either.
      for (const each of ['ru-official-1', 'qa-officer-1'])
        expect(await has(id, { interimCare: 'false', unheard: 'false', concern: 'false' }, each)).toBe(true);
      const refused = await room.as('qa-officer-1').get('/v1/cases', { careWith: 'nobody' });
      expect(refusalOf(refused)).toEqual([422, 'invalid-request']);
    });

    it('finds a child by a part of a name for those who may, and by its reference for all', async () => {
      const names = [{ script: 'latin', given: 'Zlatoslava', family: 'Vyhadana', recordedOn: '2024-01-22' }];
      const id = await room.open({ dossier: withChild({ names: names as Dossier['child']['names'] }) });
      expect(await has(id, { text: 'zlatos' })).toBe(true);
      expect(await has(id, { text: 'zlatos' }, 'ua-official-1')).toBe(true);
      expect(await has(id, { text: 'zlatos' }, 'ru-official-1')).toBe(false);
      expect(await has(id, { text: id.slice(0, 6) }, 'ru-official-1')).toBe(true);
      expect(await has(id, {}, 'em-host')).toBe(false);
    });

    it('gives page after page, each case once, whatever comes in between', async () => {
      for (let opened = 0; opened < 4; opened += 1) await room.open();
      for (const order of ['due', 'opened']) {
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await ask({ order, limit: '2', ...(cursor && { cursor }) });
          expect(page.items.length).toBeLessThanOrEqual(2);
          seen.push(...page.items.map((entry) => entry.case));
          cursor = page.next;
        } while (cursor);
        expect(new Set(seen).size).toBe(seen.length);
        const everything = await ask({ limit: '200' });
        expect([...seen].sort()).toEqual(everything.items.map((entry) => entry.case).sort());
      }
      const { next } = await ask({ order: 'opened', limit: '2' });
      const strange = await room.as('qa-officer-1').get('/v1/cases', { order: 'due', cursor: next! });
      expect(refusalOf(strange)).toEqual([422, 'invalid-request']);
    });
  });

  it('puts into an inbox what that office owes, and takes it out when it is done', async () => {
    const id = await room.open();
    const owed = async (official: string): Promise<string[]> => {
      const { body } = await room.as(official).get('/v1/inbox', { limit: '200' }).expect(200);
      const page = pageOf(inboxEntrySchema.strict()).parse(body) as {
        items: z.infer<typeof inboxEntrySchema>[];
      };
      return page.items
        .filter((entry) => entry.case === id)
        .map(({ kind, subject = '' }) => `${kind} ${subject}`);
    };
    expect(await owed('qa-officer-1')).toEqual(['acknowledge-case ', 'accept-file ']);
    expect(await owed('ru-official-1')).toEqual([]);
    await room.as('qa-officer-1').does(id, { type: 'acceptFile' });
    expect(await owed('qa-officer-1')).toEqual([]);
    expect(await owed('ru-official-1')).toEqual(['attest-facet whereabouts']);
    expect(await owed('ru-decider')).toEqual([]);
  });

  it('tells the mechanism, and who the reader is in it', async () => {
    const { body } = await room.as('ru-decider').get('/v1/mechanism');
    const { you, officials } = mechanismViewSchema.parse(body);
    expect(you).toEqual({
      official: 'ru-decider',
      party: 'russia',
      kind: 'holding',
      roles: ['decider'],
      lent: [],
    });
    expect(new Set(officials.map(({ party }) => party))).toEqual(new Set(['russia']));
    expect(JSON.stringify(body)).not.toContain('@');
  });

  it('shows each party its own projection, and hides the case from those whom no plan names yet', async () => {
    const canaries = {
      health: 'needs insulin-canary',
      view: 'wants-home-canary',
      place: 'whereabouts-canary',
      contact: '+380 44 555 01 01',
      childPaper: 'CHILDPAPER7',
      recipientPaper: 'RECIPIENTPAPER7',
      other: 'Otherrecipient',
      note: 'Sourcenote-canary',
      given: 'Kyrylo',
      recipient: 'Maryna',
      birth: '2012-07-16',
    };
    const [recipient] = aDossier.recipients;
    const dossier: Dossier = {
      ...withChild({
        healthNeeds: [{ need: canaries.health }],
        view: { text: canaries.view, recordedOn: '2024-01-22' },
        whereabouts: { known: true, place: canaries.place },
      }),
      documents: [
        {
          id: 'doc-1',
          kind: 'birth-certificate',
          holder: 'child',
          issuedBy: 'Office',
          number: canaries.childPaper,
        },
        {
          id: 'doc-4',
          kind: 'passport',
          holder: 'recipient-1',
          issuedBy: 'Office',
          number: canaries.recipientPaper,
        },
        {
          id: 'doc-2',
          kind: 'travel-document',
          holder: 'child',
          issuedBy: 'Office',
          expiresOn: '2040-01-01',
        },
      ],
      recipients: [
        { ...recipient!, contact: { telephone: canaries.contact } },
        {
          ...recipient!,
          id: 'recipient-2',
          names: [{ script: 'latin', given: canaries.other, family: 'X', recordedOn: '2024-01-22' }],
        },
      ],
      sourceNote: canaries.note,
    };
    const id = await room.open({ dossier });
    const seenBy = async (official: string): Promise<string[]> => {
      const answers = await Promise.all(
        [
          ...[`/v1/cases/${id}`, `/v1/cases/${id}/timeline`, `/v1/cases/${id}/timeline?order=newest`],
          ...['/v1/cases', '/v1/inbox', '/v1/inbox?scope=party', '/v1/waiting', '/v1/journeys'],
        ].map((path) => room.as(official).get(path)),
      );
      for (const command of [{ type: 'placeHold', hold: 'h', reason: 'legal' }, { type: 'checkIn' }])
        answers.push(await room.as(official).post(`/v1/cases/${id}/preview`, command));
      const text = answers.map((answer) => answer.text).join('\n');
      return Object.entries(canaries)
        .flatMap(([name, value]) => (text.includes(value) ? [name] : []))
        .sort();
    };
    const everything = Object.keys(canaries).sort();
    expect(await seenBy('em-host')).toEqual([]);

    await play(room.process, id, [
      ...acceptance,
      ...verification,
      proposal,
      approvalBy('ua-decider'),
      approvalBy('ru-decider'),
      ...preparation,
    ]);
    expect(await seenBy('qa-officer-1')).toEqual(everything);
    expect(await seenBy('ua-official-2')).toEqual(everything);
    expect(await seenBy('ru-official-1')).toEqual(['birth', 'childPaper', 'given', 'place', 'recipient']);
    expect(await seenBy('em-clinician')).toEqual(['given', 'health', 'recipient']);
    expect(await seenBy('es-escort-1')).toEqual(['given', 'health', 'recipient']);
    expect(await seenBy('re-receiver')).toEqual([
      'birth',
      'contact',
      'given',
      'health',
      'recipient',
      'recipientPaper',
    ]);
    expect(await seenBy('ob-observer')).toEqual([]);

    for (const official of [
      'qa-lead',
      'ua-decider',
      'ru-decider',
      'em-host',
      'es-dispatcher',
      're-official',
    ]) {
      const { body } = await room.as(official).get(`/v1/cases/${id}`);
      const { obligations } = caseViewSchema.parse(body);
      const kind = mechanismViewSchema.parse((await room.as(official).get('/v1/mechanism')).body).you;
      // Only mediator and sides see what the others owe.
      if (['host', 'escort', 'receiving'].includes(kind.kind))
        expect(obligations.every(({ party }) => party === kind.party)).toBe(true);
      const names = JSON.stringify(body).match(/"(?:qa|ua|ru|em|es|re)-[a-z0-9-]+"/g) ?? [];
      const own = {
        qatar: /./,
        ukraine: /"ua-/,
        russia: /"ru-/,
        embassy: /"em-/,
        escort: /"es-/,
        reception: /"re-/,
      }[kind.party]!;
      // Officials of other parties are shown as their party alone; the escort is a person the journey names.
      expect(names.filter((name) => !own.test(name) && name !== '"es-escort-1"')).toEqual([]);
    }
    const page = timeline.parse((await room.as('em-host').get(`/v1/cases/${id}/timeline`)).body) as {
      items: { type: string }[];
    };
    const types = new Set(page.items.map(({ type }) => type));
    expect([types.has('PlanProposed'), types.has('PlanApproved'), types.has('FacetAttested')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
