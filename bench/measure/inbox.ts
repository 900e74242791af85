/** How long an inbox takes over HTTP when its party owes thousands of things, and when it owes ten times as much. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pino from 'pino';
import { createFileStore } from '../../src/auth/issuer-store';
import { issueLinkFrom } from '../../src/auth/sign-in-links';
import { createCast } from '../../src/simulation/cast';
import { createPool } from '../../src/record/postgres/database';
import { migrateToLatest } from '../../src/record/migrations/migrate';
import { createRecord } from '../../src/record/record';
import { createOperatorSetup } from '../../src/temporal/operator-setup';
import { benchMechanism } from '../homeward/mechanism';
import { createHomewardWay } from '../homeward/way';
import { layOwing } from '../load/lay-inbox';
import { measureReads, type ReadFigures, type Question } from '../load/measure-reads';
import type { Servers } from '../servers';
import type { Surroundings } from '../way';
import { startApiProcess } from '../worker-handle';

export interface InboxPlan {
  /** Open cases; half of them wait for the party that asks. */
  readonly cases: number;
  readonly times: number;
}
/** Ten times as many cases, and ten times as much owed. */
const more = 10;
const warmUpTimes = 20;
export interface InboxFigures {
  readonly cases: number;
  readonly owed: number;
  readonly reads: readonly ReadFigures[];
}

/** The first is what the goal speaks of. */
const questions: readonly Question[] = [
  { list: 'inbox', path: '/v1/inbox', by: ['mediator', 'requesting'] },
  { list: 'inbox, twentieth page', path: '/v1/inbox', by: ['mediator'], pages: 19 },
  { list: 'inbox, what my own roles owe', path: '/v1/inbox?scope=mine', by: ['mediator'] },
  { list: 'inbox, of the whole party', path: '/v1/inbox?scope=party', by: ['mediator'] },
  { list: 'inbox, overdue', path: '/v1/inbox?overdue=true', by: ['mediator'] },
];

export async function measureInbox(
  root: string,
  { stack, client }: Servers,
  { cases, times }: InboxPlan,
  say: (line: string) => void,
): Promise<InboxFigures[]> {
  const { ownerUrl: databaseUrl, smtpUrl } = stack;
  await migrateToLatest({ connectionString: databaseUrl });
  await createOperatorSetup(client, pino({ level: 'warn' }));
  const sealKey = randomBytes(32).toString('hex');
  const pool = createPool({ connectionString: databaseUrl });
  const mechanism = benchMechanism(root);
  await createRecord({ pool, sealKey }).saveMechanism(mechanism);
  const issuerFolder = join(stack.folder.path, 'issuer');
  const surroundings: Surroundings = {
    ...{ address: stack.temporal.address, namespace: stack.temporal.namespace },
    ...{ databaseUrl, smtpUrl, sealKey, taskQueue: 'bench-inbox', mechanism: mechanism.id, issuerFolder },
  };
  const way = await createHomewardWay({ ...surroundings, client }, mechanism);
  const api = await startApiProcess(surroundings);
  try {
    await way.open();
    const url = api.url ?? '';
    const store = createFileStore(issuerFolder);
    const cast = createCast(mechanism, {
      apiUrl: () => url,
      issueSignInLink: (official) => issueLinkFrom(store, url, official),
    });
    // Code is compiled and connections are open before anything counts.
    await measureReads(cast, warmUpTimes, questions);
    const found: InboxFigures[] = [];
    for (const [from, to] of [
      [1, cases],
      [cases + 1, cases * more],
    ] as const) {
      say(`Inbox: laying ${to - from + 1} cases`);
      await layOwing(pool, from, to);
      found.push({ cases: to, owed: Math.floor(to / 2), reads: await measureReads(cast, times, questions) });
    }
    return found;
  } finally {
    await api.stop();
    await way.close();
    await pool.end();
  }
}
