/** The dossier of one case, corrected as a whole: forms of names are added or marked, never changed. */
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { Link } from 'wouter';
import { http } from '../api/client';
import type { CaseView } from '../api/types';
import { useCase } from '../case/use-case';
import { Receipt } from '../commands/receipt';
import { SendMessage } from '../commands/send-message';
import { TaskHeading } from '../commands/task-page';
import { isStale, useSend } from '../commands/use-send';
import { today } from '../parts/clock';
import { Loading, NotHere } from '../parts/parts';
import { paths } from '../paths';
import { useWords } from '../words/use-words';
import { DossierFields } from './dossier-fields';
import type { Kept } from './names-fields';
import { at, complete, EditingContext } from './editing';
import type { Json, Path } from './editing';
import { ReadFile } from './read-file';
import { useDossierDraft } from './use-dossier-draft';

export default function FilePage({ id }: { readonly id: string }) {
  const { view, isHidden } = useCase(id);
  const [isEditing, setEditing] = useState(false);
  if (isHidden) return <NotHere />;
  if (!view) return <Loading />;
  const canRevise = view.offers.some(({ type }) => (type as string) === 'reviseDossier');
  return isEditing && canRevise ? (
    <Revise view={view} />
  ) : (
    <ReadFile view={view} edit={canRevise ? () => setEditing(true) : undefined} />
  );
}

function Revise({ view }: { readonly view: CaseView }) {
  const words = useWords();
  const { id } = view;
  const start = { value: view.dossier, version: view.version, dossier: view.dossierVersion ?? 0 };
  const draft = useDossierDraft(`${id}:dossier`, start);
  const { state, send } = useSend(draft?.desk);
  const { act, means } = words.commands.reviseDossier;
  if (!draft) return <Loading />;
  if (state.is === 'recorded') return <Receipt id={id} act={act} answer={state.answer} />;
  const problem = state.is === 'refused' ? state.problem : undefined;
  const { value, set, version } = draft;
  // Over what somebody else has put into the dossier since, nothing is written: it is read and typed anew.
  const seen = problem && isStale(problem) && draft.dossier === start.dossier ? start.version : version;
  const kept: Kept = {
    names: (path: Path) => lengthOf(at(start.value, path)),
    documents: lengthOf(at(start.value, ['documents'])),
    recipients: lengthOf(at(start.value, ['recipients'])),
  };
  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    const body = complete(value);
    void send(
      (header) =>
        http.PUT('/v1/cases/{id}/dossier', {
          params: { path: { id }, header: { ...header, 'If-Match': `"${seen}"` } },
          body: body as never,
        }),
      seen,
    );
    scrollTo({ top: 0 });
  }
  return (
    <>
      <TaskHeading view={view} title={words.file.reviseTitle}>
        <p>{means}</p>
        <p className="note">{words.form.draftKept}</p>
      </TaskHeading>
      <EditingContext value={{ value, set, ...(problem && { problem }), prefix: '', today: today() }}>
        <form className="form" onSubmit={submit}>
          <SendMessage {...{ id, state }} seen={version} isMismatch={false} />
          <DossierFields kept={kept} />
          <div className="row">
            <button className="act" data-rank="first" aria-disabled={state.is === 'sending'}>
              {words.file.save}
            </button>
            <button type="button" className="act" onClick={draft.startOver}>
              {words.form.discard}
            </button>
            <Link className="act" href={paths.case(id)}>
              {words.form.back}
            </Link>
          </div>
        </form>
      </EditingContext>
    </>
  );
}
const lengthOf = (list: Json): number => (Array.isArray(list) ? list.length : 0);
