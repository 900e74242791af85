import { addDuration } from '../../src/domain/calendar/time';
import type { AbsenceResult, DeclareAbsence } from '../../src/record/people/absences';
import { openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

let room: RecordRoom;
beforeEach(async () => {
  room = await openRecordRoom();
});
afterEach(() => room.close());

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
let requests = 0;
const asked = (official: string, deputy: string, changes: Partial<DeclareAbsence> = {}): DeclareAbsence => {
  requests += 1;
  const by = changes.by ?? official;
  return {
    mechanism: 'doha',
    by,
    request: `${by}:${requests}`,
    official,
    deputy,
    until: inDays(7),
    ...changes,
  };
};
const declare = (official: string, deputy: string, changes: Partial<DeclareAbsence> = {}) =>
  room.record.absences.declare(asked(official, deputy, changes));
async function declared(official: string, deputy: string, changes: Partial<DeclareAbsence> = {}) {
  const result = await declare(official, deputy, changes);
  if ('fault' in result) throw new Error(JSON.stringify(result.fault));
  return result.absence;
}
const codeOf = (result: AbsenceResult): string => ('fault' in result ? result.fault.code : result.outcome);

describe('declaring an absence', () => {
  it('begins at once unless it says when, and no earlier than it was said', async () => {
    const now = await declared('qa-officer-1', 'qa-officer-2', { from: inDays(-3) });
    expect(now).toMatchObject({ official: 'qa-officer-1', deputy: 'qa-officer-2', party: 'qatar' });
    expect(now.from).toBe(now.declaredAt);
    const next = await declared('es-escort-1', 'es-escort-2', { from: inDays(2) });
    expect(next.from > next.declaredAt).toBe(true);
    await expect(room.record.absences.current('doha')).resolves.toEqual([now, next]);
  });

  it('gives a repeated request its first answer, and no other one', async () => {
    const request = asked('qa-officer-1', 'qa-officer-2');
    const first = await room.record.absences.declare(request);
    const again = await room.another().record.absences.declare(request);
    expect(again).toEqual({ ...first, outcome: 'repeated' });
    expect(codeOf(await room.record.absences.declare({ ...request, until: inDays(8) }))).toBe(
      'command-id-reused',
    );
  });

  it.each<[string, string, string, Partial<DeclareAbsence>, object]>([
    ['by nobody known', 'qa-lead', 'qa-officer-1', { by: 'nobody' }, { code: 'not-permitted' }],
    [
      'of nobody known',
      'nobody',
      'qa-officer-1',
      { by: 'qa-lead' },
      { code: 'unknown-official', field: 'official' },
    ],
    ['of another party', 'ru-official-1', 'ru-official-2', { by: 'qa-lead' }, { code: 'unknown-official' }],
    [
      'with a deputy of another party',
      'ru-official-1',
      'ua-official-1',
      {},
      { code: 'unknown-official', field: 'deputy' },
    ],
    ['with oneself as deputy', 'qa-lead', 'qa-lead', {}, { code: 'own-deputy', field: 'deputy' }],
    [
      'of a decider, whose office is not lent',
      'ua-decider',
      'ua-official-1',
      {},
      { code: 'deputy-lacks-role', roles: ['decider'] },
    ],
    [
      'of an interviewer whose deputy is none',
      'ua-official-1',
      'ua-official-2',
      {},
      { code: 'deputy-lacks-role', roles: ['interviewer'] },
    ],
    [
      'that is over already',
      'qa-officer-1',
      'qa-officer-2',
      { until: inDays(-1) },
      { code: 'date-past', field: 'until' },
    ],
    [
      'that ends before it begins',
      'qa-officer-1',
      'qa-officer-2',
      { from: inDays(9) },
      { code: 'window-inverted' },
    ],
    [
      'far ahead',
      'qa-officer-1',
      'qa-officer-2',
      { from: inDays(400), until: inDays(410) },
      { code: 'date-future', field: 'from' },
    ],
    [
      'longer than half a year',
      'qa-officer-1',
      'qa-officer-2',
      { until: inDays(200) },
      { code: 'absence-too-long', field: 'until' },
    ],
  ])('refuses one %s', async (_what, official, deputy, changes, fault) => {
    await expect(declare(official, deputy, changes)).resolves.toMatchObject({ fault });
    await expect(room.record.absences.listFor('doha', 'qatar')).resolves.toEqual([]);
  });

  it('takes it for a colleague from one with every role of theirs, or a lead, and from nobody else', async () => {
    const attempts: [string, string, string, string][] = [
      ['qa-officer-2', 'qa-officer-1', 'qa-duty', 'recorded'],
      ['qa-lead', 'qa-officer-2', 'qa-duty', 'recorded'],
      // A lead would give themselves an office they do not have.
      ['qa-lead', 'qa-interviewer', 'qa-lead', 'not-permitted'],
      ['qa-officer-1', 'qa-lead', 'qa-officer-1', 'not-permitted'],
      ['qa-reviewer', 'qa-lead', 'qa-duty', 'not-permitted'],
      ['em-duty', 'em-host', 'em-duty', 'not-permitted'],
    ];
    for (const [by, official, deputy, outcome] of attempts) {
      const result = await declare(official, deputy, { by });
      expect([by, official, codeOf(result)]).toEqual([by, official, outcome]);
      if ('absence' in result)
        await room.record.absences.end({
          mechanism: 'doha',
          by,
          request: `end ${by}`,
          id: result.absence.id,
        });
    }
  });

  it('allows no chain: deputies are there, and stand in for their own colleagues only', async () => {
    await declared('qa-officer-1', 'qa-officer-2', { from: inDays(10), until: inDays(20) });
    const during = { from: inDays(15), until: inDays(25) };
    expect(codeOf(await declare('qa-officer-1', 'qa-duty', during))).toBe('absence-overlaps');
    expect(codeOf(await declare('qa-lead', 'qa-officer-1', during))).toBe('deputy-absent');
    expect(codeOf(await declare('qa-officer-2', 'qa-officer-1', during))).toBe('deputy-absent');
    expect(codeOf(await declare('qa-officer-2', 'qa-duty', during))).toBe('deputised-meanwhile');
    expect(
      codeOf(await declare('qa-officer-2', 'qa-officer-1', { from: inDays(20), until: inDays(22) })),
    ).toBe('recorded');
  });

  it('makes no cycle and no chain though both are asked for at once, by two processes', async () => {
    const other = room.another().record;
    const names = ['qa-officer-1', 'qa-officer-2', 'qa-duty', 'qa-lead'];
    for (let round = 0; round < 12; round += 1) {
      const span = { from: inDays(round * 10 + 1), until: inDays(round * 10 + 3) };
      const ring = names.map((name, at) => asked(name, names[(at + 1) % 4]!, span));
      const results = await Promise.all(
        ring.map((each, at) => (at % 2 === 0 ? room.record : other).absences.declare(each)),
      );
      const taken = results.flatMap((result) => ('absence' in result ? [result.absence] : []));
      expect(taken.length).toBeGreaterThan(0);
      const away = new Set(taken.map(({ official }) => official));
      expect(taken.filter(({ deputy }) => away.has(deputy))).toEqual([]);
    }
  });
});

describe('ending an absence', () => {
  const end = (by: string, id: string, request = `${by}:end-${id}`) =>
    room.record.absences.end({ mechanism: 'doha', by, request, id });

  it('is for who may declare it; it is over then, once', async () => {
    const { id } = await declared('qa-officer-1', 'qa-officer-2');
    expect(codeOf(await end('qa-duty', id))).toBe('not-permitted');
    expect(codeOf(await end('ru-official-1', id))).toBe('not-found');
    expect(codeOf(await end('qa-lead', 'no-such-absence'))).toBe('not-found');
    const first = await end('qa-officer-1', id, 'k');
    expect(first).toMatchObject({ outcome: 'recorded', absence: { id, endedBy: 'qa-officer-1' } });
    await expect(end('qa-officer-1', id, 'k')).resolves.toEqual({ ...first, outcome: 'repeated' });
    expect(codeOf(await end('qa-lead', id))).toBe('absence-over');
    await expect(room.record.absences.current('doha')).resolves.toEqual([]);
    await expect(room.record.absences.listFor('doha', 'qatar')).resolves.toMatchObject([
      { id, until: expect.any(String) },
    ]);
    const next = await declared('qa-officer-1', 'qa-officer-2');
    expect(codeOf(await end('qa-officer-1', next.id, 'k'))).toBe('command-id-reused');
  });

  it('happens once, though ten ask at once', async () => {
    const { id } = await declared('qa-officer-1', 'qa-officer-2');
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, at) => end('qa-officer-1', id, `k${at}`)),
    );
    expect(results.map(codeOf).filter((code) => code === 'recorded')).toHaveLength(1);
  });
});

describe('the cases in which an absence is to be noted', () => {
  const list = () => room.record.absences.listToNote(100);

  it('are those in which an office of the absent owes something, each once', async () => {
    const { case: id } = await room.open();
    const { case: closed } = await room.open();
    await room.act('ua-official-1', closed, { type: 'withdrawRequest' });
    await room.act('qa-lead', closed, { type: 'closeCase', outcome: 'withdrawn' });
    await expect(list()).resolves.toEqual([]);
    await declared('qa-officer-2', 'qa-duty', { from: inDays(3), until: inDays(4) });
    await expect(list()).resolves.toEqual([]);

    const absence = await declared('qa-officer-1', 'qa-officer-2', { until: inDays(1) });
    const { official, deputy, party, until } = absence;
    const note = { absence: absence.id, official, deputy, party, until };
    await expect(list()).resolves.toEqual([{ case: id, ...note }]);
    await room.send(
      { system: 'upkeep' },
      id,
      { type: 'noteAbsence', ...note },
      { id: `absence:${note.absence}:${id}` },
    );
    await expect(list()).resolves.toEqual([]);
    const { events } = await room.record.catchUp(id, 0);
    expect(events.map(({ event }) => event.type)).toContain('AbsenceNoted');
  });

  it('are none once it was ended', async () => {
    await room.open();
    const { id } = await declared('qa-officer-1', 'qa-officer-2');
    await expect(list()).resolves.toHaveLength(1);
    await room.record.absences.end({ mechanism: 'doha', by: 'qa-officer-1', request: 'r', id });
    await expect(list()).resolves.toEqual([]);
  });

  it('stand one per absence when two are away', async () => {
    const { case: id } = await room.open();
    await declared('qa-officer-1', 'qa-duty');
    await declared('qa-officer-2', 'qa-duty');
    const found = await list();
    expect(found.map((each) => [each.case, each.official]).sort()).toEqual([
      [id, 'qa-officer-1'],
      [id, 'qa-officer-2'],
    ]);
    await expect(room.record.absences.listToNote(1)).resolves.toHaveLength(1);
    expect(found.every(({ until }) => until < addDuration(new Date().toISOString(), 'P8D'))).toBe(true);
  });
});
