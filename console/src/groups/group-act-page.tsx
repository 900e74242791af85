/** One command of a group as a page: what is asked, what it means, one button, and a receipt that stays. */
import { useState } from 'react';
import { Link } from 'wouter';
import type { GroupAnswer, GroupView } from '../api/types';
import { useNames } from '../case/use-case';
import { ReceiptOf } from '../commands/receipt';
import { TaskEnd, useTask } from '../commands/use-task';
import { briefsBy } from '../parts/case-link';
import { Loading, Name, NotHere, Reference, useTitle } from '../parts/parts';
import { paths } from '../paths';
import { useWords } from '../words/use-words';
import { Children } from './children';
import { isGroupAct, stops } from './group-acts';
import { groupForms } from './group-forms';
import type { GroupAct } from './group-acts';
import { Left } from './left';
import { useGroup } from './use-group';
import { useGroupWords } from './use-group-words';

export default function GroupActPage({ id, type }: { readonly id: string; readonly type: string }) {
  const { view, isHidden } = useGroup(id);
  if (isHidden || !isGroupAct(type)) return <NotHere />;
  return view ? <Act view={view} type={type} /> : <Loading />;
}

function Act({ view, type }: { readonly view: GroupView; readonly type: GroupAct }) {
  const groups = useGroupWords();
  const { form: said } = useWords();
  const { isOfList } = groupForms[type];
  const [first] = useState(view.list.version);
  // Once sent it is no longer allowed, and that is as it should be.
  const [wasAllowed] = useState(view.allowed.includes(type));
  const { act, means } = groups.commands[type];
  useTitle(act);
  return (
    <>
      <header>
        <p className="note">
          <Link href={paths.group(view.id)}>
            {groups.one} <Reference>{view.id}</Reference>
          </Link>
        </p>
        <h1>{act}</h1>
        <p>{means}</p>
      </header>
      {isOfList && first !== view.list.version && (
        <p className="message apart" data-is="late" role="status">
          {groups.listChanged}
        </p>
      )}
      {!wasAllowed && !view.allowed.includes(type) && (
        <p className="message apart" data-is="late" role="status">
          {said.notYours}
        </p>
      )}
      <ActForm key={isOfList ? view.list.version : ''} {...{ view, type }} />
    </>
  );
}

function ActForm({ view, type }: { readonly view: GroupView; readonly type: GroupAct }) {
  const groups = useGroupWords();
  const { weight, Asks, read, isOfList, isComplete, start } = groupForms[type];
  const task = useTask<GroupAnswer>(view, isOfList ? `${type}:${view.list.version}` : type, {
    weight,
    read: (typed, newId) => ({ type, ...read(typed, view, newId) }),
    ...(start && { start: start(view) }),
    // It shows the children as they are now, and whoever sends it has seen that.
    isLive: isOfList,
  });
  if (!task) return <Loading />;
  const { act } = groups.commands[type];
  if (task.answer) return <GroupReceipt {...{ view, act }} answer={task.answer} />;
  return (
    <form className="form" {...task.form}>
      {task.message}
      <Asks {...{ view, task }} />
      <TaskEnd
        {...{ task, act }}
        isStop={stops.includes(type)}
        isOff={isComplete?.(task.typed, view) === false}
        {...(type === 'departGroup' && { why: groups.confirmDepart })}
      />
    </form>
  );
}

export function GroupReceipt({
  view,
  act,
  answer,
}: {
  readonly view: GroupView | undefined;
  readonly act: string;
  readonly answer: GroupAnswer;
}) {
  const groups = useGroupWords();
  const names = useNames();
  const { group, receipt, state, departure, saidOf } = answer;
  const briefs = briefsBy(view?.children ?? []);
  const duties = view?.duties ?? [];
  return (
    <ReceiptOf
      {...{ id: group, act, receipt }}
      back={
        <Link className="act" data-rank="first" href={paths.group(group)}>
          {groups.toGroup}
        </Link>
      }
    >
      {departure && !saidOf && (
        <>
          <h2>
            {groups.wentOff}: {departure.departed.length}
          </h2>
          <Children cases={departure.departed} briefs={briefs} />
        </>
      )}
      {saidOf && (
        <>
          <h2>
            {groups.saidOf}: {saidOf.length}
          </h2>
          <Children cases={saidOf} briefs={briefs} />
        </>
      )}
      {departure && !saidOf && departure.left.length > 0 && (
        <>
          <h2>
            {groups.leftBehind}: {departure.left.length}
          </h2>
          <Left left={departure.left} briefs={briefs} />
        </>
      )}
      {duties.length > 0 && (
        <p className="note">
          {groups.followedBy}:{' '}
          {duties.slice(0, 6).map(({ kind, party, subject = '' }) => (
            <span key={`${kind} ${party} ${subject}`} className="line">
              <Name>{names.party(party)}</Name>: {groups.duties[kind]}
            </span>
          ))}
        </p>
      )}
      <footer>{groups.states[state]}</footer>
    </ReceiptOf>
  );
}
