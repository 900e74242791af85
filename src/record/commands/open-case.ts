/**
 * Opens a case: dossier, notes and first events in one transaction. There is no row to lock yet; what keeps two
 * requests from opening two cases is the command id, and one reference from meaning two cases its primary key.
 */
import type { PoolClient } from 'pg';
import type { Dossier } from '../../contracts/dossier/dossier';
import { bodyHash as hashOf } from '../../contracts/seal';
import type { CommandEnvelope, CommandOf } from '../../domain/model/commands';
import type { CaseId } from '../../domain/model/ids';
import type { MechanismRef } from '../../domain/model/mechanism';
import { rejected } from '../../domain/model/rejections';
import { underAuthority } from '../people/authority';
import { beginWithCase, readCase } from '../store/case-reader';
import { decideOn, authenticityRejection, isIdReused } from './decision';
import { assertIsDossier, firstDossier } from '../store/dossiers';
import { writeFolds } from '../store/folds';
import { writeNotes } from '../store/notes';
import type { Note } from '../store/notes';
import { recordCase } from './case-stream';
import type { CaseSubmission } from './case-stream';
import { refuse } from './submit';
import type { SubmitParts } from './submit';
import type { Receipt, Submitted } from '../store/submission';
import { commit, query, retrying, pipeline } from '../postgres/transaction';

export interface Opening {
  /** Sealed; its command is `openCase`. */
  readonly envelope: CommandEnvelope;
  readonly dossier: Dossier;
  /** Of the dossier's hash. */
  readonly salt?: string;
  readonly notes: readonly Note[];
  readonly mechanism: MechanismRef;
}
export type OpenResult = Submitted & { readonly case: CaseId };

const known = { knownVersion: 0, route: 'edge' } as const;

/**
 * A repeat gives the first answer, and `case` the case that was opened then. `case-exists` means that the
 * reference is taken by another case: draw another and seal again, the command id is still free.
 */
export async function openCase(door: SubmitParts, opening: Opening): Promise<OpenResult> {
  const { command } = opening.envelope;
  if (command.type !== 'openCase') throw new TypeError(`openCase was given ${command.type}`);
  assertIsDossier(opening, command.dossier);
  return retrying(door.pool, (client) => openOnce(door, client, opening, command));
}

async function openOnce(
  door: SubmitParts,
  client: PoolClient,
  { envelope, dossier, salt, notes, mechanism }: Opening,
  command: CommandOf<'openCase'>,
): Promise<OpenResult> {
  const reading = await beginWithCase(client, door.cache, envelope, 0, command.siblings);
  const taken: CaseSubmission = {
    ...door,
    client,
    envelope,
    bodyHash: hashOf(envelope),
    options: known,
    reading,
    streamCache: door.cache,
  };
  const { state, now, earlier } = reading;
  // An opening that was refused has no case whose command it could be: its id stays free.
  const refused = async (rejection: Parameters<typeof refuse>[1]): Promise<OpenResult> => ({
    ...(await refuse(taken, rejection, { answersCommand: false })),
    case: envelope.case,
  });

  const distrust = authenticityRejection(envelope, known.route, door.sealKeys);
  if (distrust) return refused(distrust.rejection);
  if (isIdReused(earlier, taken.bodyHash)) return refused(rejected('command-id-reused').rejection);
  if (earlier?.receipt) return repeat(taken, earlier.receipt);
  if (state) return refused(rejected('case-exists').rejection);
  const kept = await door.mechanisms.findOn(client, mechanism);
  if (!kept) return refused(rejected('unknown-mechanism').rejection);

  const newest = await door.mechanisms.latestOn(client, mechanism.id);
  const authority = await underAuthority(client, envelope, newest, door.sealKeys, now);
  if ('rejection' in authority) return refused(authority.rejection);
  const judged = authority.envelope;

  const verdict = await decideOn({ ...taken, envelope: judged, state, rules: kept.rules, now, family: [] });
  if ('rejection' in verdict) return refused(verdict.rejection);
  await pipeline(client, [
    firstDossier(envelope.case, { dossier, ...(salt && { salt }) }, command.dossier, now),
    ...writeFolds(envelope.case, command.dossier.version, dossier),
    ...(notes.length > 0 ? [writeNotes(notes)] : []),
  ]);
  return {
    ...(await recordCase(
      taken,
      { state: undefined, rules: kept.rules, actor: judged.actor, now },
      verdict.events,
    )),
    case: envelope.case,
  };
}

async function repeat({ client, cache, mechanisms }: CaseSubmission, receipt: Receipt): Promise<OpenResult> {
  const { state, events } = await readCase(client, cache, receipt.case, 0);
  if (!state) throw new Error('a recorded opening has its case');
  const rules = await mechanisms.rulesOfStream(client, state);
  await query(client, commit);
  const found = { state, rules };
  return { outcome: 'repeated', version: state.version, events, rules, receipt, found, case: receipt.case };
}
