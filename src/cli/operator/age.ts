/** Encryption of backups, by age (age-encryption.org): its own format, so that its command line reads it too. */
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { CliError } from '../cli-error';

/** The clear bytes, readable by any of the recipients and by nobody else. */
export async function encrypted(clear: Readable, recipients: readonly string[]): Promise<Readable> {
  const encrypter = new Encrypter();
  if (recipients.length === 0)
    throw new CliError(
      'usage',
      'Nobody is named who may read the backup.',
      'Name them with --to age1…; `homeward ops backup-key FILE` makes a key.',
    );
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch {
      throw new CliError('usage', `${recipient} is no recipient of age.`, 'One begins with age1.');
    }
  }
  return fromWeb(await encrypter.encrypt(toWeb(clear)));
}

/** Throws a `CliError` when none of the identities in the file may read it. */
export async function decrypted(sealed: Readable, identityFile: string | undefined): Promise<Readable> {
  if (identityFile === undefined)
    throw new CliError('usage', 'The backup is encrypted.', 'Give the file of its key with --identity FILE.');
  const decrypter = new Decrypter();
  const lines = (await readFile(identityFile, 'utf8')).split(/\s*\n\s*/);
  const identities = lines.filter((line) => line.startsWith('AGE-SECRET-KEY-'));
  if (identities.length === 0)
    throw new CliError(
      'usage',
      `${identityFile} holds no key of age.`,
      'It has a line that begins with AGE-SECRET-KEY-.',
    );
  for (const identity of identities) decrypter.addIdentity(identity.trim());
  try {
    return fromWeb(await decrypter.decrypt(toWeb(sealed)));
  } catch {
    throw new CliError(
      'refused',
      `The key in ${identityFile} can’t read this backup.`,
      'Give the one that it was made for.',
    );
  }
}

/** The lines of a new key's file, as `age-keygen` writes them, and whom to encrypt to. */
export async function newIdentity(): Promise<{ text: string; recipient: string }> {
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  return {
    text: `# created: ${new Date().toISOString()}\n# public key: ${recipient}\n${identity}\n`,
    recipient,
  };
}

const toWeb = (stream: Readable): ReadableStream<Uint8Array> => Readable.toWeb(stream);
const fromWeb = (stream: ReadableStream<Uint8Array>): Readable => Readable.fromWeb(stream);
