/**
 * What a command refers to must be there: documents and recipients in the dossier, officials in the mechanism.
 * The rules can't look, as neither may travel through Temporal; so the edge does before it seals.
 */
import { ownRolesOf } from '../auth/official-directory';
import type { EdgeCommand } from '../contracts/commands';
import type { DocumentRef, RecipientRef } from '../domain/ids';
import type { CommandCall } from './prepare-command';
import { Problem } from './problem';

export async function assertReferences(call: CommandCall, body: EdgeCommand): Promise<void> {
  await assertOfficial(call, body);
  const documents = documentsIn(body);
  const recipient = body.type === 'nominateRecipient' ? body.recipient : undefined;
  if (documents.length === 0 && recipient === undefined) return;

  const { state } = call.found;
  const version = body.type === 'nominateRecipient' ? body.dossierVersion : state.dossier.version;
  const kept = await call.parts.register.findDossier(state.id, version);
  const knows = (list: 'documents' | 'recipients', ref: DocumentRef | RecipientRef): boolean =>
    kept?.dossier[list].some(({ id }) => id === ref) ?? false;
  if (recipient !== undefined && !knows('recipients', recipient))
    throw new Problem('unknown-recipient', { field: 'recipient' });
  for (const { field, ref } of documents)
    if (!knows('documents', ref)) throw new Problem('unknown-document', { field });
}

/** An escort is a person of the escort's own party whose office it is to travel along. */
async function assertOfficial({ parts, reader }: CommandCall, body: EdgeCommand): Promise<void> {
  if (body.type !== 'assignEscort') return;
  const official = await parts.findOfficial(body.escort);
  const mayTravel =
    official?.disabled === false &&
    official.party === reader.party &&
    // A journey may outlast an absence.
    ownRolesOf(official).includes('escort');
  if (!mayTravel) throw new Problem('unknown-official', { field: 'escort' });
}

const documentFields = ['evidence', 'documents', 'determination', 'waiver', 'document'] as const;

function documentsIn(body: EdgeCommand): { field: string; ref: DocumentRef }[] {
  const given = body as Partial<Record<(typeof documentFields)[number], DocumentRef | DocumentRef[]>>;
  return documentFields.flatMap((field) => [given[field] ?? []].flat().map((ref) => ({ field, ref })));
}
