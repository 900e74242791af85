/** Makes a sealed envelope of a command's body, and of what it says in words the notes that go with it. */
import { actorOf, ownRolesOf } from '../../auth/official-directory';
import type { Reader } from '../../auth/official-directory';
import { freeIdsIn, isCode, withIds } from '../../contracts/coded-ids';
import type { EdgeCommand } from '../../contracts/commands';
import { fitsStage, maySend } from '../../domain/facts/allowed-commands';
import { officerRoles } from '../../domain/model/command-table';
import type { CommandEnvelope, CommandType } from '../../domain/model/commands';
import type { CaseId, OfficialId } from '../../domain/model/ids';
import { hasAnyRole } from '../../domain/model/parties';
import type { Role } from '../../domain/model/parties';
import type { Note } from '../../record/store/notes';
import type { ApiParts } from '../api-parts';
import type { OpenedCase, RequestHeaders } from '../define-route';
import { codeOf, commandIdOf } from './derived-ids';
import { Problem } from '../problem';
import { sealEdgeCommand } from './seal-command';

export interface CommandCall {
  readonly parts: ApiParts;
  readonly reader: Reader;
  readonly headers: RequestHeaders;
}

/** Throws a `Problem` when it names an escort or a case officer who is none: of officials only the edge knows. */
export async function prepareCommand(
  { parts, reader, headers }: CommandCall,
  id: CaseId,
  body: EdgeCommand,
): Promise<{ envelope: CommandEnvelope; notes: Note[] }> {
  await assertNamed(parts, reader, body);
  const { expectedVersion, idempotencyKey } = headers;
  const asked = {
    id: commandIdOf(reader, idempotencyKey),
    case: id,
    reader,
    ...(expectedVersion !== undefined && { expectedVersion }),
  };
  return sealEdgeCommand(asked, await codedFor(parts, id, body), parts);
}

/** Ids that are no short codes become such; what a case of before names by its own id keeps it. */
async function codedFor({ record, sealKey }: ApiParts, id: CaseId, body: EdgeCommand): Promise<EdgeCommand> {
  const free = freeIdsIn(body);
  if (free.length === 0) return body;
  const state = (await record.load(id))?.state;
  const known = new Set([
    ...(state?.holds ?? []).map((hold) => hold.id),
    ...(state?.relays ?? []).map((relay) => relay.id),
    ...(state?.legs ?? []).map((leg) => leg.id),
    ...Object.values(state?.decisions ?? {}).flatMap(({ conditions }) => conditions.map((each) => each.id)),
  ]);
  return withIds(body, (given) => (isCode(given) || known.has(given) ? given : codeOf(sealKey, id, given)));
}

/** A closed case still takes what stops and what takes back. */
export function assertOpen(state: OpenedCase['state'], type: CommandType): void {
  if (state.stage === 'closed' && !fitsStage(type, state))
    throw new Problem('case-closed', { stage: 'closed', allowed: [] });
}

/** The rules ask this again; asked before anything is kept for a command that is not sent yet. */
export function assertOffice(reader: Reader, { state, rules }: OpenedCase, body: EdgeCommand): void {
  const facet = 'facet' in body ? body.facet : undefined;
  if (!maySend(body.type, actorOf(reader), state, rules, facet)) throw new Problem('not-your-command');
}

/** Whom a command names for an office: a person of the sender's own party who has one of these roles. */
interface NamedOfficial {
  readonly field: 'escort' | 'officer' | 'deputy';
  readonly official: OfficialId | undefined;
  readonly roles: readonly Role[];
}
function namedIn(body: EdgeCommand): readonly NamedOfficial[] {
  switch (body.type) {
    case 'assignEscort':
      return [{ field: 'escort', official: body.escort, roles: ['escort'] }];
    case 'assignOfficer':
      return [
        { field: 'officer', official: body.officer, roles: officerRoles },
        { field: 'deputy', official: body.deputy, roles: officerRoles },
      ];
    default:
      return [];
  }
}
async function assertNamed(parts: ApiParts, reader: Reader, body: EdgeCommand): Promise<void> {
  for (const { field, official: id, roles } of namedIn(body)) {
    if (id === undefined) continue;
    const official = await parts.findOfficial(id);
    const isInOffice =
      official?.disabled === false &&
      official.party === reader.party &&
      // A journey, and a case, may outlast an absence.
      hasAnyRole(ownRolesOf(official), roles);
    if (!isInOffice) throw new Problem('unknown-official', { field });
  }
}
