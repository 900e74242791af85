/** Reads the mechanism file that the configuration names, and keeps it in the record: what every start does first. */
import { readFileSync } from 'node:fs';
import { readMechanism } from './contracts/mechanism/file';
import { findText, whyNotText } from './contracts/utf8';
import type { MechanismRead } from './contracts/mechanism/file';
import type { Mechanism } from './contracts/mechanism/mechanism';
import { createPool } from './record/postgres/database';
import { createRecord } from './record/record';
import { StackError } from './stack/stack-error';

export interface LoadingParts {
  readonly databaseUrl: string;
  readonly sealKey: string;
  readonly oldSealKeys: readonly string[];
  /** Told, in words for a person, what the record found in itself. */
  readonly say: (line: string) => void;
  /** Told of what in the mechanism file is no fault and yet worth a look. */
  readonly warn: (line: string) => void;
}

/**
 * Vouches for what an earlier release has recorded, then keeps the mechanism. Refuses with every fault and its line. A version that is kept already with another content is refused by the
 * record (`mechanism-differs`): cases run under it.
 */
export async function loadMechanism(
  path: string,
  { databaseUrl, sealKey, oldSealKeys, say, warn }: LoadingParts,
): Promise<Mechanism> {
  const { mechanism, warnings } = readMechanismAt(path);
  for (const { line, path: at, message } of warnings) warn(`${path}, line ${line}: ${at}: ${message}`);
  const pool = createPool({ connectionString: databaseUrl, onIdleError: () => undefined });
  try {
    const record = createRecord({ pool, sealKey, oldSealKeys });
    const { adopted, doubts } = await record.selfCheck.adopt();
    if (adopted > 0)
      say(`${adopted} cases of an earlier release were looked at and are vouched for from now on.`);
    if (doubts.length > 0)
      say(`${new Set(doubts.map(({ id }) => id)).size} cases are in doubt; see “homeward ops doubts”.`);
    await record.saveMechanism(mechanism);
  } finally {
    await pool.end();
  }
  return mechanism;
}

function readMechanismAt(path: string): Extract<MechanismRead, { mechanism: Mechanism }> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new StackError(
      'configurationInvalid',
      `The mechanism file ${path} can’t be read.`,
      'Set HOMEWARD_MECHANISM to a file that is there, such as examples/mechanisms/doha.yaml.',
    );
  }
  const text = findText(bytes);
  if (text === undefined)
    throw new StackError(
      'configurationInvalid',
      `The mechanism file ${path} ${whyNotText(bytes)}.`,
      `\`homeward mechanism check ${path}\` says whether it can be read.`,
    );
  const read = readMechanism(text);
  if ('mechanism' in read) return read;
  throw new StackError(
    'configurationInvalid',
    `The mechanism file ${path} has faults:\n${read.faults.map(({ line, path: at, message }) => `  line ${line}: ${at} ${message}`).join('\n')}`,
    `Mend them; \`homeward mechanism check ${path}\` names them too.`,
  );
}
