/** The demo as a test: the whole of Homeward by its real entry point, and by HTTP alone. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getExampleMechanism } from '../../src/examples/example-files';
import { createOfficials } from '../../src/simulation/officials';
import type { Officials } from '../../src/simulation/officials';
import type { DemoStack } from '../../src/simulation/demo-stack';
import type { HttpOfficial, Receipt } from '../../src/simulation/http-official';
import { openTheEleven } from '../../src/simulation/open-the-eleven';
import { playTheEleven } from '../../src/simulation/play-the-eleven';
import type { EventType } from '../../src/domain/model/events';
import type { CaseId } from '../../src/domain/model/ids';
import { build, createStackTree, root } from './stack-tree';
import type { StackTree } from './stack-tree';

jest.setTimeout(400_000);

const folders: string[] = [];
const trees: StackTree[] = [];
const freshFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-demo-'));
  folders.push(folder);
  return join(folder, 'data');
};
const treeOn = async (folder: string): Promise<StackTree> => {
  const tree = await createStackTree(folder);
  trees.push(tree);
  return tree;
};
beforeAll(build);
afterEach(async () => {
  for (const tree of trees.splice(0)) await tree.stop();
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const castOn = (stack: DemoStack, extra: Partial<Parameters<typeof createOfficials>[1]> = {}): Officials =>
  createOfficials(getExampleMechanism('fast'), {
    apiUrl: () => stack.apiUrl,
    issueSignInLink: stack.issueSignInLink,
    ...extra,
  });

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}
async function pagesOf<Item>(official: HttpOfficial, path: string): Promise<Item[]> {
  const items: Item[] = [];
  let next: string | undefined;
  do {
    const cursor = next === undefined ? '' : `&cursor=${encodeURIComponent(next)}`;
    const page: Page<Item> = await official.get(`${path}?limit=200${cursor}`);
    items.push(...page.items);
    ({ next } = page);
  } while (next !== undefined);
  return items;
}
interface TimelineEntry {
  readonly version: number;
  readonly type: string;
}
const timelineOf = (official: HttpOfficial, id: CaseId): Promise<TimelineEntry[]> =>
  pagesOf(official, `/v1/cases/${id}/timeline`);

interface Run {
  readonly code: number | null;
  readonly lines: readonly string[];
}
function runDemo(dataFolder: string, options: readonly string[] = []): Promise<Run> {
  const child = spawn(process.execPath, ['bootstrap.mjs', 'demo', ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, HOMEWARD_DATA: dataFolder, NO_COLOR: '1' },
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, lines: said.trimEnd().split('\n') }));
  });
}

/** What sets the stories apart, each in one event at least. */
const storyEvents: readonly EventType[] = [
  'WhereaboutsReported',
  'DecisionRelayed',
  'RelayConfirmed',
  'ConditionSettled',
  'PlanObjected',
  'ApprovalWithdrawn',
  'MediationRecorded',
  'MedicalEmergencyResolved',
  'DossierRevised',
  'TraceAnswered',
  'PlacedInInterimCare',
  'RecipientUnavailable',
  'ConcernResolved',
  'BestInterestsDetermined',
  'OwnConsentRecorded',
  'CareTaken',
  'CarerPapersConfirmed',
  'ReunitedAtSite',
  'FamilyHome',
];

describe('npm run demo', () => {
  it('brings the eleven home and two others where they belong by one command, and leaves them to look at', async () => {
    const folder = freshFolder();
    const picture = `${folder}.svg`;
    const { code, lines } = await runDemo(folder, ['--picture', picture]);
    expect(lines.at(-1)).toMatch(/^12 home, 1 in care, 0 open, \d+ s$/);
    expect(code).toBe(0);
    expect(readFileSync(picture, 'utf8')).toMatch(/>\d+ set out/);
    // Where each is, in whose care, and heard when.
    const rows = lines.filter((line) => / recipient .* UTC .*willing/.test(line));
    expect(rows).toHaveLength(12);
    // Who said no at the door is where it was taken in.
    expect(lines.filter((line) => / interim-care .*unwilling/.test(line))).toHaveLength(1);

    const stack = await (await treeOn(`${folder}-demo`)).start();
    const lead = castOn(stack).official('qa-lead');
    const board = await pagesOf<{ case: CaseId; stage: string; outcome?: string }>(lead, '/v1/cases');
    expect(board.map(({ stage, outcome }) => `${stage}: ${outcome}`).sort()).toEqual([
      'closed: placed-in-care',
      ...Array<string>(12).fill('closed: reunited'),
    ]);
    const timelines = await Promise.all(board.map((entry) => timelineOf(lead, entry.case)));
    expect(timelines.flat().map(({ type }) => type)).toEqual(expect.arrayContaining(storyEvents));
  });
});

describe('kill -9 of the whole tree in the middle of the demo', () => {
  it('only makes it wait: everything acknowledged stands in the record, once', async () => {
    const tree = await treeOn(freshFolder());
    let stack = await tree.start();
    const acknowledged: Receipt[] = [];
    const killed: { away: number; back: Promise<void> | undefined } = { away: 0, back: undefined };
    const officials = castOn(stack, {
      onAway: (reason) => (killed.away += reason === undefined ? 0 : 1),
      onAcknowledged(receipt) {
        acknowledged.push(receipt);
        if (acknowledged.length !== 60) return;
        tree.kill();
        killed.back = tree.start().then((again) => void (stack = again));
      },
    });
    // The twins, who wait for each other, and one whose side withdraws.
    const chosen = ['01-twin-girl', '02-twin-boy', '08-boy-of-16'];
    const children = (await openTheEleven(officials)).filter(({ name }) => chosen.includes(name));
    const played = await playTheEleven(children, officials);
    await killed.back;

    expect(killed.away).toBeGreaterThan(0);
    expect(played.map(({ ending }) => ending)).toEqual(Array(3).fill({ outcome: 'reunited' }));
    const lead = officials.official('qa-lead');
    for (const { commandId, ...receipt } of acknowledged) {
      const [official = ''] = commandId.split(':');
      expect(await officials.official(official).findCommand(commandId)).toMatchObject({
        status: 'recorded',
        receipt,
      });
    }
    for (const { case: id } of children) {
      const versions = (await timelineOf(lead, id)).map(({ version }) => version);
      expect(versions).toEqual(versions.map((_, index) => index + 1));
      // Others are told the versions that they may read; of the mediator's people all.
      const receipts = acknowledged.filter(
        (receipt) => receipt.case === id && receipt.commandId.startsWith('qa-'),
      );
      expect(Math.max(...receipts.map(({ toVersion }) => toVersion))).toBeLessThanOrEqual(versions.length);
      // No two commands share an event.
      const owned = receipts.flatMap(({ fromVersion, toVersion }) =>
        versions.filter((version) => version > fromVersion && version <= toVersion),
      );
      expect(new Set(owned).size).toBe(owned.length);
    }
  });
});
