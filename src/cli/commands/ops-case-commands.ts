/** `homeward ops stuck` and `retry`: single cases, by reference and state. */
import type { Command } from 'commander';
import { rebuildProcess } from '../../../activities/upkeep/rebuild-process';
import { findReference } from '../../domain/model/reference';
import type { CaseId } from '../../domain/model/ids';
import { CliError } from '../cli-error';
import { exampleText } from '../command-context';
import type { CommandContext } from '../command-context';
import { withOperatorParts } from '../operator/parts';
import type { OperatorParts } from '../operator/parts';

export function addOpsCaseCommands(ops: Command, { run }: CommandContext): void {
  ops
    .command('stuck')
    .summary('cases whose workflow tasks fail again and again')
    .action(
      run(async (terminal) => {
        const stuck = await withOperatorParts(({ record }) => record.operations.listStuck());
        terminal.show(stuck, () =>
          stuck.length === 0
            ? ['None.']
            : stuck.map(
                ({ case: id, attempt, since, runId }) =>
                  `${id}  since ${since}, attempt ${attempt}, run ${runId}`,
              ),
        );
      }),
    );
  ops
    .command('retry')
    .argument('<cases...>', 'case references')
    .summary('end the workflow of a case and start it anew from the record; nothing is lost by it')
    .addHelpText('after', exampleText('ops retry 7Q2M-4ZK9'))
    .action(
      run(async (terminal, cases: string[]) => {
        const outcomes = await withOperatorParts(async (parts) => {
          const done = [];
          for (const id of cases)
            done.push({ case: id, outcome: await retry(parts, findReference(id) ?? id) });
          return done;
        });
        terminal.show(outcomes, () => outcomes.map(({ case: id, outcome }) => `${id}  ${said[outcome]}`));
        if (outcomes.some(({ outcome }) => outcome === 'not-open'))
          throw new CliError('refused', 'Not every one of them is an open case.');
      }),
    );
}

const said = {
  restarted: 'ended, and started anew from the record',
  started: 'did not run; started from the record',
  'not-open': 'there is no such open case',
} as const;

async function retry(parts: OperatorParts, id: CaseId): Promise<keyof typeof said> {
  // Only whether it is open is looked at; nothing of the case leaves this line.
  const stage = (await parts.record.load(id))?.state.stage;
  if (stage === undefined || stage === 'closed') return 'not-open';
  const status = await parts.processes.describe(id);
  if (status?.isRunning) {
    await rebuildProcess(parts, id, status, 'by-operator');
    return 'restarted';
  }
  await parts.processes.start(id, { cause: 'by-operator', at: new Date().toISOString() });
  return 'started';
}
