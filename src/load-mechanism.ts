/** Reads the mechanism file that the configuration names, and keeps it in the record: what every start does first. */
import { readFileSync } from 'node:fs';
import { readMechanism } from './contracts/mechanism-file';
import type { MechanismRead } from './contracts/mechanism-file';
import type { Mechanism } from './contracts/mechanism';
import { createPool } from './register/database';
import { createRegister } from './register/register';
import { StackError } from './stack/stack-error';

/**
 * Refuses with every fault and its line. A version that is kept already with another content is refused by the
 * record (`mechanism-differs`): cases run under it.
 */
export async function loadMechanism(
  path: string,
  { databaseUrl, sealKey, warn }: { databaseUrl: string; sealKey: string; warn: (line: string) => void },
): Promise<Mechanism> {
  const { mechanism, warnings } = readMechanismAt(path);
  for (const { line, path: at, message } of warnings) warn(`${path}, line ${line}: ${at}: ${message}`);
  const pool = createPool({ connectionString: databaseUrl, onIdleError: () => undefined });
  try {
    await createRegister({ pool, sealKey }).saveMechanism(mechanism);
  } finally {
    await pool.end();
  }
  return mechanism;
}

function readMechanismAt(path: string): Extract<MechanismRead, { mechanism: Mechanism }> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new StackError(
      'configurationInvalid',
      `The mechanism file ${path} can’t be read.`,
      'Set HOMEWARD_MECHANISM to a file that is there, such as examples/mechanisms/doha.yaml.',
    );
  }
  const read = readMechanism(text);
  if ('mechanism' in read) return read;
  throw new StackError(
    'configurationInvalid',
    `The mechanism file ${path} has faults:\n${read.faults.map(({ line, path: at, message }) => `  line ${line}: ${at} ${message}`).join('\n')}`,
    `Mend them; \`homeward mechanism check ${path}\` names them too.`,
  );
}
