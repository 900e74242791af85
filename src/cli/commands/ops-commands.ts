/**
 * `homeward ops …` and `homeward rebuild`: for who runs Homeward. They reach Postgres and Temporal directly, show
 * references and states, and can decide nothing.
 */
import type { Command } from 'commander';
import { CliError } from '../cli-error';
import { exampleText } from '../command-context';
import type { CommandContext } from '../command-context';
import { addOpsBackupCommands } from './ops-backup-commands';
import { addOpsCaseCommands } from './ops-case-commands';
import { addOpsRecordCommands } from './ops-record-commands';
import { addOpsLetterCommands } from './ops-letter-commands';
import { runChecks } from '../operator/checks';
import { withOperatorParts } from '../operator/parts';
import { printStatus } from '../operator/print-status';
import { progressBar } from '../operator/progress-bar';
import { rebuildAll } from '../operator/rebuild';
import { reconcileNow } from '../operator/reconcile-now';
import { versionsOf } from '../operator/versions';

export function addOpsCommands(program: Command, context: CommandContext): void {
  const ops = program
    .command('ops')
    .summary('for who runs Homeward: how it stands, and what to do about it')
    .addHelpText('after', exampleText('ops status', 'ops reconcile', 'rebuild --all'));
  addStatus(ops, context);
  addReconcile(ops, context);
  addOpsLetterCommands(ops, context);
  addOpsCaseCommands(ops, context);
  addOpsRecordCommands(ops, context);
  addOpsBackupCommands(ops, context);
  addRebuild(program, context);
}

function addStatus(ops: Command, { run }: CommandContext): void {
  ops
    .command('status')
    .summary('whether anything is wrong, and the next command for each thing that is')
    .action(
      run(async (terminal) => {
        const { versions, checks, restarts } = await withOperatorParts(async (parts) => ({
          versions: await versionsOf(parts),
          checks: await runChecks(parts),
          restarts: await parts.record.operations.countRestarts(86_400_000),
        }));
        const wrong = checks.filter(({ ok }) => !ok).length;
        terminal.show({ ok: wrong === 0, versions, checks, restarts }, () =>
          printStatus(checks, versions, restarts),
        );
        if (wrong > 0)
          throw new CliError('refused', wrong === 1 ? 'One thing is wrong.' : `${wrong} things are wrong.`);
      }),
    );
}

function addReconcile(ops: Command, { run }: CommandContext): void {
  ops
    .command('reconcile')
    .summary('compare open cases with running workflows now, instead of within the minute')
    .action(
      run(async (terminal) => {
        const round = await withOperatorParts((parts) => reconcileNow(parts, () => undefined));
        const { open, running, started, missing, nudged, answered } = round.counts;
        terminal.show(round, () => [
          `${open} open cases, ${running} ran; ${started} started, ${missing} still missing, ${nudged} told, ${answered} commands of release 0.1 answered; ${round.tookMs} ms.`,
        ]);
      }),
    );
}

function addRebuild(program: Command, { run }: CommandContext): void {
  program
    .command('rebuild')
    .summary('start the processes of open cases anew from the record')
    .requiredOption('--all', 'every open case without a running workflow')
    .option(
      '--running-since-before <instant>',
      'also end and start anew what has run since before, e.g. the instant at which a backup was restored',
    )
    .addHelpText(
      'after',
      `${exampleText('rebuild --all', 'rebuild --all --running-since-before 2026-11-23T10:00:00Z')}
Interrupted, it is simply run again. Nobody is reminded twice: what was said stands in the record.
`,
    )
    .action(
      run(async (terminal, options: { runningSinceBefore?: string }) => {
        const before = options.runningSinceBefore;
        if (before !== undefined && Number.isNaN(Date.parse(before)))
          throw new CliError('usage', `${before} is no instant.`, 'For example 2026-11-23T10:00:00Z.');
        const bar = progressBar('Rebuilding', !terminal.json);
        const rebuilt = await withOperatorParts(async (parts) => {
          try {
            return await rebuildAll(
              parts,
              (done, of) => {
                bar.update(done, of);
              },
              before === undefined ? {} : { before: new Date(before).toISOString() },
            );
          } finally {
            bar.stop();
          }
        });
        const { open, running, started, failed, seconds } = rebuilt;
        terminal.show(rebuilt, () => [
          `${open} open cases: ${started} started from the record, ${running} ran already, ${failed} failed; ${seconds} s.`,
        ]);
        if (failed > 0)
          throw new CliError(
            'refused',
            `${failed} could not be started.`,
            'Run it again: what runs is passed over.',
          );
      }),
    );
}
