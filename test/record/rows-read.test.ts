import type { CaseReader } from '../../src/record/store/reader';
import { layRows } from './support/lay-rows';
import { caseAt, openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';
import { countRowsRead } from './support/rows-read';

let room: RecordRoom;
let like: string;
beforeAll(async () => {
  room = await openRecordRoom({ capacity: 5 });
  like = (await room.open()).case;
  await caseAt(room, 'hosted');
  // What is open whatever lies behind: dead letters and notices, alarms, children who come of age.
  await room.pool.query(`update outbox set status = 'dead', last_error_code = 'nobody-to-write-to'
                          where id in (select id from outbox order by id limit 3)`);
  await layRows(room, like, 'UA', { open: 300, closed: 300 });
}, 120_000);
afterAll(() => room.close());

const reader = (official: string): CaseReader => {
  const { party, roles } = room.actor(official);
  const { kind } = room.mechanism.parties.find(({ id }) => id === party)!;
  return { mechanism: room.mechanism.id, party, kind, roles };
};
const page = { limit: 50 };
const inbox = async (official: string, filter = {}): Promise<void> => {
  const { next } = await room.record.inbox(reader(official), page, filter);
  if (next !== undefined) await room.record.inbox(reader(official), { ...page, cursor: next }, filter);
};
const board = (filter: Parameters<RecordRoom['record']['board']>[1]) =>
  room.record.board(reader('qa-lead'), filter, page);

/** Whatever is asked every minute or more often, and the lists that officials open. */
const questions: Readonly<Record<string, () => Promise<unknown>>> = {
  'system status': () => room.record.systemStatus(),
  'what came alive again': () => room.record.deadLetters.reviveMended(),
  'addresses that fail': () => room.record.addressFaults.listToRaise(),
  'addresses mended': () => room.record.addressFaults.listMended(),
  'who comes of age': () => room.record.listComingOfAge(),
  'how many cases are open': () => room.record.countOpenCases(),
  'whose process may be stuck': () => room.record.operations.listSuspects(60),
  'alarms that no process raised': () => room.record.listUnalarmed(60_000, 200),
  'news to be told again': () => room.record.news.takeUnread(),
  'commands unanswered': () => room.record.listUnanswered(500),
  'letters due': () => room.record.letters.look(),
  'absences to note': () => room.record.absences.listToNote(),
  'who left': () => room.record.substitutions.listToNote(),
  'the upkeep’s own count': () => room.record.addUpTallies(),
  'a case officer’s inbox': () => inbox('qa-officer-1'),
  'a reviewer’s inbox': () => inbox('qa-reviewer'),
  'a decider’s inbox': () => inbox('ru-decider'),
  'an inbox of the whole party': () => inbox('qa-officer-1', { scope: 'party' }),
  'what is overdue in an inbox': () => inbox('qa-officer-1', { overdue: true }),
  'what is of safety in an inbox': () => inbox('qa-officer-1', { safety: true }),
  'counts for those who listen': () =>
    room.record.changes.counts([{ ...reader('qa-officer-1'), lent: [], scope: 'all' }]),
  'the board: what lapses': () => board({ lapsingWithinDays: 60 }),
  'the board: what lapses, when nothing does': () => board({ lapsingWithinDays: 14 }),
  'the board: what waits for a kind that nobody owes': () => board({ waitingKind: 'confirm-handover' }),
  'the board: what waits for a side': () => board({ waitingOn: 'russia' }),
  'the board: what waits for an office': () =>
    board({ waitingOnRoles: { party: 'ukraine', roles: ['decider'] } }),
  'the board: what waits for a kind': () => board({ waitingKind: 'decide-on-plan' }),
};
const rowsRead = async (): Promise<Record<string, number>> => {
  const rows: Record<string, number> = {};
  for (const [name, ask] of Object.entries(questions)) rows[name] = await countRowsRead(room, ask);
  return rows;
};

describe('the rows read', () => {
  it('are as many when ten times as much is open and ten times as much lies behind', async () => {
    const before = await rowsRead();
    await layRows(room, like, 'UB', { open: 3_000, closed: 3_000 });
    const after = await rowsRead();
    const grown = Object.entries(after).filter(([name, rows]) => rows > 1.3 * before[name]! + 30);
    expect(grown).toEqual([]);
  }, 240_000);

  it('are more when more has changed: status reads what began today, what was counted since, and each alarm', async () => {
    const status = () => countRowsRead(room, () => room.record.systemStatus());
    const before = await status();
    await room.pool.query(
      `insert into obligations (case_id, key, mechanism_id, kind, party, roles, since, due, safety, commands)
       select $1, 'alarm-' || n, 'doha', 'check-in', 'escort', '{escort}', now() - interval '1 second',
              now() - n * interval '1 microsecond', true, '{}' from generate_series(1, 100) as n`,
      [like],
    );
    const after = await status();
    expect(after).toBeGreaterThan(before + 150);
    expect(after).toBeLessThan(before + 450);
  });
});

describe('a party that owes thousands of things', () => {
  const owed = async (): Promise<number> =>
    (
      await room.pool.query<{ n: number }>(`select count(*) as n from owed where party = 'qatar'
       and (roles = '{}' or roles && '{case-officer}') and since <= now()`)
    ).rows[0]!.n;

  it('is told of 99 and that there are more; of fewer exactly', async () => {
    expect(await owed()).toBeGreaterThan(3_000);
    const { counts } = await room.record.inbox(reader('qa-officer-1'), page);
    expect(counts).toMatchObject({ total: 99, overdue: 99, paused: 0, delegated: 0, safety: 0 });
    expect(counts?.more).toEqual(['total', 'overdue', 'dueThisWeek']);
    await room.pool.query(
      `update obligations set safety = true, paused_kind = 'snoozed', paused_until = now() + interval '1 day'
        where party = 'qatar' and roles = '{case-officer}' and case_id like 'UBO00000%'`,
    );
    const [streamed] = await room.record.changes.counts([
      { ...reader('qa-officer-1'), lent: [], scope: 'all' },
    ]);
    expect(streamed).toMatchObject({
      safety: 9,
      paused: 9,
      total: 99,
      more: ['total', 'overdue', 'dueThisWeek'],
    });
    const lent = { ...reader('qa-reviewer'), roles: ['reviewer', 'lead'], lent: ['lead'] } as const;
    const deputy = await room.record.inbox(lent, page, { scope: 'delegated', safety: false });
    expect(deputy.counts).toMatchObject({ total: 99, delegated: 99, safety: 0 });
    expect(deputy.items.every(({ kind }) => kind === 'give-go')).toBe(true);
  });

  it('reads them page by page, the dangerous first, none left out and none twice', async () => {
    const seen: string[] = [];
    const places: string[] = [];
    for (let cursor: string | undefined; ;) {
      const { items, next } = await room.record.inbox(reader('qa-officer-1'), {
        limit: 200,
        ...(cursor !== undefined && { cursor }),
      });
      seen.push(...items.map((entry) => `${entry.case} ${entry.key}`));
      places.push(...items.map((entry) => `${entry.safety ? 0 : 1} ${entry.due}`));
      if (next === undefined) break;
      cursor = next;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(await owed());
    expect(places).toEqual([...places].sort());
  });
});

describe('a board of what a filter finds', () => {
  it('is read by when that is due, each case once, however much is owed in it', async () => {
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const { items, next } = await room.record.board(
        reader('qa-lead'),
        { waitingOn: 'qatar', stage: 'verification' },
        { limit: 200, ...(cursor !== undefined && { cursor }) },
      );
      seen.push(...items.map((entry) => entry.case));
      if (next === undefined) break;
      cursor = next;
    }
    const { rows } = await room.pool.query<{ id: string }>(
      `select o.case_id as id from owed o join cases c on c.id = o.case_id
        where o.party = 'qatar' and o.since <= now() and c.stage = 'verification'
        group by o.case_id order by min(o.due), o.case_id`,
    );
    expect(seen).toEqual(rows.map(({ id }) => id));
    expect(seen.length).toBeGreaterThan(3_000);
  });

  it('is read by when it lapses', async () => {
    const { items } = await room.record.board(reader('qa-lead'), { lapsingWithinDays: 60 }, page);
    const lapses = items.map(({ lapsesAt }) => lapsesAt!);
    expect(lapses).toHaveLength(50);
    expect(lapses).toEqual([...lapses].sort());
  });
});
