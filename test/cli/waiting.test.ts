import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bar, isolated, shortDuration, tableLines, widthOf } from '../../src/cli/print/print-table';
import { soon } from '../http/support/event-source';
import { openApiRoom } from '../http/support/api-room';
import type { ApiRoom } from '../http/support/api-room';
import { startHomeward } from './support/run-homeward';
import type { Ended } from './support/run-homeward';

describe('who is waited for, on the command line', () => {
  let room: ApiRoom;
  let home: string;
  let id: string;
  beforeAll(async () => {
    room = await openApiRoom('cli-waiting');
    home = mkdtempSync(join(tmpdir(), 'homeward-cli-'));
    id = await room.open();
    for (const official of ['qa-officer-1', 'qa-lead', 'ob-observer']) {
      const link = await room.api.issueSignInLink(official);
      expect(await homeward(['sign-in', link])).toMatchObject({ code: 0 });
    }
  });
  afterAll(async () => {
    rmSync(home, { recursive: true });
    await room.close();
  });
  const env = (more: Record<string, string> = {}) => ({
    XDG_CONFIG_HOME: home,
    HOMEWARD_PUBLIC_URL: room.api.url,
    ...more,
  });
  const homeward = (words: string[], more: Record<string, string> = {}): Promise<Ended> =>
    startHomeward(words, env(more)).ended;
  const as = (official: string, ...words: string[]) => homeward(['--as', official, ...words]);

  it('shows an inbox with its counts, of oneself, of the party, and of a colleague who is away', async () => {
    const inbox = await as('qa-officer-1', 'inbox');
    expect([inbox.code, inbox.complaint]).toEqual([0, '']);
    expect(inbox.out).toContain(`${id}  acknowledge-case`);
    expect(inbox.out).toMatch(/\d+ in all, 0 overdue, 0 of safety/);
    expect((await as('qa-officer-1', 'inbox', '--delegated')).out).toBe('Nothing waits for you.\n');
    expect((await as('qa-lead', 'inbox', '--party')).out).toContain('acknowledge-case');
    expect((await as('qa-officer-1', 'inbox', '--mine', '--party')).code).toBe(2);
    const json = JSON.parse((await as('qa-officer-1', '--json', 'inbox', '--case', id)).out) as {
      case: string;
    }[];
    expect(new Set(json.map((entry) => entry.case))).toEqual(new Set([id]));
  });

  it('acknowledges by the kind of an obligation, says until when, and refuses what is no time', async () => {
    const done = await as('qa-officer-1', 'acknowledge', id, 'acknowledge-case', '--until', '2d');
    expect([done.code, done.complaint]).toEqual([0, '']);
    expect((await as('qa-officer-1', 'inbox')).out).toMatch(/acknowledged by qa-officer-1 until 20/);
    expect((await as('qa-officer-1', 'acknowledge', id, 'acknowledge-case', '--until', 'soon')).code).toBe(2);
    const unknown = await as('qa-officer-1', 'acknowledge', id, 'write-welfare-note', '--until', '2d');
    expect([unknown.code, unknown.complaint]).toEqual([
      2,
      expect.stringContaining('acknowledge-case::qatar@'),
    ]);
    expect((await as('qa-officer-1', 'snooze', id, 'acknowledge-case', '--until', '2d')).code).toBe(2);
  });

  it('tells what changes as it happens, each change once', async () => {
    const { child, ended } = startHomeward(['--as', 'qa-officer-1', 'inbox', '--follow'], env());
    let out = '';
    child.stdout!.on('data', (chunk: string) => (out += chunk));
    await soon(() => expect(out).toContain('in all'));
    const opened = await room.open();
    await soon(() => expect(out).toContain(`${opened}  acknowledge-case`), 20_000);
    child.kill();
    await ended;
    expect(out.split('\n').filter((line) => line.startsWith(`${opened}  acknowledge-case`))).toHaveLength(1);
  });

  it('lists cases with whom they wait for and how long, and figures, each also as JSON', async () => {
    const waiting = await as('qa-officer-1', 'waiting');
    expect(waiting.out).toMatch(new RegExp(`^${id}  intake +qatar.*█`, 'm'));
    expect((await as('qa-officer-1', 'waiting', '--stalled')).out).toBe('Nothing waits.\n');
    const figures = await as('qa-officer-1', 'figures');
    expect([figures.code, figures.complaint]).toEqual([0, '']);
    expect(figures.out).toMatch(/^\d open: 0 overdue/);
    const hidden = await as('ob-observer', 'figures');
    expect(hidden.out).toContain('·· open');
    const told = JSON.parse((await as('ob-observer', '--json', 'figures')).out) as { open: { total: null } };
    expect(told.open.total).toBeNull();
    const days = await as(
      'qa-officer-1',
      'site',
      'days',
      'moscow-residence',
      '--from',
      '2027-01-01',
      '--to',
      '2027-01-03',
    );
    expect(days.out).toMatch(/^2027-01-01  0 there  0 held  15 free  of 15/m);
    expect((await as('qa-officer-1', 'site', 'today', 'moscow-residence')).out).toMatch(
      /^moscow-residence, 20\d\d-/,
    );
    expect((await as('qa-officer-1', 'site', 'waiting', 'moscow-residence')).out).toBe(
      'Nobody waits for a bed.\n',
    );
    expect((await as('ob-observer', 'site', 'today', 'moscow-residence')).code).toBe(1);
    const narrow = await homeward(['--as', 'qa-officer-1', 'waiting'], { COLUMNS: '40' });
    expect(narrow.out).not.toContain('█');
  });
});

describe('tables and bars', () => {
  it('count columns as they are seen: colours, marks above letters and directions take none', () => {
    expect(widthOf('\u001b[31mred\u001b[39m')).toBe(3);
    expect(widthOf('й')).toBe(1);
    expect(widthOf(isolated('مراجعة'))).toBe(6);
    expect(isolated('plain')).toBe('plain');
    const [first, second] = tableLines(
      [
        ['a', '1', 'x'],
        ['بَ', '100', 'y'],
      ],
      [1],
    );
    expect([first, second!.slice(-5)]).toEqual(['a    1  x', '100  y'.slice(-5)]);
  });

  it('draw the longest over the whole width, half as half, and something for anything', () => {
    expect(bar(10, 10, 4)).toBe('████');
    expect(bar(5, 10, 4)).toBe('██');
    expect(bar(1, 1_000, 4)).toBe('▏');
    expect([bar(0, 10, 4), bar(5, 0, 4), bar(5, 10, 0)]).toEqual(['', '', '']);
    expect([45_000, 90_000, 5_400_000, 129_600_000, 9e9].map(shortDuration)).toEqual([
      '45.0 s',
      '1.5 min',
      '1.5 h',
      '1.5 d',
      '104 d',
    ]);
  });
});
