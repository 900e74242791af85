/** The first officer: what the side decided, how it came, and the fingerprint of the document. */
import { objectionReasons, relayedActs } from '#domain/model/decisions';
import type { CaseView } from '../api/types';
import type { Plan } from '../case/plan-panel';
import { readInstant } from '../commands/date-field';
import { choice, instant, note, pick, pickMany } from '../commands/fields';
import type { FieldKind, TaskContext } from '../commands/fields';
import { legOptions, openConditions, sides } from '../commands/options';
import { Receipt } from '../commands/receipt';
import { Fields } from '../commands/task-fields';
import { TaskEnd, useTask } from '../commands/use-task';
import type { NewId } from '../commands/use-task';
import { WhatFollows } from '../commands/what-follows';
import { Conditions, conditionsIn } from '../decide/conditions';
import { Loading } from '../parts/parts';
import type { Typed } from '../session/draft';
import { useWords } from '../words/use-words';
import { PaperFields, paperIn } from './paper';

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

export function EnterRelay({
  context,
  plan,
}: {
  readonly context: TaskContext;
  readonly plan: Plan | undefined;
}) {
  const words = useWords();
  const { id, view } = context;
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
      <PaperFields task={task} />
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
    source: paperIn(typed),
  };
}
