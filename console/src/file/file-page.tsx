/** The dossier of one case, corrected as a whole: forms of names are added or marked, never changed. */
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { http, isProblem } from '../api/client';
import type { Problem } from '../api/client';
import type { CaseView, CommandAnswer } from '../api/types';
import { useCase } from '../case/use-case';
import { Receipt } from '../commands/receipt';
import { TaskHeading } from '../commands/task-page';
import { Loading, NotHere, Refusal } from '../parts/parts';
import { paths } from '../paths';
import { useWords } from '../words/use-words';
import { DossierFields } from './dossier-fields';
import type { Kept } from './dossier-fields';
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
  const client = useQueryClient();
  const { id } = view;
  const [start] = useState(() => ({ value: view.dossier, version: view.version }));
  const draft = useDossierDraft(`${id}:dossier`, start);
  const [problem, setProblem] = useState<Problem>();
  const [answer, setAnswer] = useState<CommandAnswer>();
  const [isSending, setSending] = useState(false);
  const { act, means } = words.commands.reviseDossier;
  if (!draft) return <Loading />;
  if (answer) return <Receipt id={id} act={act} answer={answer} />;
  const { desk, value, set, seen } = draft;
  const kept: Kept = {
    names: (path: Path) => lengthOf(at(start.value, path)),
    documents: lengthOf(at(start.value, ['documents'])),
    recipients: lengthOf(at(start.value, ['recipients'])),
  };
  async function send(event: SyntheticEvent) {
    event.preventDefault();
    setSending(true);
    const sent = await http
      .PUT('/v1/cases/{id}/dossier', {
        params: { path: { id }, header: { 'Idempotency-Key': desk.draft.key, 'If-Match': `"${seen}"` } },
        body: complete(value) as never,
      })
      .catch(() => undefined);
    setSending(false);
    if (sent?.data) {
      desk.drop();
      void client.invalidateQueries();
      setAnswer(sent.data);
      return;
    }
    if (isProblem(sent?.error)) desk.renewKey();
    setProblem(isProblem(sent?.error) ? sent.error : unreachable);
    scrollTo({ top: 0 });
  }
  return (
    <>
      <TaskHeading view={view} title={words.file.reviseTitle}>
        <p>{means}</p>
        <p className="note">{words.form.draftKept}</p>
      </TaskHeading>
      <EditingContext value={{ value, set, ...(problem && { problem }), prefix: '', today: todayText() }}>
        <form className="form" onSubmit={(event) => void send(event)}>
          {problem && <Refusal heading={words.form.notSent} problem={problem} />}
          <DossierFields kept={kept} />
          <div className="row">
            <button className="act" data-rank="first" aria-disabled={isSending}>
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
export const todayText = (): string => new Intl.DateTimeFormat('sv-SE').format(new Date());
/** As a refusal, so that it is said where refusals are. */
export const unreachable = { code: 'record-unavailable', title: '', status: 503 } as Problem;
