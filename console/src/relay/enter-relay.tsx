/** The first officer: what the side decided, how it came, and the fingerprint of the document. */
import { objectionReasons, relayChannels, relayedActs } from '#domain/model/decisions';
import type { CaseView } from '../api/types';
import type { Plan } from '../case/plan-panel';
import { FileHashField } from '../commands/command-field';
import { readDay, readInstant } from '../commands/date-field';
import { Fault } from '../commands/fault';
import { date, choice, instant, note, pick, pickMany } from '../commands/fields';
import type { FieldKind, TaskContext } from '../commands/fields';
import { legOptions, openConditions, sides } from '../commands/options';
import { Receipt } from '../commands/receipt';
import { Fields } from '../commands/task-fields';
import { TaskEnd, useTask } from '../commands/use-task';
import type { NewId } from '../commands/use-task';
import { WhatFollows } from '../commands/what-follows';
import { Conditions, conditionsIn } from '../decide/conditions';
import { useMost } from '../parts/most';
import { Loading } from '../parts/parts';
import type { Typed } from '../session/draft';
import { useWords } from '../words/use-words';

/** Only where the sides are asked about somebody whom the plan does not name. */
const always = ({ recipient }: CaseView) => ({
  party: pick(sides),
  act: choice(
    'decision',
    relayedActs.filter((act) => act !== 'approve-recipient' || recipient.approvedBy !== undefined),
  ),
});
/** What is asked beside, by what the side decided. */
const beside: Readonly<Record<string, Readonly<Record<string, FieldKind>>>> = {
  object: { reason: choice('objectionReason', objectionReasons), note: note() },
  withdraw: { note: note() },
  'settle-condition': { condition: pick(openConditions), outcome: choice('settlement', ['met', 'waived']) },
  'approve-recipient': { note: note() },
  'grant-safe-conduct': { legs: pickMany(legOptions), opens: instant(), until: instant() },
  'withdraw-safe-conduct': { note: note() },
};
const source = { channel: choice('relayChannel', relayChannels), dated: date() };

export function EnterRelay({
  context,
  plan,
}: {
  readonly context: TaskContext;
  readonly plan: Plan | undefined;
}) {
  const words = useWords();
  const { id, view } = context;
  const limit = useMost(80);
  const task = useTask(view, `relayDecision:${plan?.version ?? 0}`, {
    weight: 'plain',
    read: (typed, newId) => commandOf(typed, { plan, recipient: view.recipient.ref }, newId),
    isComplete: (_command, { documentHash = [] }) => Boolean(documentHash[0]),
  });
  if (!task) return <Loading />;
  if (task.answer) return <Receipt id={id} act={words.relay.title} answer={task.answer} />;
  const act = task.before('act') ?? '';
  return (
    <form className="form" {...task.form}>
      {task.message}
      <Fields {...{ task, context, fields: always(view) }} />
      {act === 'approve' && <Conditions typed={task.typed} optional />}
      <Fields {...{ task, context, fields: beside[act] ?? {} }} />
      <Fields {...{ task, context, fields: source }} />
      <div className="field">
        <label htmlFor="reference">{words.fields.reference}</label>
        <input
          id="reference"
          name="reference"
          ref={limit}
          dir="auto"
          required
          defaultValue={task.before('reference')}
          placeholder="№ 12/34"
        />
        <Fault name="reference" fault={task.fault('source')} />
      </div>
      <FileHashField
        name="documentHash"
        label={words.fields.documentHash}
        before={task.before('documentHash')}
        fault={undefined}
      />
      <p className="note">{words.relay.secondOfficer}</p>
      <WhatFollows id={id} command={task.command} />
      <TaskEnd task={task} act={words.commands.relayDecision.act} />
    </form>
  );
}

interface About {
  readonly plan: Plan | undefined;
  readonly recipient: string;
}
function commandOf(typed: Typed, { plan, recipient }: About, newId: NewId) {
  const one = (name: string): string | undefined => typed[name]?.[0] || undefined;
  const about = { planVersion: plan?.version, planHash: plan?.hash };
  const text = one('note');
  const decisions: Readonly<Record<string, object>> = {
    approve: { ...about, conditions: conditionsIn(typed, newId) },
    object: { ...about, reason: one('reason'), ...(text && { note: text }) },
    withdraw: { ...(text && { note: text }) },
    'settle-condition': { condition: one('condition'), outcome: one('outcome') },
    'approve-recipient': { recipient, ...(text && { note: text }) },
    'grant-safe-conduct': {
      legs: (typed.legs ?? []).filter((leg) => leg !== ''),
      opens: readInstant(typed, 'opens'),
      until: readInstant(typed, 'until'),
    },
    'withdraw-safe-conduct': { ...(text && { note: text }) },
  };
  const act = one('act') ?? '';
  return {
    type: 'relayDecision',
    relay: newId('relay'),
    party: one('party'),
    decision: { act, ...decisions[act] },
    source: {
      channel: one('channel'),
      reference: one('reference'),
      dated: readDay(typed, 'dated'),
      documentHash: one('documentHash'),
    },
  };
}
