/** Deciding on a plan: `decide` as a side, `relay` and `confirm-relay` as the mediator. */
import { randomBytes } from 'node:crypto';
import { Option } from 'commander';
import type { Command } from 'commander';
import { objectionReasons } from '../../domain/model/decisions';
import { CliError } from '../cli-error';
import { exampleText } from '../command-context';
import type { CommandContext } from '../command-context';
import type { CaseSummary } from '../print/print-case';
import { relayIn, withSourceOptions } from '../relay-source';
import type { SourceOptions } from '../relay-source';
import type { Terminal } from '../terminal';
import { send, withSendOptions } from './send-commands';
import type { SendOptions } from './send-commands';

interface DecisionOptions extends SendOptions {
  readonly plan?: string;
  readonly condition: readonly string[];
  readonly reason?: string;
  readonly note?: string;
}
type RelayOptions = DecisionOptions & SourceOptions;

const acts = ['approve', 'object', 'withdraw'] as const;
type Act = (typeof acts)[number];

export function addDecisionCommands(program: Command, { run }: CommandContext): void {
  withSendOptions(
    withDecisionOptions(program.command('decide').argument('<case>').argument('<act>', acts.join(', '))),
  )
    .summary('approve the plan, object to it, or withdraw your approval')
    .addHelpText(
      'after',
      exampleText(
        'decide 7Q2M-4ZK9 approve --plan 1',
        'decide 7Q2M-4ZK9 approve --plan 1 --condition "a nurse travels along"',
        'decide 7Q2M-4ZK9 object --plan 1 --reason route --note "not through that crossing"',
        'decide 7Q2M-4ZK9 withdraw --note "new information"',
      ),
    )
    .action(
      run(async (terminal, id: string, act: string, options: DecisionOptions) => {
        const { act: _said, ...decision } = await decisionOf(terminal, id, act, options);
        const type = { approve: 'approvePlan', object: 'objectToPlan', withdraw: 'withdrawApproval' }[
          act as Act
        ];
        await send(terminal, id, { type, ...decision }, options);
      }),
    );
  withSourceOptions(
    withSendOptions(
      withDecisionOptions(program.command('relay').argument('<case>').argument('<act>', acts.join(', '))),
    ),
  )
    .summary('enter a side’s decision that reached you by note, letter or call')
    .addHelpText(
      'after',
      exampleText(
        'relay 7Q2M-4ZK9 approve --plan 1 --party russia --channel note-verbale --reference "12/34" --dated 2026-03-01 --document note.pdf',
      ),
    )
    .action(
      run(async (terminal, id: string, act: string, options: RelayOptions) => {
        const decision = await decisionOf(terminal, id, act, options);
        const relayed = await relayIn(options);
        await send(terminal, id, { type: 'relayDecision', ...relayed, decision }, options);
        terminal.say(`Another mediator confirms it: homeward confirm-relay ${id} ${relayed.relay}`);
      }),
    );
  withSendOptions(program.command('confirm-relay').argument('<case>').argument('<relay>'))
    .summary('confirm a decision that another mediator entered')
    .action(
      run((terminal, id: string, relay: string, options: SendOptions) =>
        send(terminal, id, { type: 'confirmRelay', relay }, options),
      ),
    );
}

const withDecisionOptions = (command: Command): Command =>
  command
    .option('--plan <version>', 'the plan you mean; needed to approve or object')
    .option('--condition <text>', 'approve on this condition; may be repeated', collect, [])
    .addOption(new Option('--reason <reason>', 'why you object').choices(objectionReasons))
    .option('--note <text>', 'a remark');
const collect = (text: string, before: string[]): string[] => [...before, text];

/** The hash binds the decision to this very plan; the version is asked for, so that nobody approves another unseen. */
async function decisionOf(
  terminal: Terminal,
  id: string,
  act: string,
  { plan: asked, condition, reason, note }: DecisionOptions,
): Promise<{ readonly act: string } & Record<string, unknown>> {
  if (!(acts as readonly string[]).includes(act))
    throw new CliError('usage', `${act} is no decision: ${acts.join(', ')}.`);
  const remark = note === undefined ? {} : { note };
  if (act === 'withdraw') return { act, ...remark };
  const client = await terminal.client();
  const { plan } = await client.get<CaseSummary>(`/v1/cases/${encodeURIComponent(id)}`);
  if (!plan) throw new CliError('refused', 'The case has no plan yet.');
  if (asked === undefined)
    throw new CliError(
      'usage',
      'Say which plan you mean.',
      `The latest is --plan ${plan.version}; see homeward show ${id}`,
    );
  if (asked !== String(plan.version))
    throw new CliError(
      'refused',
      `The latest plan is version ${plan.version}, not ${asked}.`,
      `homeward show ${id}`,
    );
  const bound = { planVersion: plan.version, planHash: plan.hash };
  if (act === 'object') {
    if (reason === undefined) throw new CliError('usage', `Say why: --reason ${objectionReasons.join('|')}.`);
    return { act, ...bound, reason, ...remark };
  }
  const stem = randomBytes(3).toString('hex');
  const conditions = condition.map((text, at) => ({ id: `c-${stem}-${at + 1}`, note: text }));
  return { act, ...bound, conditions };
}
