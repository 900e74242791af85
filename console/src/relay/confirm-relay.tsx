/** The second officer: the paper as it was entered, the same file chosen again, and the end of the reference. */
import { useState } from 'react';
import { Link } from 'wouter';
import type { CaseView } from '../api/types';
import { Receipt } from '../commands/receipt';
import { actAddress } from '../commands/task-address';
import { TaskEnd, useTask } from '../commands/use-task';
import { WhatFollows } from '../commands/what-follows';
import { PersonName } from '../parts/child';
import { Fact, Loading, Name, Reference } from '../parts/parts';
import { fill, useWords } from '../words/use-words';
import { ComparePaper, Paper } from './paper';

type PendingRelay = NonNullable<CaseView['pendingRelays']>[number];

export function ConfirmRelay({
  view,
  relay,
  isOwn,
}: {
  readonly view: CaseView;
  readonly relay: PendingRelay;
  readonly isOwn: boolean;
}) {
  const words = useWords();
  const { id } = view;
  const [hash, setHash] = useState<string>();
  const command = { type: 'confirmRelay', relay: relay.id };
  const task = useTask(view, `confirmRelay:${relay.id}`, { weight: 'grave', read: () => command });
  if (!task) return <Loading />;
  if (task.answer) return <Receipt id={id} act={words.commands.confirmRelay.act} answer={task.answer} />;
  const { act, source } = relay;
  const recipient =
    'recipient' in act && view.dossier?.recipients?.find((known) => known.id === act.recipient);
  const isSame = hash === source.documentHash;
  return (
    <form className="form" {...task.form}>
      <Paper relay={relay} act={words.values.decision[act.act]}>
        {'planVersion' in act && (
          <Fact name={fill(words.case.plan, { n: act.planVersion })}>
            <Reference>{act.planHash.slice(0, 8)}</Reference>
          </Fact>
        )}
        {act.act === 'approve-recipient' && (
          <Fact name={words.case.recipient}>
            {recipient ? <PersonName names={recipient.names} /> : act.recipient}
          </Fact>
        )}
        {act.act === 'object' && (
          <Fact name={words.case.reason}>{words.values.objectionReason[act.reason]}</Fact>
        )}
        {act.act === 'approve' &&
          act.conditions.map(({ id: condition, note }) => (
            <Fact key={condition} name={words.case.condition}>
              <Name>{note ?? condition}</Name>
            </Fact>
          ))}
      </Paper>
      {task.message}
      {isOwn ? (
        <p>{words.inbox.notYou['own-relay']}</p>
      ) : (
        <>
          <ComparePaper name={`file-${relay.id}`} {...{ hash, isSame }} onHash={setHash} />
          <WhatFollows id={id} command={isSame ? command : undefined} />
          <TaskEnd
            task={task}
            act={words.commands.confirmRelay.act}
            isOff={!isSame}
            back={
              <Link className="act" data-rank="stop" href={actAddress(id, 'rejectRelay', relay.id)}>
                {words.commands.rejectRelay.act}
              </Link>
            }
          />
        </>
      )}
    </form>
  );
}
