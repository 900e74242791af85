/** Makes a sealed envelope of what a signed-in official asked for; free text goes to the record first. */
import { actorOf } from '../../auth/official-directory';
import type { Reader } from '../../auth/official-directory';
import type { EdgeCommand } from '../../contracts/commands';
import { takeNotes } from '../../contracts/http/notes';
import { sealEnvelope } from '../../contracts/seal';
import { keyIdOf } from '../../contracts/voucher';
import type { Command, CommandEnvelope } from '../../domain/model/commands';
import type { CaseId, CommandId } from '../../domain/model/ids';
import type { Note } from '../../record/store/notes';
import { noteIdOf } from './derived-ids';

/** How this API seals. */
export interface Seals {
  readonly sealKey: string;
  /** How long what it seals may be recorded. */
  readonly sealHours: number;
}
export interface Asked {
  readonly id: CommandId;
  readonly case: CaseId;
  readonly reader: Reader;
  /** As this reader is told it. */
  readonly expectedVersion?: number;
}

/** Envelope and the notes it refers to; the notes must be kept before the envelope is sent. */
export function sealEdgeCommand(
  asked: Asked,
  body: EdgeCommand,
  seals: Seals,
): { envelope: CommandEnvelope; notes: Note[] } {
  const saidIn = saidInOf(asked, body);
  const { command, notes } = takeNotes(body, (path, text) => noteIdOf(seals.sealKey, saidIn, path, text));
  const { official, party } = asked.reader;
  const inNameOf = body.type === 'relayDecision' && { inNameOf: body.party };
  return {
    envelope: sealCommand(asked, command, seals),
    notes: notes.map(({ id, text }) => ({ id, text, case: asked.case, party, official, ...inNameOf })),
  };
}

/** The same words of the same hold are one note under any key, by which the rules know a hold that is sent again. */
const saidInOf = ({ id, case: caseId, reader }: Asked, body: EdgeCommand): string =>
  body.type === 'placeHold' ? `${reader.official}:${caseId}:${body.hold}` : id;

export const sealCommand = (
  { id, case: caseId, reader, expectedVersion }: Asked,
  command: Command,
  { sealKey, sealHours }: Seals,
): CommandEnvelope =>
  sealEnvelope(
    {
      id,
      case: caseId,
      actor: actorOf(reader),
      command,
      ...(expectedVersion !== undefined &&
        (reader.kind === 'mediator' ? { expectedVersion } : { expectedSeen: expectedVersion })),
      sealing: {
        mechanism: { id: reader.mechanism, version: reader.mechanismVersion },
        key: keyIdOf(sealKey),
        until: new Date(Date.now() + sealHours * 3_600_000).toISOString(),
      },
    },
    sealKey,
  );
