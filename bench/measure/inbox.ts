/** How long an inbox takes over HTTP when its party owes thousands of things, and when it owes ten times as much. */
import { createOfficials } from '../../src/simulation/officials';
import { layOwing } from '../load/lay-inbox';
import { measureReads, type ReadFigures, type Question } from '../load/measure-reads';
import type { Servers } from '../servers';
import { openInboxGround } from './inbox-ground';

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
  servers: Servers,
  { cases, times }: InboxPlan,
  say: (line: string) => void,
): Promise<InboxFigures[]> {
  const { pool, mechanism, url, issueSignInLink, close } = await openInboxGround(root, servers);
  try {
    const officials = createOfficials(mechanism, { apiUrl: () => url, issueSignInLink });
    // Code is compiled and connections are open before anything counts.
    await measureReads(officials, warmUpTimes, questions);
    const found: InboxFigures[] = [];
    for (const [from, to] of [
      [1, cases],
      [cases + 1, cases * more],
    ] as const) {
      say(`Inbox: laying ${to - from + 1} cases`);
      await layOwing(pool, from, to);
      found.push({
        cases: to,
        owed: Math.floor(to / 2),
        reads: await measureReads(officials, times, questions),
      });
    }
    return found;
  } finally {
    await close();
  }
}
