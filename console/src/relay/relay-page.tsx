/** A decision that came by note: entered by one officer, compared with the document and confirmed by a second. */
import { useState } from 'react';
import { Link } from 'wouter';
import type { TaskContext } from '../commands/fields';
import { OfCase, TaskHeading } from '../commands/task-page';
import { ReadPlan } from '../decide/read-plan';
import { useWords } from '../words/use-words';
import { paths } from '../paths';
import { ConfirmRelay } from './confirm-relay';
import { EnterRelay } from './enter-relay';

export default function RelayPage({ id }: { readonly id: string }) {
  return (
    <OfCase id={id} type="relayDecision">
      {(context) => <Relay context={context} />}
    </OfCase>
  );
}

function Relay({ context }: { readonly context: TaskContext }) {
  const { relay, form } = useWords();
  const { id, view, me } = context;
  const [isNew, setNew] = useState(false);
  const pending = view.pendingRelays ?? [];
  const canEnter = view.offers.some(({ type }) => type === 'relayDecision');
  const showsEntry = canEnter && (isNew || pending.length === 0);
  return (
    <>
      <TaskHeading view={view} title={relay.title} />
      <div className="stack">
        {!showsEntry &&
          pending.map((each) => (
            <ConfirmRelay
              key={each.id}
              view={view}
              relay={each}
              isOwn={each.enteredBy.official === me.official}
            />
          ))}
        {showsEntry ? (
          <ReadPlan newest={view.plan}>{(plan) => <EnterRelay context={context} plan={plan} />}</ReadPlan>
        ) : (
          <div className="row">
            {canEnter && (
              <button type="button" className="act" onClick={() => setNew(true)}>
                {relay.enterNew}
              </button>
            )}
            <Link className="act" href={paths.case(id)}>
              {form.back}
            </Link>
          </div>
        )}
      </div>
    </>
  );
}
