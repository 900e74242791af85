/** A revision of the dossier: laid ready in the record, then accepted by a command like any other. */
import { facetsTouchedBy, findLostNames } from '../../contracts/dossier/revision';
import type { Dossier } from '../../contracts/dossier/dossier';
import { bodyHash, canonicalHash, dossierHashOf } from '../../contracts/seal';
import { versionFor } from '../../domain/readers/event-readers';
import type { Command, CommandEnvelope } from '../../domain/model/commands';
import type { RecipientRef } from '../../domain/model/ids';
import type { OpenedCase } from '../define-route';
import { commandIdOf, dossierSaltOf } from './derived-ids';
import { assertOpen } from './prepare-command';
import type { CommandCall } from './prepare-command';
import { Problem } from '../problem';
import { sealCommand } from './seal-command';
import { findFirstAnswer, sendCommand } from './send-command';
import type { CommandAnswer } from './send-command';

export interface RevisionCall extends CommandCall {
  readonly found: OpenedCase;
}

export async function reviseDossier(call: RevisionCall, dossier: Dossier): Promise<CommandAnswer> {
  const { parts, reader, headers, found } = call;
  const { state } = found;
  const earlier = await findEarlier(call, dossier);
  const first = earlier && (await findFirstAnswer(parts, reader, earlier));
  if (first) return first;
  assertOpen(state, 'reviseDossier');
  // Said before anything is compared: against a version the sender has not read, nothing it says would be right.
  const version = versionFor(reader, state);
  if (headers.expectedVersion !== version) throw new Problem('stale-version', { version });

  const before = await parts.record.findDossier(state.id, state.dossier.version);
  if (!before) throw new Problem('internal');
  if (canonicalHash(before.dossier) === canonicalHash(dossier))
    throw new Problem('already-done', { version });
  const lost = findLostNames(before.dossier, dossier);
  if (lost.length > 0) {
    const errors = lost.map(({ path, code, message }) => ({
      pointer: path.map((step) => `/${step}`).join(''),
      code,
      message,
    }));
    throw new Problem('invalid-request', { errors });
  }
  if (!dossier.recipients.some(({ id }) => id === state.recipient.ref))
    throw new Problem('unknown-recipient', { field: 'recipients' });

  const { hash } = await parts.record.stageDossier(
    state.id,
    dossier,
    dossierSaltOf(parts.sealKey, commandIdOf(reader, headers.idempotencyKey)),
  );
  // The version after the one it was compared with: had another revision come between, the record refuses it.
  const next = { version: state.dossier.version + 1, hash };
  const envelope = sealRevision(call, revisionOf(before.dossier, dossier, next, state.recipient.ref));
  return sendCommand({ parts, reader, envelope });
}

function revisionOf(
  before: Dossier,
  after: Dossier,
  ref: { version: number; hash: string },
  recipient: RecipientRef,
): Command {
  const { facets, material } = facetsTouchedBy(before, after, recipient);
  return { type: 'reviseDossier', dossier: { version: ref.version, hash: ref.hash }, facets, material };
}

function sealRevision({ parts, reader, headers, found }: RevisionCall, command: Command): CommandEnvelope {
  const { idempotencyKey, expectedVersion } = headers;
  const asked = {
    id: commandIdOf(reader, idempotencyKey),
    case: found.state.id,
    reader,
    ...(expectedVersion !== undefined && { expectedVersion }),
  };
  return sealCommand(asked, command, parts);
}

/**
 * The command that an earlier request under this id made, if it was for this very dossier. Which version that
 * became is not known here, so the versions kept are tried, the newest first; there are few.
 */
async function findEarlier(call: RevisionCall, dossier: Dossier): Promise<CommandEnvelope | undefined> {
  const { parts, reader, headers, found } = call;
  const { state } = found;
  const kept = await parts.record.findCommand(commandIdOf(reader, headers.idempotencyKey));
  if (!kept) return undefined;
  // Without a salt by 0.2 and before.
  const salt = dossierSaltOf(parts.sealKey, commandIdOf(reader, headers.idempotencyKey));
  const hashes = [salt, undefined].map((one) => dossierHashOf(dossier, one));
  for (let version = state.dossier.version + 1; version >= 2; version -= 1) {
    const before = await parts.record.findDossier(state.id, version - 1);
    if (!before) continue;
    for (const hash of hashes) {
      const command = revisionOf(before.dossier, dossier, { version, hash }, state.recipient.ref);
      const envelope = sealRevision(call, command);
      if (bodyHash(envelope) === kept.bodyHash) return envelope;
    }
  }
  throw new Problem('command-id-reused');
}
