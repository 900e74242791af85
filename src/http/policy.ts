/**
 * Who may use which route: one table, deny by default. A route without a row does not compile, and
 * `mount-routes.ts` opens nothing without asking it. What a command's sender may do is the rules' table,
 * `domain/model/command-table.ts`, to which two rows refer.
 */
import { commandTable } from '../domain/model/command-table';
import type { CommandType } from '../domain/model/commands';
import type { Office } from '../domain/model/mechanism';
import { partyKinds, hasAnyRole } from '../domain/model/parties';
import type { PartyKind, Role } from '../domain/model/parties';
import { ownRolesOf } from '../auth/official-directory';
import type { Reader } from '../auth/official-directory';
import type { RouteId } from './routes';
import type { AnonymousLimit } from './middleware/rate-limit';

/** `caseOf: 'own-party'`: the case in the address must concern the reader's party; otherwise it is hidden. */
export type Access =
  | { readonly who: 'anyone'; readonly limit: AnonymousLimit }
  | { readonly who: 'officials'; readonly of: readonly PartyKind[]; readonly caseOf?: 'own-party' }
  /** With a role of their own: what they do outlasts an absence in which one is lent. */
  | { readonly who: 'keepers'; readonly by: readonly Office[]; readonly caseOf?: undefined }
  | { readonly who: 'senders'; readonly command: CommandType; readonly caseOf?: 'own-party' };

const anyone = { who: 'anyone', limit: 'page' } as const;
const probe = { who: 'anyone', limit: 'probe' } as const;
/** Observers belong to no case, so whatever concerns one case is hidden from them like from any other party. */
const partiesOfTheCase = { who: 'officials', of: partyKinds, caseOf: 'own-party' } as const;

/** Whose case it is the record asks in the transaction of the command itself, with the same answer. */
const whoeverTheRecordLets = { who: 'officials', of: partyKinds } as const;

const everyOfficial = { who: 'officials', of: partyKinds } as const;
/** Who sees to the systems of a party: the office that letters about its cases go to. */
const keepersOfTheWebhook = {
  who: 'keepers',
  by: [
    { kind: 'mediator', roles: ['lead'] },
    { kind: 'requesting', roles: ['official'] },
    { kind: 'holding', roles: ['official'] },
    { kind: 'consenting', roles: ['official'] },
    { kind: 'host', roles: ['host'] },
    { kind: 'escort', roles: ['dispatcher'] },
    { kind: 'receiving', roles: ['official', 'receiver'] },
  ],
} as const satisfies Access;

export const routePolicy = {
  getHealth: probe,
  getReadiness: probe,
  getProtectedResource: { who: 'anyone', limit: 'issuer' },
  openCase: { who: 'senders', command: 'openCase' },
  listCases: { who: 'officials', of: partyKinds.filter((kind) => kind !== 'observer') },
  listWaiting: { who: 'officials', of: partyKinds.filter((kind) => kind !== 'observer') },
  listJourneys: { who: 'officials', of: partyKinds },
  // Who may read of a stay.
  getSiteDays: { who: 'officials', of: ['mediator', 'host', 'requesting', 'holding', 'consenting'] },
  getSiteToday: { who: 'officials', of: ['mediator', 'host'] },
  getSiteWaiting: { who: 'officials', of: ['mediator', 'host'] },
  getCase: partiesOfTheCase,
  getTimeline: partiesOfTheCase,
  sendCommand: whoeverTheRecordLets,
  previewCommand: partiesOfTheCase,
  sealCommand: partiesOfTheCase,
  getCommand: { who: 'officials', of: partyKinds },
  // Whose group it is, its own view and the record's transaction ask.
  draftGroup: { who: 'officials', of: ['mediator'] },
  listCandidates: { who: 'officials', of: ['mediator'] },
  listGroups: { who: 'officials', of: partyKinds.filter((kind) => kind !== 'observer') },
  getGroup: { who: 'officials', of: partyKinds.filter((kind) => kind !== 'observer') },
  sendGroupCommand: { who: 'officials', of: partyKinds.filter((kind) => kind !== 'observer') },
  getInbox: { who: 'officials', of: partyKinds },
  streamInbox: { who: 'officials', of: partyKinds },
  getFigures: {
    who: 'officials',
    of: ['mediator', 'requesting', 'holding', 'consenting', 'observer'],
  },
  putDossier: { who: 'senders', command: 'reviseDossier', caseOf: 'own-party' },
  getMechanism: { who: 'officials', of: partyKinds },
  getSession: everyOfficial,
  endSession: everyOfficial,
  endSessions: everyOfficial,
  declareAbsence: everyOfficial,
  listAbsences: everyOfficial,
  endAbsence: everyOfficial,
  chooseDuressWord: { who: 'officials', of: ['escort'] },
  linkCalendar: everyOfficial,
  revokeCalendar: everyOfficial,
  getCalendar: anyone,
  getWebhookSecret: keepersOfTheWebhook,
  rotateWebhookSecret: keepersOfTheWebhook,
} as const satisfies Record<RouteId, Access>;

/**
 * Addresses outside the table of routes: pages without data, and the sign-in itself; each with its limit. The console's
 * are in `console.ts`.
 */
export const openPaths = {
  '/openapi.json': 'page',
  '/docs': 'page',
  '/session': 'page',
  '/sign-in': 'sign-in',
  '/oidc': 'issuer',
} as const satisfies Readonly<Record<string, AnonymousLimit>>;

export function mayUse(access: Access, reader: Reader | undefined): boolean {
  if (access.who === 'anyone') return true;
  if (!reader) return false;
  if (access.who === 'officials') return access.of.includes(reader.kind);
  if (access.who === 'keepers') return holds(access.by, reader.kind, ownRolesOf(reader));
  const { by } = commandTable[access.command] as { by: string | readonly Office[] };
  return typeof by !== 'string' && holds(by, reader.kind, reader.roles);
}

const holds = (offices: readonly Office[], kind: PartyKind, roles: readonly Role[]): boolean =>
  offices.some((office) => office.kind === kind && hasAnyRole(roles, office.roles));
