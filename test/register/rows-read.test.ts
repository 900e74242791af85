import type { CaseReader } from '../../src/register/reader';
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
  const { next } = await room.register.inbox(reader(official), page, filter);
  if (next !== undefined) await room.register.inbox(reader(official), { ...page, cursor: next }, filter);
};
const board = (filter: Parameters<RecordRoom['register']['board']>[1]) =>
  room.register.board(reader('qa-lead'), filter, page);

/** Whatever is asked every minute or more often, and the lists that officials open. */
const questions: Readonly<Record<string, () => Promise<unknown>>> = {
  'system status': () => room.register.standing(),
  'what came alive again': () => room.register.deadLetters.reviveMended(),
  'addresses that fail': () => room.register.addressFaults.listToRaise(),
  'addresses mended': () => room.register.addressFaults.listMended(),
  'who comes of age': () => room.register.listComingOfAge(),
  'what changed since': () => room.register.listChangedCases(new Date(Date.now() - 60_000).toISOString()),
  'processes to be told': () => room.register.listNudges(),
  'commands unanswered': () => room.register.listUndelivered(60_000, 500),
  'letters due': () => room.register.letters.look(),
  'absences to note': () => room.register.absences.listToNote(),
  'who left': () => room.register.substitutions.listToNote(),
  'the upkeep’s own count': () => room.register.addUpTallies(),
  'a case officer’s inbox': () => inbox('qa-officer-1'),
  'a reviewer’s inbox': () => inbox('qa-reviewer'),
  'a decider’s inbox': () => inbox('ru-decider'),
  'an inbox of the whole party': () => inbox('qa-officer-1', { scope: 'party' }),
  'what is overdue in an inbox': () => inbox('qa-officer-1', { overdue: true }),
  'what is of safety in an inbox': () => inbox('qa-officer-1', { safety: true }),
  'counts for those who listen': () =>
    room.register.changes.counts([{ ...reader('qa-officer-1'), lent: [], scope: 'all' }]),
  'the board: what lapses': () => board({ lapsingWithinDays: 60 }),
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
    if (process.env.SHOW_ROWS) console.table(Object.fromEntries(Object.keys(before).map((name) => [name, { before: before[name], after: after[name] }])));
    const grown = Object.entries(after).filter(([name, rows]) => rows > 1.3 * before[name]! + 30);
    expect(grown).toEqual([]);
  }, 240_000);
});
