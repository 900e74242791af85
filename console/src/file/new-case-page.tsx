/** A case is opened: who asks whom, for which child, to whom the child is to return. */
import type { SyntheticEvent } from 'react';
import { Link } from 'wouter';
import { http } from '../api/client';
import { useMechanism, useNames } from '../case/use-case';
import { Receipt } from '../commands/receipt';
import { SendMessage } from '../commands/send-message';
import { useSend } from '../commands/use-send';
import { today } from '../parts/clock';
import { Loading, Panel, useTitle } from '../parts/parts';
import { paths } from '../paths';
import { useMe } from '../session/use-session';
import { useWords } from '../words/use-words';
import { DossierFields } from './dossier-fields';
import { at, complete, EditingContext } from './editing';
import type { Json } from './editing';
import { CheckInput, SelectInput } from './inputs';
import { useDossierDraft } from './use-dossier-draft';

const nothingKept = { names: () => 0, documents: 0, recipients: 0 };

export default function NewCasePage() {
  const words = useWords();
  const names = useNames();
  const me = useMe();
  const mechanism = useMechanism();
  const draft = useDossierDraft('new-case', { value: firstDraft(me), version: 0, dossier: 0 });
  const { state, send } = useSend(draft?.desk);
  const { act, means } = words.commands.openCase;
  useTitle(words.file.openTitle);
  if (!draft || !mechanism) return <Loading />;
  if (state.is === 'recorded') return <Receipt id={state.answer.case} act={act} answer={state.answer} />;
  const { value, set } = draft;
  const problem = state.is === 'refused' ? state.problem : undefined;
  const partiesOf = (kind: string) =>
    mechanism.parties
      .filter((party) => party.kind === kind)
      .map(({ id }) => ({ value: id, label: names.party(id) }));
  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    const { facts, ...dossier } = value as { facts: Record<string, Json> };
    const body = {
      ...{ siblings: [], medicallyUrgent: false, ...facts, recipient: 'recipient-1' },
      dossier: complete(dossier),
    };
    void send((header) => http.POST('/v1/cases', { params: { header }, body: body as never }));
    scrollTo({ top: 0 });
  }
  return (
    <>
      <header>
        <h1>{words.file.openTitle}</h1>
        <p>{means}</p>
        <p className="note">{words.form.draftKept}</p>
      </header>
      <EditingContext value={{ value, set, ...(problem && { problem }), prefix: '/dossier', today: today() }}>
        <form className="form" onSubmit={submit}>
          <SendMessage id="" {...{ state }} seen={0} isMismatch={false} />
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
              aria-disabled={state.is === 'sending' || at(value, ['recipients', 0]) === undefined}
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
    names: [{ script: 'latin', recordedOn: today() }],
    whereabouts: { known: false },
    healthNeeds: [],
    languages: [],
  },
  documents: [],
  recipients: [
    {
      id: 'recipient-1',
      names: [{ script: 'latin', recordedOn: today() }],
      kinship: { evidence: [] },
      custody: [],
    },
  ],
});
