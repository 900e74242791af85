/** A group on the command line, as docs/groups.md shows it word for word; `WRITE_TRANSCRIPT=1` writes it anew. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApiRoom } from '../http/support/api-room';
import type { ApiRoom } from '../http/support/api-room';
import { inHours } from '../record/support/group-room';
import { caseAt, openRecordRoom } from '../record/support/record-room';
import type { RecordRoom } from '../record/support/record-room';
import { daysFromToday, today } from '../support/days';
import { startHomeward } from './support/run-homeward';

jest.setTimeout(300_000);
const page = join(__dirname, '../../docs/groups.md');
const [begin, end] = ['<!-- transcript: written by test/cli/groups.test.ts -->', '<!-- /transcript -->'];

let recordRoom: RecordRoom;
let room: ApiRoom;
let home: string;
beforeAll(async () => {
  recordRoom = await openRecordRoom({ capacity: 30 });
  room = await openApiRoom('cli-groups', {
    worker: false,
    database: recordRoom.database,
    change: () => recordRoom.mechanism,
  });
  home = mkdtempSync(join(tmpdir(), 'homeward-cli-'));
});
afterAll(async () => {
  rmSync(home, { recursive: true });
  await room.close();
  await recordRoom.close();
});

it('goes as docs/groups.md says', async () => {
  const first = await caseAt(recordRoom, 'ready');
  const second = await caseAt(recordRoom, 'ready', { siblings: [first] });
  const third = await caseAt(recordRoom, 'ready');
  const names = new Map<string, string>([
    [first, '7Q2M-4ZK9'],
    [second, '07JD-6QZ4'],
    [third, 'B6YN-0KDR'],
  ]);
  const lines: string[] = [];
  const shown = (text: string): string =>
    [...names].reduce((told, [id, name]) => told.replaceAll(id, name), text);
  const signedIn = new Set<string>();
  const run = (words: readonly string[]) =>
    startHomeward(words, { XDG_CONFIG_HOME: home, HOMEWARD_PUBLIC_URL: room.api.url }).ended;
  async function as(official: string, words: readonly string[]): Promise<string> {
    if (!signedIn.has(official)) await run(['sign-in', await room.api.issueSignInLink(official)]);
    signedIn.add(official);
    const { out, complaint } = await run(['--as', official, ...words]);
    const said = `${out}${complaint}`;
    const drafted = /G-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(said)?.[0];
    if (drafted !== undefined && !names.has(drafted)) names.set(drafted, 'G-3HWC-8RTN');
    const typed = words.map((word) => (/^[{[]/.test(word) ? `'${word}'` : word)).join(' ');
    lines.push(`$ homeward --as ${official} ${typed}`, ...said.trimEnd().split('\n'), '');
    return said;
  }
  const departAt = inHours(1);
  const site = 'moscow-residence';
  await as('em-host', ['site', 'days', site, '--from', today(), '--to', daysFromToday(3)]);
  await as('em-host', ['site', 'today', site]);
  await as('qa-officer-1', ['group', 'candidates']);
  const draft = ['--at', departAt, '--place', 'kyiv', '--route', 'road'];
  await as('qa-officer-1', ['group', 'draft', first, third, ...draft]);
  await as('qa-officer-1', ['group', 'draft', first, second, third, ...draft]);
  const group = [...names].find(([, name]) => name.startsWith('G-'))?.[0] ?? '';
  const send = (official: string, type: string, ...more: string[]) =>
    as(official, ['group', 'send', group, type, ...more]);
  await send('qa-officer-1', 'proposeList');
  await send('qa-officer-1', 'freezeList', '--list', '1');
  const all = '{"terms":["names","date","place","order","route"]}';
  await send('ru-decider', 'disputeTerms', '{"terms":["place"],"note":"Not there."}', '--list', '1');
  await as('qa-lead', ['group', 'show', group]);
  await send(
    'qa-officer-1',
    'changeList',
    JSON.stringify({ members: [first, second, third], departAt, place: 'moscow', route: 'road' }),
  );
  await send('ru-decider', 'confirmTerms', all, '--list', '1');
  for (const official of ['ru-decider', 'ua-decider', 'em-host', 'es-dispatcher'])
    await send(official, 'confirmTerms', all, '--list', '2');
  await send('qa-lead', 'departGroup', '--list', '2');
  await as('qa-officer-1', [
    ...['group', 'relay', group, 'sayGo', '--list', '2', '--party', 'russia', '--channel', 'note-verbale'],
    ...['--reference', '12/34', '--dated', today(), '--document-hash', 'c'.repeat(64)],
    ...['--relay', 'relay-1'],
  ]);
  await send('qa-officer-1', 'confirmRelay', '{"relay":"relay-1"}');
  await send('qa-lead', 'confirmRelay', '{"relay":"relay-1"}');
  await send('ua-decider', 'sayGo', '--list', '2');
  await as('qa-lead', ['group', 'show', group]);
  await send('qa-lead', 'sayGo', '--list', '2');
  await recordRoom.act('em-clinician', second, { type: 'clearMedically', fit: false });
  await send('qa-lead', 'departGroup', '--list', '2');
  await as('qa-lead', ['road', 'watch', '--once']);

  const told = inOrder(shown(lines.join('\n')).split('\n'))
    .map(withoutThisRun)
    .join('\n')
    .trimEnd();
  const text = readFileSync(page, 'utf8');
  const [head, rest = ''] = text.split(begin);
  const written = `${head}${begin}\n\n\`\`\`\n${told}\n\`\`\`\n\n${end}${rest.split(end)[1] ?? ''}`;
  if (process.env.WRITE_TRANSCRIPT === '1') writeFileSync(page, written);
  expect(text).toBe(written);
});

/** Candidates come in the order of their references, which are drawn anew in each run. */
function inOrder(all: readonly string[]): string[] {
  const isCandidate = (line: string): boolean => /^ {2}\S+ {2}until /.test(line);
  const sorted = all.filter(isCandidate).sort();
  return all.map((line) => (isCandidate(line) ? (sorted.shift() ?? line) : line));
}

/** What differs from one run to the next: instants and days. */
const withoutThisRun = (line: string): string =>
  line
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d( UTC)?/g, '…')
    .replaceAll(/\d{4}-\d\d-\d\d/g, '…')
    .trimEnd();
