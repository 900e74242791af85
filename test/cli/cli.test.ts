import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandSignal } from '../../workflows/child-return/messages';
import { acceptance, play, proposal, verification } from '../workflows/support/plain-return';
import { randomUUID } from 'node:crypto';
import { opening, openApiRoom } from '../http/support/api-room';
import type { ApiRoom } from '../http/support/api-room';
import { today } from '../support/days';

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly complaint: string;
}

describe('the command line', () => {
  let room: ApiRoom;
  let home: string;
  beforeAll(async () => {
    room = await openApiRoom('cli');
    home = mkdtempSync(join(tmpdir(), 'homeward-cli-'));
  });
  afterAll(async () => {
    rmSync(home, { recursive: true });
    await room.close();
  });

  const homeward = (words: string[], env: Record<string, string> = {}, input?: string): Promise<Ended> =>
    new Promise((resolve) => {
      const program = [
        '-r',
        join(__dirname, '../support/run-typescript.cjs'),
        join(__dirname, '../../src/cli/main.ts'),
      ];
      const child = execFile(
        process.execPath,
        [...program, ...words],
        {
          env: {
            ...process.env,
            XDG_CONFIG_HOME: home,
            HOMEWARD_PUBLIC_URL: room.api.url,
            NO_COLOR: '1',
            ...env,
          },
        },
        (error, out, complaint) => {
          resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, complaint });
        },
      );
      child.stdin?.end(input);
    });
  const signIn = async (official: string): Promise<void> => {
    const { code, complaint } = await homeward(['sign-in', await room.api.issueSignInLink(official)]);
    if (code !== 0) throw new Error(complaint);
  };
  const json = async <Value>(words: string[]): Promise<Value> => {
    const { code, out, complaint } = await homeward(['--json', ...words]);
    if (code !== 0) throw new Error(`${code} ${complaint}`);
    return JSON.parse(out) as Value;
  };

  it('ends quietly when whoever reads it has seen enough', async () => {
    const program = [
      '-r',
      join(__dirname, '../support/run-typescript.cjs'),
      join(__dirname, '../../src/cli/main.ts'),
    ];
    const words = [process.execPath, ...program, 'mechanism', 'schema'].map((word) => `'${word}'`).join(' ');
    const ended = await new Promise<{ out: string; complaint: string }>((resolve) =>
      execFile('/bin/sh', ['-c', `${words} | head -1`], (_error, out, complaint) =>
        resolve({ out, complaint }),
      ),
    );
    expect(ended).toEqual({ out: '{\n', complaint: '' });
  });

  it('lists commands with their fields, and the ids that they take', async () => {
    expect((await homeward(['commands'])).out).toContain('placeHold');
    const one = await homeward(['commands', 'placeHold']);
    expect(one.code).toBe(0);
    for (const word of ['hold: string', 'reason: safety | ', 'reviewBy', 'may be left out', 'sent by'])
      expect(one.out).toContain(word);
    const mistyped = await homeward(['commands', 'placeHodl']);
    expect([mistyped.code, mistyped.complaint]).toEqual([
      2,
      expect.stringContaining('Did you mean placeHold?'),
    ]);
    await signIn('qa-officer-1');
    const { out } = await homeward(['mechanism', 'show']);
    for (const word of ['moscow', 'ru-official-1', 'Sites', 'Places']) expect(out).toContain(word);
  });

  it('says what to do next when nobody is signed in, and asks whether a setting is mistyped', async () => {
    const { code, complaint } = await homeward(['inbox'], {
      XDG_CONFIG_HOME: join(home, 'nobody'),
      HOMEWARD_PUBLC_URL: 'x',
    });
    expect(code).toBe(3);
    expect(complaint).toContain('homeward sign-in LINK');
    expect(complaint).toContain('homeward link OFFICIAL');
    expect(complaint).toContain('did you mean HOMEWARD_PUBLIC_URL?');
  });

  it('explains itself, and tells wrong use by its exit code', async () => {
    const help = await homeward(['--help']);
    expect(help.code).toBe(0);
    for (const word of [
      'sign-in',
      'open',
      'decide',
      'relay',
      'confirm-relay',
      'inbox',
      'watch',
      'signal',
      'mechanism',
    ])
      expect(help.out).toContain(word);
    expect((await homeward(['decide', '--help'])).out).toContain('Examples:');
    expect((await homeward(['fly'])).code).toBe(2);
    expect((await homeward(['show'])).code).toBe(2);
    expect((await homeward(['send', '7Q2M-4ZK9', 'acceptFile', '{'])).code).toBe(2);
    expect((await homeward([])).code).toBe(2);
  });

  it('says how to sign in, and that nobody answers, each by its exit code', async () => {
    const signedOut = await homeward(['inbox'], { XDG_CONFIG_HOME: join(home, 'nobody') });
    expect([signedOut.code, signedOut.complaint]).toEqual([3, expect.stringContaining('homeward sign-in')]);
    await signIn('qa-officer-1');
    const away = await homeward(['--api', 'http://127.0.0.1:9', 'sign-in', 'http://127.0.0.1:9/sign-in/x']);
    expect([away.code, away.complaint]).toEqual([
      4,
      expect.stringContaining('http://127.0.0.1:9 does not answer'),
    ]);
  });

  it('keeps the token to itself, forgets a link once used, and acts as the last who signed in', async () => {
    const link = await room.api.issueSignInLink('ua-official-1');
    expect((await homeward(['sign-in', link])).out).toContain('You act as ua-official-1');
    const again = await homeward(['sign-in', link]);
    expect([again.code, again.complaint]).toEqual([1, expect.stringContaining('used before')]);
    const folder = join(home, 'homeward');
    for (const file of readdirSync(folder)) {
      expect(statSync(join(folder, file)).mode & 0o077).toBe(0);
      expect(readFileSync(join(folder, file), 'utf8')).toContain('ua-official-1');
    }
    await signIn('qa-officer-1');
    expect((await homeward(['whoami'])).out).toContain('qa-officer-1, qatar (mediator)');
    expect((await homeward(['--as', 'ua-official-1', 'whoami'])).out).toContain('ua-official-1, ukraine');
    expect((await homeward(['--as', 'ru-decider', 'whoami'])).code).toBe(3);
  });

  it('opens, shows, lists, sends, and repeats under the same key', async () => {
    await signIn('ua-official-1');
    const file = join(home, 'opening.json');
    writeFileSync(file, JSON.stringify(opening()));
    const opened = await homeward(['open', file, '--key', 'opening-0001']);
    expect([opened.code, opened.complaint]).toEqual([0, '']);
    const id = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(opened.out)![0];
    expect(
      (await homeward(['open', '-', '--key', 'opening-0001'], {}, JSON.stringify(opening()))).out,
    ).toContain(`${id} is open already`);
    const shown = await homeward(['show', id]);
    expect(shown.out).toContain('intake');
    expect(shown.out).toContain('Kyrylo Hadanyi');
    expect(
      (await json<{ case: string }[]>(['cases', '--stage', 'intake'])).map((entry) => entry.case),
    ).toContain(id);
    await signIn('qa-officer-1');
    expect((await homeward(['inbox'])).out).toContain(id);
    expect((await homeward(['send', id, 'acceptFile'])).out).toContain('in verification');
    const refused = await homeward(['send', id, 'acceptFile']);
    expect([refused.code, refused.complaint]).toEqual([1, expect.stringContaining('wrong-stage')]);
    expect(refused.complaint).toContain('You may send now');
    const told = await homeward(['--json', 'send', id, 'acceptFile']);
    expect([told.code, JSON.parse(told.complaint)]).toMatchObject([
      1,
      { code: 'wrong-stage', stage: 'verification' },
    ]);
    const invalid = await homeward(['send', id, 'reportVisit', '{"visit":1,"outcome":"fine"}']);
    expect([invalid.code, invalid.complaint]).toEqual([1, expect.stringContaining('/outcome')]);
    expect((await homeward(['show', 'ZZZZ-ZZZZ'])).code).toBe(1);
  });

  it('says what of a hold was not taken as it was written, and that the same stands already', async () => {
    const id = await room.open();
    await signIn('qa-officer-1');
    const hold = ['send', id, 'placeHold', '{"hold":"h1","reason":"war","note":"fever"}'];
    const first = await homeward(hold);
    expect(first.out.trim().split('\n')).toEqual([
      expect.stringContaining('Recorded: '),
      'reason is not as it must be; what is usual stands in its place.',
    ]);
    expect((await homeward(hold)).out).toContain('Recorded before');
    const other = await homeward(['send', id, 'placeHold', '{"hold":"h1","reason":"legal"}']);
    expect(other.out).toMatch(/hold can’t be taken .* another stands in its place: h1-\d+\./);
    const sealed = await homeward(['signal', id, 'placeHold', '{"hold":"h9","reason":"war"}']);
    expect(sealed.complaint).toContain('reason is not as it must be');
    expect(JSON.parse(sealed.out)).toHaveProperty('seal');
  });

  it('opens an example case file as of today', async () => {
    await signIn('ua-official-1');
    const file = join(__dirname, '../../examples/the-eleven/08-boy-of-16.yaml');
    const answer = await json<{ case: string }>(['open', file]);
    const view = await json<{ dossier: { invented?: string[] } }>(['show', answer.case]);
    expect(view.dossier.invented?.length).toBeGreaterThan(0);
  });

  it('decides on exactly the plan that is named, and relays under four eyes', async () => {
    const id = await room.open();
    await play(room.process, id, [...acceptance, ...verification, proposal]);
    await room.process.until(id, ({ planPutToSidesAt }) => planPutToSidesAt !== undefined);
    await signIn('ua-decider');
    const unsure = await homeward(['decide', id, 'approve']);
    expect([unsure.code, unsure.complaint]).toEqual([2, expect.stringContaining('--plan 1')]);
    expect((await homeward(['decide', id, 'approve', '--plan', '2'])).code).toBe(1);
    expect((await homeward(['decide', id, 'object', '--plan', '1'])).code).toBe(2);
    const decided = await homeward([
      'decide',
      id,
      'approve',
      '--plan',
      '1',
      '--condition',
      'a nurse travels along',
    ]);
    expect([decided.code, decided.complaint]).toEqual([0, '']);

    await signIn('qa-officer-1');
    const paper = join(home, 'note.pdf');
    writeFileSync(paper, 'note verbale');
    const source = [
      '--channel',
      'note-verbale',
      '--reference',
      '№ 12/34',
      '--dated',
      today(),
      '--document',
      paper,
    ];
    const relayed = await homeward([
      'relay',
      id,
      'approve',
      '--plan',
      '1',
      '--party',
      'russia',
      ...source,
      '--relay',
      'r1',
    ]);
    expect([relayed.code, relayed.out]).toEqual([
      0,
      expect.stringContaining(`homeward confirm-relay ${id} r1`),
    ]);
    expect((await homeward(['confirm-relay', id, 'r1'])).complaint).toContain('own-relay');
    await signIn('qa-officer-2');
    expect((await homeward(['confirm-relay', id, 'r1'])).code).toBe(0);
    const { decisions } = await room.process.state(id);
    expect([decisions.ukraine?.conditions.length, decisions.russia?.relay?.id]).toEqual([1, 'r1']);
    expect((await homeward(['show', id])).out).toContain('(relayed)');
    await signIn('ua-decider');
    expect((await homeward(['decide', id, 'withdraw', '--note', 'news'])).code).toBe(0);
  });

  it('tells later, too, what became of a command', async () => {
    const id = await room.open();
    await signIn('qa-officer-1');
    const key = randomUUID();
    expect((await homeward(['send', id, 'acceptFile', '--key', key])).code).toBe(0);
    expect((await homeward(['status', `qa-officer-1:${key}`])).out).toContain('ecorded');
  });

  it('seals a command for the temporal command line, and sends nothing itself', async () => {
    const id = await room.openWithProcess();
    await signIn('qa-officer-1');
    const sealed = await homeward(['signal', id, 'acceptFile']);
    const envelope = JSON.parse(sealed.out) as never;
    expect((await room.process.state(id)).stage).toBe('intake');
    await room.process.handle(id).signal(commandSignal, envelope);
    await room.process.until(id, ({ stage }) => stage === 'verification');
    const note = `{"hold":"h1","reason":"other","note":"it's urgent"}`;
    const line = (await homeward(['signal', id, 'placeHold', note, '--command-line'])).out;
    expect(line).toMatch(
      new RegExp(`^temporal workflow signal --workflow-id case-${id} --name command --input '`),
    );
    expect(line).not.toContain('urgent');
  });

  it('watches a case until it is closed', async () => {
    const id = await room.open();
    await signIn('qa-officer-1');
    const watching = homeward(['watch', id, '--every', '0.3']);
    await play(room.process, id, acceptance);
    await room.process.submit('ua-official-1', id, { type: 'withdrawRequest' });
    await room.process.submit('qa-officer-1', id, { type: 'closeCase', outcome: 'withdrawn' });
    const { code, out } = await watching;
    expect(code).toBe(0);
    const types = out
      .trim()
      .split('\n')
      .map((line) => line.split(/\s+/)[3]);
    expect(types.filter((type) => type === 'CaseOpened')).toHaveLength(1);
    expect(types.at(-1)).toBe('CaseClosed');
  });

  it('checks a mechanism file, and prints the schema for editors', async () => {
    const sound = join(__dirname, '../../examples/mechanisms/doha.yaml');
    expect((await homeward(['mechanism', 'check', sound])).code).toBe(0);
    const faulty = join(home, 'faulty.yaml');
    writeFileSync(faulty, 'id: X\n');
    const checked = await homeward(['mechanism', 'check', faulty]);
    expect([checked.code, checked.out]).toEqual([1, expect.stringContaining('faulty.yaml:1')]);
    expect((await homeward(['mechanism', 'check', 'nowhere.yaml'])).code).toBe(2);
    expect(JSON.parse((await homeward(['mechanism', 'schema'])).out)).toHaveProperty('$schema');
  });

  it('forgets everybody who signed in', async () => {
    await signIn('qa-officer-1');
    expect((await homeward(['sign-out'])).code).toBe(0);
    expect((await homeward(['whoami'])).code).toBe(3);
  });
});
