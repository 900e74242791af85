/** What one may say of an obligation short of meeting it: seen, later, or what happens with a case that stands still. */
import { Option } from 'commander';
import type { Command } from 'commander';
import { snoozeReasons, stalledNexts } from '../../domain/model/reminding';
import { CliError } from '../cli-error';
import { exampleText } from '../command-context';
import type { CommandContext } from '../command-context';
import type { Terminal } from '../terminal';
import { send, withSendOptions } from './send-commands';
import type { SendOptions } from './send-commands';

export function addObligationCommands(program: Command, { run }: CommandContext): void {
  withSendOptions(
    program
      .command('acknowledge')
      .argument('<case>')
      .argument('<obligation>', 'its kind, or its key as `inbox --json` lists it')
      .requiredOption('--until <time>', 'when you will have acted: 3d, 2h, or an ISO instant')
      .summary('say that you have seen it and will act: reminders wait until then')
      .addHelpText('after', exampleText('acknowledge 7Q2M-4ZK9 decide-on-plan --until 3d')),
  ).action(
    run(async (terminal, id: string, given: string, options: SendOptions & { until: string }) => {
      const obligation = await keyOf(terminal, id, given);
      await send(
        terminal,
        id,
        { type: 'acknowledgeObligation', obligation, until: instantOf(options.until) },
        options,
      );
    }),
  );
  withSendOptions(
    program
      .command('snooze')
      .argument('<case>')
      .argument('<obligation>', 'its kind, or its key as `inbox --json` lists it')
      .requiredOption('--until <time>', '3d, 2h, or an ISO instant')
      .addOption(new Option('--reason <reason>').choices(snoozeReasons).makeOptionMandatory())
      .option('--note <text>', 'needed with `other`')
      .summary('let reminders wait, with a reason; never for safety')
      .addHelpText(
        'after',
        exampleText('snooze 7Q2M-4ZK9 attest-facet --until 5d --reason awaiting-document'),
      ),
  ).action(
    run(
      async (
        terminal,
        id: string,
        given: string,
        { until, reason, note, ...options }: SendOptions & { until: string; reason: string; note?: string },
      ) => {
        const obligation = await keyOf(terminal, id, given);
        const body = { type: 'snoozeObligation', obligation, until: instantOf(until), reason };
        await send(terminal, id, note === undefined ? body : { ...body, note }, options);
      },
    ),
  );
  withSendOptions(
    program
      .command('review-stalled')
      .argument('<case>')
      .addOption(new Option('--next <next>', 'what happens now').choices(stalledNexts).makeOptionMandatory())
      .requiredOption('--review-by <date>', 'when it is looked at again, e.g. 2026-12-24')
      .option('--note <text>')
      .summary('say what happens with a case that stands still')
      .addHelpText(
        'after',
        exampleText('review-stalled 7Q2M-4ZK9 --next press-again --review-by 2026-12-24'),
      ),
  ).action(
    run(
      async (
        terminal,
        id: string,
        { next, reviewBy, note, ...options }: SendOptions & { next: string; reviewBy: string; note?: string },
      ) => {
        const body = { type: 'reviewStalledCase', next, reviewBy };
        await send(terminal, id, note === undefined ? body : { ...body, note }, options);
      },
    ),
  );
}

/** A kind is enough where the case has one of it. Escalations lie in others' inboxes: there the key is needed. */
async function keyOf(terminal: Terminal, id: string, given: string): Promise<string> {
  if (given.includes('@')) return given;
  const client = await terminal.client();
  const view = await client.get<{ obligations: readonly { key: string; kind: string }[] }>(
    `/v1/cases/${encodeURIComponent(id)}`,
  );
  const found = view.obligations.filter(({ kind }) => kind === given);
  const [only] = found;
  if (only && found.length === 1) return only.key;
  const keys = (found.length > 0 ? found : view.obligations).map(({ key }) => `  ${key}`);
  throw new CliError(
    'usage',
    found.length > 0 ? `${id} has several of ${given}:` : `${id} has no obligation ${given} that you see:`,
    keys.join('\n'),
  );
}

const lengths = { d: 86_400_000, h: 3_600_000, min: 60_000 } as const;
function instantOf(given: string): string {
  const [, amount, unit] = /^(\d{1,4})(d|h|min)$/.exec(given) ?? [];
  const at =
    unit === undefined
      ? Date.parse(given)
      : Date.now() + Number(amount) * lengths[unit as keyof typeof lengths];
  if (Number.isNaN(at))
    throw new CliError('usage', `${given} is no time: 3d, 2h, 30min, or 2026-12-24T09:00Z.`);
  return new Date(at).toISOString();
}
