/**
 * Hashes and seals over canonical JSON (RFC 8785): what a repeat is recognised by, and what keeps an operator
 * with access to Temporal from giving a command in an official's name. The key is known to API and worker only.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Envelope } from '../domain/model/commands';
import type { Sha256 } from '../domain/model/ids';
import { isOfficial } from '../domain/model/parties';

/** Of a case or of any other kind of stream. */
export type AnyEnvelope = Envelope<{ readonly type: string }>;
const opensStream: readonly string[] = ['openCase', 'draftGroup'];

/** RFC 8785. */
export const canonicalJson = (value: unknown): string => {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('undefined has no canonical JSON');
  return text;
};

/** SHA-256 of the canonical JSON: the same for the same value, whatever the order of its keys. */
export const canonicalHash = (value: unknown): Sha256 =>
  createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex');

/**
 * Hash of one version of a dossier, as events and plans carry it. The salt stays with the dossier: without it a birth date
 * or a telephone number that a reader may not see could be found by trying. Versions of 0.2 and before have none.
 */
export const dossierHashOf = (dossier: unknown, salt: string | null | undefined): Sha256 =>
  canonicalHash(salt ? { salt, dossier } : dossier);

/**
 * What makes two requests with one command id the same request. An opening is compared without its reference:
 * the API draws a new one on each try, and the first answer names the case or the group that was opened.
 */
export function bodyHash({ case: id, actor, command, expectedVersion, expectedSeen }: AnyEnvelope): Sha256 {
  return canonicalHash({
    case: opensStream.includes(command.type) ? null : id,
    official: isOfficial(actor) ? actor.official : null,
    command,
    expectedVersion,
    expectedSeen,
  });
}

/** The envelope with its seal: HMAC-SHA256 over everything else in it. An earlier seal is replaced. */
export function sealEnvelope<Sealed extends AnyEnvelope>(envelope: Sealed, key: string): Sealed {
  return { ...envelope, seal: sealOf(envelope, key).toString('hex') };
}

/** The key that seals, and after it those that sealed before and are still believed. */
export type SealKeys = readonly [string, ...string[]];

/** Whether the seal is one of these keys' over exactly this envelope. False without a seal. */
export function isSealed(envelope: AnyEnvelope, keys: SealKeys): boolean {
  const given = Buffer.from(envelope.seal ?? '', 'hex');
  return keys.some((key) => {
    const expected = sealOf(envelope, key);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

function sealOf({ seal: _seal, ...rest }: AnyEnvelope, key: string): Buffer {
  return createHmac('sha256', key).update(canonicalJson(rest), 'utf8').digest();
}
