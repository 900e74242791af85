/** Makes a sealed envelope of a command's body, and of what it says in words the notes that go with it. */
import { actorOf, ownRolesOf } from '../auth/official-directory';
import type { Reader } from '../auth/official-directory';
import type { EdgeCommand } from '../contracts/commands';
import { fitsStage, maySend } from '../domain/allowed-commands';
import type { CommandEnvelope, CommandType } from '../domain/commands';
import type { CaseId } from '../domain/ids';
import type { Note } from '../register/notes';
import type { ApiParts } from './api-parts';
import type { OpenedCase, RequestHeaders } from './define-route';
import { commandIdOf } from './derived-ids';
import { Problem } from './problem';
import { sealEdgeCommand } from './seal-command';

export interface CommandCall {
  readonly parts: ApiParts;
  readonly reader: Reader;
  readonly headers: RequestHeaders;
}

/** Throws a `Problem` when it names an escort who is none: of officials only the edge knows. */
export async function prepareCommand(
  { parts, reader, headers }: CommandCall,
  id: CaseId,
  body: EdgeCommand,
): Promise<{ envelope: CommandEnvelope; notes: Note[] }> {
  await assertEscort(parts, reader, body);
  const { expectedVersion, idempotencyKey } = headers;
  const asked = {
    id: commandIdOf(reader, idempotencyKey),
    case: id,
    reader,
    ...(expectedVersion !== undefined && { expectedVersion }),
  };
  return sealEdgeCommand(asked, body, parts);
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

/** An escort is a person of the escort's own party whose office it is to travel along. */
async function assertEscort(parts: ApiParts, reader: Reader, body: EdgeCommand): Promise<void> {
  if (body.type !== 'assignEscort') return;
  const official = await parts.findOfficial(body.escort);
  const mayTravel =
    official?.disabled === false &&
    official.party === reader.party &&
    // A journey may outlast an absence.
    ownRolesOf(official).includes('escort');
  if (!mayTravel) throw new Problem('unknown-official', { field: 'escort' });
}
