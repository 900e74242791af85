/**
 * Homeward as `npm start` runs it, with a mechanism of the test's own whose days are seconds, cases that nobody
 * works on, and the mails that its officials got.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getExampleMechanism } from '../../../src/examples/example-files';
import { loadTheEleven } from '../../../src/examples/the-eleven';
import type { Mechanism } from '../../../src/contracts/mechanism/mechanism';
import { createOfficials } from '../../../src/simulation/officials';
import type { Officials } from '../../../src/simulation/officials';
import type { DemoStack } from '../../../src/simulation/demo-stack';
import { readMails } from '../../../src/simulation/mail-page';
import type { SunkMail } from '../../../src/simulation/mail-page';
import type { CaseId } from '../../../src/domain/model/ids';
import { dateOf } from '../../../src/domain/calendar/time';
import { build, createStackTree } from '../../simulation/stack-tree';
import type { StackTree } from '../../simulation/stack-tree';

export interface Rehearsal {
  readonly mechanism: Mechanism;
  readonly tree: StackTree;
  readonly dataFolder: string;
  officials(): Officials;
  start(): Promise<void>;
  /** Cases of one plain file, one after another. */
  open(count: number): Promise<CaseId[]>;
  mails(): Promise<SunkMail[]>;
  end(): Promise<void>;
}

const never = 'P1000D';
/** Ladders on which nothing happens, so that a test hears only what it is about. */
const silent: Mechanism['ladders'] = Object.fromEntries(
  Object.keys(getExampleMechanism('fast').ladders).map((kind) => [
    kind,
    {
      due: never,
      steps: [
        { after: never, act: 'remind' },
        { after: never, act: 'escalate' },
      ],
      thenEvery: never,
    },
  ]),
) as Mechanism['ladders'];

/** Only the acknowledgement of a case has a ladder, and no case stalls. */
export const onlyAcknowledging =
  (steps: Mechanism['ladders']['acknowledge-case']['steps'], change: Partial<Mechanism>) =>
  (fast: Mechanism): Mechanism => ({
    ...fast,
    digest: 'at-once',
    ladders: {
      ...silent,
      'acknowledge-case': { due: steps.at(-1)?.after ?? never, steps, thenEvery: never },
    },
    stalledAfter: { usual: never, urgent: never, tracing: never },
    ...change,
  });

/** Starts it before a suite's tests and ends it after them. */
export function rehearse(change: (fast: Mechanism) => Mechanism): () => Rehearsal {
  let rehearsal: Rehearsal | undefined;
  const running = (): Rehearsal => {
    if (!rehearsal) throw new Error('not started');
    return rehearsal;
  };
  beforeAll(async () => {
    build();
    rehearsal = await createRehearsal(change);
    await rehearsal.start();
  });
  afterAll(() => rehearsal?.end());
  return running;
}

async function createRehearsal(change: (fast: Mechanism) => Mechanism): Promise<Rehearsal> {
  const root = mkdtempSync(join(tmpdir(), 'homeward-rehearsal-'));
  const mechanism = change(getExampleMechanism('fast'));
  const file = join(root, 'mechanism.yaml');
  writeFileSync(file, JSON.stringify(mechanism)); // JSON is YAML
  const dataFolder = join(root, 'data');
  const tree = await createStackTree(dataFolder, { HOMEWARD_MECHANISM: file, HOMEWARD_EXAMPLES: 'off' });
  let stack: DemoStack | undefined;
  const running = (): DemoStack => {
    if (!stack) throw new Error('not started');
    return stack;
  };
  let officials: Officials | undefined;
  let opened = 0;
  const officialsNow = (): Officials =>
    (officials ??= createOfficials(mechanism, {
      apiUrl: () => running().apiUrl,
      issueSignInLink: (official) => running().issueSignInLink(official),
    }));
  return {
    mechanism,
    tree,
    dataFolder,
    officials: officialsNow,
    async start() {
      stack = await tree.start();
    },
    async open(count) {
      const [plain] = loadTheEleven(dateOf(new Date().toISOString())).filter(
        ({ siblings }) => siblings.length === 0,
      );
      if (!plain) throw new Error('no case file without siblings');
      const { whereaboutsKnown: _said, ...facts } = plain.opening;
      const official = officialsNow().first('requesting', ['official']);
      const ids: CaseId[] = [];
      for (let left = count; left > 0; left -= 1) {
        opened += 1;
        const body = { ...facts, siblings: [], dossier: plain.dossier };
        ids.push((await official.write('POST', '/v1/cases', body, `rehearsal-${opened}`)).case);
      }
      return ids;
    },
    mails: () => readMails(join(dataFolder, 'mail')),
    async end() {
      await tree.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
