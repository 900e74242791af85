/**
 * All that one official is told over HTTP at this moment: every GET route that is theirs, and the refusals of commands
 * that name what may be hidden. Bytes, so that two worlds can be compared.
 */
import type { Test } from 'supertest';
import type { EdgeCommand } from '../../../src/contracts/commands';
import { routes } from '../../../src/http/routes';
import type { RouteId } from '../../../src/http/routes';
import { aDossier } from '../../record/support/record-room';
import type { ApiRoom } from './api-room';

const never = 'a'.repeat(64);
/** A problem names the request that it answers. */
const requestId = 'one-world-or-the-other';

/** Asked of nobody in particular, or told as it happens: `inbox-stream.test.ts` looks at the stream. */
const notCompared: readonly RouteId[] = [
  'getHealth',
  'getReadiness',
  'getProtectedResource',
  // Of the sign-in, and of no case.
  'getSession',
  'streamInbox',
  // Of a side's own cases they count whatever is owed there: `docs/decisions/http-no-oracles.md`, “Left”.
  'getFigures',
];

/** What differs between any two answers, whatever happened: the instant, and what is left of a limit. */
const ofTheMoment = ['date', 'ratelimit', 'ratelimit-policy', 'content-length'];

export interface Asking {
  readonly room: ApiRoom;
  readonly official: string;
  readonly id: string;
  /** A case that is there and may not be this official's. */
  readonly other: string;
  /** Of this official: a command they have sent, and their calendar's address. */
  readonly command?: string;
  readonly calendar?: string;
}

const readsOf = ({ id, other, command, calendar }: Asking): Partial<Record<RouteId, readonly string[]>> => ({
  listCases: [
    '/v1/cases',
    '/v1/cases?limit=1&order=waiting',
    '/v1/cases?waitingKind=settle-duplicate',
    '/v1/cases?waitingOn=qatar',
    '/v1/cases?stalled=true&overdue=true',
    `/v1/cases?text=${other.slice(0, 4)}`,
  ],
  getCase: [`/v1/cases/${id}`, `/v1/cases/${other}`],
  getTimeline: [`/v1/cases/${id}/timeline?limit=200`, `/v1/cases/${id}/timeline?limit=3`],
  getCommand: command === undefined ? [] : [`/v1/commands/${command}`],
  getInbox: [
    '/v1/inbox',
    '/v1/inbox?scope=party',
    `/v1/inbox?case=${id}`,
    `/v1/inbox?scope=party&case=${other}`,
  ],
  listWaiting: ['/v1/waiting'],
  getSiteDays: ['/v1/sites/moscow-residence/days', '/v1/sites/nowhere/days'],
  getSiteToday: ['/v1/sites/moscow-residence/today'],
  getSiteWaiting: ['/v1/sites/moscow-residence/waiting'],
  listGroups: ['/v1/groups'],
  listCandidates: ['/v1/groups/candidates'],
  getGroup: ['/v1/groups/G-0000-0000'],
  listJourneys: ['/v1/journeys', '/v1/journeys?mine=true'],
  getMechanism: ['/v1/mechanism'],
  listAbsences: ['/v1/absences'],
  getWebhookSecret: ['/v1/webhook-secret'],
  getCalendar: calendar === undefined ? [] : [calendar],
});

/** Refused in any state: what they name is not there, they are of an older version, or they are somebody else's. */
const refusedOf = (other: string): readonly [EdgeCommand, { readonly stale?: true }][] => [
  [{ type: 'confirmProposal', proposal: 'closeCase-1' }, {}],
  [
    {
      type: 'acknowledgeObligation',
      obligation: 'give-go::qatar@2020-01-01T00:00:00.000Z',
      until: '2199-01-01T00:00:00Z',
    },
    {},
  ],
  [{ type: 'repudiateRelay', relay: 'relay-none' }, {}],
  [{ type: 'liftHold', hold: 'hold-none' }, {}],
  [{ type: 'attestFacet', facet: 'identity', finding: 'confirmed', evidence: ['doc-7777'] }, {}],
  [{ type: 'confirmTravelDocuments', documents: ['doc-10'], validUntil: '2198-01-01' }, { stale: true }],
  [{ type: 'approvePlan', planVersion: 999, planHash: never, conditions: [] }, {}],
  [{ type: 'flagDuplicate', other }, { stale: true }],
  [{ type: 'reportVisit', visit: 1, outcome: 'well' }, { stale: true }],
  [{ type: 'checkRecipientIdentity', matches: true, documentHash: never }, { stale: true }],
  [{ type: 'depart' }, { stale: true }],
  [{ type: 'closeCase', outcome: 'reunited' }, { stale: true }],
];

const told = async (test: Test): Promise<string> => {
  const answer = await test.set('x-request-id', requestId);
  const headers = Object.entries(answer.headers as Record<string, string>).filter(
    ([name]) => !ofTheMoment.includes(name),
  );
  // The instant of asking, which says of nothing that has happened.
  const text = answer.text.replace(/"(changes|asOf)":"[^"]*"/g, '"$1":"…"');
  return JSON.stringify([answer.status, headers.sort(), text]);
};

/** Request → what it was answered. */
export async function allItIsTold(asking: Asking): Promise<ReadonlyMap<string, string>> {
  const { room, official, id, other } = asking;
  const as = room.as(official);
  const reads = readsOf(asking);
  const unasked = routes
    .filter(({ method, id: route }) => method === 'get' && !notCompared.includes(route))
    .filter(({ id: route }) => !(route in reads));
  if (unasked.length > 0) throw new Error(`nobody asks ${unasked.map((route) => route.id).join()}`);
  const asked: [string, Test][] = Object.values(reads)
    .flat()
    .map((path) => [`GET ${path}`, as.get(path)]);
  for (const [command, { stale }] of refusedOf(other)) {
    const headers = stale ? { 'if-match': '"0"' } : undefined;
    asked.push([command.type, as.post(`/v1/cases/${id}/commands`, command, headers)]);
  }
  for (const command of [{ type: 'depart' }, { type: 'liftHold', hold: 'hold-none' }])
    asked.push([`${command.type} elsewhere`, as.post(`/v1/cases/${other}/commands`, command)]);
  asked.push(['PUT dossier', as.put(`/v1/cases/${id}/dossier`, aDossier, { 'if-match': '"0"' })]);
  return new Map(await Promise.all(asked.map(async ([name, test]) => [name, await told(test)] as const)));
}

/** Where two answers part, with what stands around it. */
export function partingOf(before: string, after: string): string {
  const at = Array.from(before).findIndex((letter, index) => letter !== after[index]);
  const [from, to] = [Math.max(0, at - 60), at + 60];
  return `…${before.slice(from, to)}… / …${after.slice(from, to)}…`;
}
