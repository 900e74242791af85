import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApiRoom } from '../http/support/api-room';
import type { ApiRoom } from '../http/support/api-room';

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly complaint: string;
}

describe('what officials say of themselves on the command line', () => {
  let room: ApiRoom;
  let home: string;
  beforeAll(async () => {
    room = await openApiRoom('cli-officials', { worker: false });
    home = mkdtempSync(join(tmpdir(), 'homeward-cli-officials-'));
    for (const official of ['qa-lead', 'qa-officer-1'])
      await homeward(['sign-in', await room.api.issueSignInLink(official)]);
  });
  afterAll(async () => {
    rmSync(home, { recursive: true });
    await room.close();
  });

  const homeward = (words: string[]): Promise<Ended> =>
    new Promise((resolve) => {
      const program = [
        join(__dirname, '../support/run-typescript.cjs'),
        join(__dirname, '../../src/cli/main.ts'),
      ];
      const env = { ...process.env, XDG_CONFIG_HOME: home, HOMEWARD_PUBLIC_URL: room.api.url, NO_COLOR: '1' };
      execFile(process.execPath, ['-r', ...program, ...words], { env }, (error, out, complaint) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, complaint });
      });
    });
  const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

  it('declares an absence, lists it and ends it', async () => {
    const declare = ['absence', 'declare', '--deputy', 'qa-officer-2', '--until'];
    const declared = await homeward([...declare, day(5)]);
    expect([declared.code, declared.out]).toEqual([
      0,
      expect.stringMatching(/qa-officer-1 is away .*, qa-officer-2 stands in {2}now/),
    ]);
    const refused = await homeward([...declare, day(5)]);
    expect([refused.code, refused.complaint]).toEqual([1, expect.stringContaining('absence-overlaps')]);
    for (const time of ['tomorrow', '2099-01-01T10:00'])
      expect((await homeward([...declare, time])).code).toBe(2);

    const { out } = await homeward(['--json', 'absence', 'list']);
    const [absence] = JSON.parse(out) as { id: string; official: string }[];
    expect(absence).toMatchObject({ official: 'qa-officer-1' });
    expect((await homeward(['absence', 'list'])).out).toContain(absence!.id);
    const ended = await homeward(['--as', 'qa-lead', 'absence', 'end', absence!.id]);
    expect([ended.code, ended.out]).toEqual([0, expect.stringContaining('ended early')]);
  });

  it('says which roles a deputy lacks', async () => {
    const words = ['absence', 'declare', '--of', 'qa-interviewer', '--deputy', 'qa-duty', '--until', day(3)];
    const refused = await homeward(['--as', 'qa-lead', ...words]);
    expect([refused.code, refused.complaint]).toEqual([1, expect.stringContaining('deputy-lacks-role')]);
  });

  it('makes a calendar link and revokes it', async () => {
    const { out } = await homeward(['calendar', 'link']);
    const [link] = out.split('\n');
    expect((await fetch(link!)).status).toBe(200);
    expect((await homeward(['calendar', 'revoke'])).code).toBe(0);
    expect((await fetch(link!)).status).toBe(404);
  });

  it('rotates the webhook’s secret and shows which one counts', async () => {
    const rotated = await homeward(['--as', 'qa-lead', 'webhook', 'rotate']);
    expect(rotated.out).toMatch(/^whsec_\S+\nShown once\. Generation 2, since .*, the one before it until /);
    const shown = await homeward(['--as', 'qa-lead', 'webhook', 'show']);
    expect(shown.out).toContain('Generation 2');
    expect(shown.out).not.toContain('whsec_');
    const refused = await homeward(['webhook', 'rotate']);
    expect([refused.code, refused.complaint]).toEqual([1, expect.stringContaining('not-permitted')]);
  });
});
