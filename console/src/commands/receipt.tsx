/** What was recorded: a page that stays, and can be printed. */
import type { MouseEvent, ReactNode } from 'react';
import { Link } from 'wouter';
import type { CommandAnswer } from '../api/types';
import { useCase, useNames } from '../case/use-case';
import { Fact, Name, Reference, useTitle } from '../parts/parts';
import { goOnHere } from '../parts/focus';
import { When } from '../parts/when';
import { paths } from '../paths';
import { useMe } from '../session/use-session';
import { useWords } from '../words/use-words';
import { inFours, labelOf } from './command-field';

/** Of a double click on the button that sent: it would lead away from what has just come. */
function dropSecondClick(event: MouseEvent): void {
  if (event.detail < 2) return;
  event.preventDefault();
  event.stopPropagation();
}

export function Receipt({
  id,
  act,
  answer,
}: {
  readonly id: string;
  readonly act: string;
  readonly answer: CommandAnswer;
}) {
  const words = useWords();
  const names = useNames();
  const { view } = useCase(id);
  const { receipt, adjusted = [], proposal } = answer;
  return (
    <ReceiptOf
      {...{ id, act, receipt }}
      facts={adjusted.map(({ pointer }) => (
        <Fact key={pointer} name={words.form.adjusted}>
          {labelOf(words, pointer.slice(1))}
        </Fact>
      ))}
      back={
        <Link className="act" data-rank="first" href={paths.case(id)}>
          {words.form.toCase}
        </Link>
      }
    >
      {proposal !== undefined && <p>{words.form.proposed}</p>}
      {view && view.obligations.length > 0 && (
        <p className="note">
          {words.form.followedBy}:{' '}
          {view.obligations.slice(0, 4).map(({ key, kind, party }) => (
            <span key={key} className="line">
              <Name>{names.party(party)}</Name>: {words.obligations[kind]}
            </span>
          ))}
        </p>
      )}
      {view && <footer>{words.values.stage[view.stage]}</footer>}
    </ReceiptOf>
  );
}

/** The same of whatever stream it was recorded in. */
export function ReceiptOf({
  id,
  act,
  receipt,
  facts,
  back,
  children,
}: {
  readonly id: string;
  readonly act: string;
  readonly receipt: CommandAnswer['receipt'];
  readonly facts?: ReactNode;
  /** Where one goes on. */
  readonly back: ReactNode;
  readonly children: ReactNode;
}) {
  const words = useWords();
  const me = useMe();
  useTitle(words.form.recorded);
  return (
    <div className="form" role="status" tabIndex={-1} ref={goOnHere} onClickCapture={dropSecondClick}>
      <article className="paper">
        <header>
          <b>
            {words.form.recorded}: {act}
          </b>
          <span>{words.form.receipt}</span>
        </header>
        <dl className="facts">
          <Fact name={words.shell.homeward}>
            <Reference>{id}</Reference>
          </Fact>
          <Fact name={words.case.given}>
            <When at={receipt.at} />, <Name>{me.name}</Name>
          </Fact>
          <Fact name={words.form.version}>
            <Reference>{receipt.toVersion}</Reference>
          </Fact>
          <Fact name={words.form.fingerprint}>
            <Reference>{inFours(receipt.bodyHash.slice(0, 32))}</Reference>
          </Fact>
          {facts}
        </dl>
        {children}
      </article>
      <div className="row">
        {back}
        <Link className="act" href={paths.inbox}>
          {words.form.toInbox}
        </Link>
        <button type="button" className="act" onClick={() => print()}>
          {words.case.print}
        </button>
      </div>
    </div>
  );
}
