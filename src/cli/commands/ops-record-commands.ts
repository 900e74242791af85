/** `homeward ops doubts` and `vouch`: what in the record is not as it was recorded, and what an operator says of it. */
import type { Command } from 'commander';
import { parseConfig } from '../../config';
import type { CaseId } from '../../domain/model/ids';
import { createPool } from '../../record/postgres/database';
import { doubtCodes } from '../../record/commands/doubts';
import { createRecord } from '../../record/record';
import { findSealKeys } from '../../stack/seal-key';
import { CliError } from '../cli-error';
import { exampleText } from '../command-context';
import type { CommandContext } from '../command-context';
import { findDatabase, withOperatorParts } from '../operator/parts';

export function addOpsRecordCommands(ops: Command, { run }: CommandContext): void {
  ops
    .command('doubts')
    .summary('cases, mechanisms and absences that are not as they were recorded')
    .action(
      run(async (terminal) => {
        const doubts = await withOperatorParts(({ record }) => record.selfCheck.listDoubts());
        terminal.show(doubts, () =>
          doubts.length === 0
            ? ['None.']
            : doubts.map(
                ({ kind, id, version, code }) => `${kind} ${id}  at ${version}: ${doubtCodes[code]}`,
              ),
        );
      }),
    );
  ops
    .command('vouch')
    .argument('<cases...>', 'case references')
    .requiredOption(
      '--as-stored',
      'I have compared each with the sides’ own papers: what is stored is what they did',
    )
    .summary('take cases as they are stored, after the seal key was lost; needs the present key')
    .addHelpText('after', exampleText('ops vouch 7Q2M-4ZK9 --as-stored'))
    .action(
      run(async (terminal, cases: string[]) => {
        const left = await vouch(cases.map((id) => id.toUpperCase()));
        terminal.show(left, () =>
          cases.map((id) => `${id}  ${left[id.toUpperCase()] === 0 ? 'vouched for' : 'still in doubt'}`),
        );
        if (Object.values(left).some((count) => count > 0))
          throw new CliError('refused', 'Some of it was never sealed by anybody.', 'homeward ops doubts');
      }),
    );
}

async function vouch(cases: readonly CaseId[]): Promise<Record<CaseId, number>> {
  const config = parseConfig(process.env);
  const { databaseUrl } = findDatabase();
  const [sealKey, ...oldSealKeys] = findSealKeys(config);
  if (sealKey === undefined)
    throw new CliError('usage', 'The seal key is not here.', 'Give it as HOMEWARD_SEAL_KEY.');
  const pool = createPool({ connectionString: databaseUrl, max: 2, onIdleError: () => undefined });
  try {
    const { selfCheck } = createRecord({ pool, sealKey, oldSealKeys });
    const left: Record<CaseId, number> = {};
    for (const id of cases) left[id] = (await selfCheck.vouchByHand(id)).length;
    return left;
  } finally {
    await pool.end();
  }
}
