/** A case is opened: who asks whom, for which child, to whom the child is to return. */
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { http, isProblem } from '../api/client';
import type { Problem } from '../api/client';
import type { CommandAnswer } from '../api/types';
import { useMechanism, useNames } from '../case/use-case';
import { Receipt } from '../commands/receipt';
import { Loading, Panel, Refusal, useTitle } from '../parts/parts';
import { paths } from '../paths';
import { useMe } from '../session/use-session';
import { useWords } from '../words/use-words';
import { DossierFields } from './dossier-fields';
import { at, complete, EditingContext } from './editing';
import type { Json } from './editing';
import { todayText, unreachable } from './file-page';
import { CheckInput, SelectInput } from './inputs';
import { useDossierDraft } from './use-dossier-draft';

const nothingKept = { names: () => 0, documents: 0, recipients: 0 };

export default function NewCasePage() {
  const words = useWords();
  const names = useNames();
  const me = useMe();
  const mechanism = useMechanism();
  const client = useQueryClient();
  const [start] = useState(() => ({ value: firstDraft(me), version: 0 }));
  const draft = useDossierDraft('new-case', start);
  const [problem, setProblem] = useState<Problem>();
  const [answer, setAnswer] = useState<CommandAnswer>();
  const [isSending, setSending] = useState(false);
  const { act, means } = words.commands.openCase;
  useTitle(words.file.openTitle);
  if (!draft || !mechanism) return <Loading />;
  if (answer) return <Receipt id={answer.case} act={act} answer={answer} />;
  const { desk, value, set } = draft;
  const partiesOf = (kind: string) =>
    mechanism.parties
      .filter((party) => party.kind === kind)
      .map(({ id }) => ({ value: id, label: names.party(id) }));
  async function send(event: SyntheticEvent) {
    event.preventDefault();
    setSending(true);
    const { facts, ...dossier } = value as { facts: Record<string, Json> };
    const sent = await http
      .POST('/v1/cases', {
        params: { header: { 'Idempotency-Key': desk.draft.key } },
        body: {
          siblings: [],
          medicallyUrgent: false,
          ...facts,
          recipient: 'recipient-1',
          dossier: complete(dossier),
        } as never,
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
      <header>
        <h1>{words.file.openTitle}</h1>
        <p>{means}</p>
        <p className="note">{words.form.draftKept}</p>
      </header>
      <EditingContext
        value={{ value, set, ...(problem && { problem }), prefix: '/dossier', today: todayText() }}
      >
        <form className="form" onSubmit={(event) => void send(event)}>
          {problem && <Refusal heading={words.form.notSent} problem={problem} />}
          <Panel id="sides" title={words.file.sides}>
            <div className="pair-fields">
              <SelectInput
                path={['facts', 'requestingParty']}
                label={words.file.requesting}
                options={partiesOf('requesting')}
              />
              <SelectInput
                path={['facts', 'holdingParty']}
                label={words.file.holding}
                options={partiesOf('holding')}
              />
            </div>
            <CheckInput path={['facts', 'medicallyUrgent']} label={words.file.urgent} />
          </Panel>
          <DossierFields kept={nothingKept} />
          <div className="row">
            <button
              className="act"
              data-rank="first"
              aria-disabled={isSending || at(value, ['recipients', 0]) === undefined}
            >
              {words.file.open}
            </button>
            <button type="button" className="act" onClick={draft.startOver}>
              {words.form.discard}
            </button>
            <Link className="act" href={paths.cases}>
              {words.form.back}
            </Link>
          </div>
        </form>
      </EditingContext>
    </>
  );
}

const firstDraft = ({ kind, party }: { readonly kind: string; readonly party: string }): Json => ({
  facts: kind === 'requesting' ? { requestingParty: party } : {},
  child: {
    names: [{ script: 'latin', recordedOn: todayText() }],
    whereabouts: { known: false },
    healthNeeds: [],
    languages: [],
  },
  documents: [],
  recipients: [
    {
      id: 'recipient-1',
      names: [{ script: 'latin', recordedOn: todayText() }],
      kinship: { evidence: [] },
      custody: [],
    },
  ],
});
