/**
 * Ids the edge makes. Those derived from a command are the same when the request is repeated, and keyed,
 * because they travel through Temporal: nobody there can try out texts against the id of a note.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { CaseId, CommandId, NoteId } from '../../domain/model/ids';
import type { Reader } from '../../auth/official-directory';

/** Two officials may choose the same key; mechanism ids hold no colon. */
export const commandIdOf = (reader: Pick<Reader, 'official'>, idempotencyKey: string): CommandId =>
  `${reader.official}:${idempotencyKey}`;
export const isCommandOf = (reader: Pick<Reader, 'official'>, id: CommandId): boolean =>
  id.startsWith(`${reader.official}:`);

const digest = (key: string, ...parts: string[]): Buffer =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest();

/** A UUID (version 8, RFC 9562) of the command, or what else it was said in, the place there, and the text. */
export function noteIdOf(key: string, saidIn: string, path: string, text: string): NoteId {
  const bytes = digest(key, 'note', saidIn, path, text).subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * The salt of the hash of the dossier that this command brings: nobody without the key can tell it from one drawn at
 * random, and a repeat of the request makes the same command.
 */
export const dossierSaltOf = (key: string, command: CommandId): string =>
  digest(key, 'dossier-salt', command).toString('hex');

/** In place of an id that its sender made up: the same for the same in one case. */
export const codeOf = (key: string, caseId: CaseId, id: string): string =>
  `x-${digest(key, 'id', caseId, id).toString('hex').slice(0, 16)}`;

/** UUIDs and ULIDs are made by machines and say nothing; any other key might. */
const machineMade =
  /^(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9A-HJKMNP-TV-Z]{26}|k-[0-9a-f]{32})$/i;
/** What stands for a request's key in the command's id, which travels through Temporal. */
export const keyOf = (key: string, idempotencyKey: string): string =>
  machineMade.test(idempotencyKey)
    ? idempotencyKey
    : `k-${digest(key, 'key', idempotencyKey).toString('hex').slice(0, 32)}`;

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Of a group; the letter keeps it from ever being a case's. */
export const drawGroupId = (): string => `G-${drawCaseId()}`;

/** A new reference, drawn at random: nothing about a case can be read from it. */
export const drawCaseId = (): CaseId => {
  const symbols = [...randomBytes(8)].map((byte) => crockford[byte & 31]);
  return `${symbols.slice(0, 4).join('')}-${symbols.slice(4).join('')}`;
};
