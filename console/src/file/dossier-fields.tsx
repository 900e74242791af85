/** The dossier, section by section: child, papers, recipients. */
import { paperKinds } from '#domain/model/dossier-facts';
import { FileHashField } from '../commands/command-field';
import { Panel } from '../parts/parts';
import { useWords } from '../words/use-words';
import { at, useEditing } from './editing';
import type { Json, Path } from './editing';
import { Carer, Description } from './description-fields';
import { CheckInput, DayInput, ListInput, ManyInput, Repeated, SelectInput, TextInput } from './inputs';
import { custodyBases, languageTags, missingConsents, recipientKinds, relations, sexes } from './lists';
import { Names } from './names-fields';
import type { Kept } from './names-fields';
import { useHolders, usePapers } from './use-papers';

export function DossierFields({ kept }: { readonly kept: Kept }) {
  const { file } = useWords();
  return (
    <>
      <Panel id="child" title={file.child}>
        <Names path={['child', 'names']} kept={kept} />
        <Birth path={['child', 'birthDate']} optional={false} />
        <ListInput path={['child', 'sex']} label={file.sex} list="sex" options={sexes} />
        <Languages path={['child', 'languages']} />
        <Description kept={kept} />
        <Whereabouts />
        <Carer />
        <Health />
        <View />
      </Panel>
      <Documents kept={kept} />
      <Recipients kept={kept} />
    </>
  );
}

function Birth({ path, optional }: { readonly path: Path; readonly optional: boolean }) {
  const { file, fields } = useWords();
  const { value, set } = useEditing();
  const now = at(value, path) as { readonly estimated?: object } | undefined;
  const isEstimated = now?.estimated !== undefined;
  return (
    <fieldset className="field">
      <legend>{file.birth}</legend>
      <div className="row">
        {([false, true] as const).map((estimated) => (
          <label key={String(estimated)} className="flag">
            <input
              type="radio"
              name={path.join('-')}
              checked={isEstimated === estimated}
              onChange={() => set(path, estimated ? { estimated: {} } : undefined)}
            />
            <span>{estimated ? file.estimated : file.exactly}</span>
          </label>
        ))}
      </div>
      {isEstimated ? (
        <div className="pair-fields">
          <DayInput path={[...path, 'estimated', 'from']} label={fields.from} />
          <DayInput path={[...path, 'estimated', 'to']} label={fields.to} />
        </div>
      ) : (
        <DayInput path={[...path, 'exact']} label={file.exactly} optional={optional} />
      )}
    </fieldset>
  );
}

function Languages({ path }: { readonly path: Path }) {
  const { file, locale } = useWords();
  const names = new Intl.DisplayNames(locale, { type: 'language' });
  const { value } = useEditing();
  const chosen = (at(value, path) as readonly string[] | undefined) ?? [];
  const tags = [...new Set([...languageTags, ...chosen])];
  return (
    <ManyInput
      path={path}
      label={file.languages}
      options={tags.map((tag) => ({ value: tag, label: names.of(tag) ?? tag }))}
    />
  );
}

function Whereabouts() {
  const { file, form } = useWords();
  const { value } = useEditing();
  const isKnown = at(value, ['child', 'whereabouts', 'known']) === true;
  return (
    <section className="stack tight">
      <h3>{file.whereabouts}</h3>
      <CheckInput path={['child', 'whereabouts', 'known']} label={file.known} />
      {isKnown && (
        <div className="pair-fields">
          <TextInput path={['child', 'whereabouts', 'place']} label={file.place} most={300} />
          <TextInput path={['child', 'whereabouts', 'facility']} label={file.facility} most={300} optional />
          <TextInput
            path={['child', 'whereabouts', 'source']}
            label={`${file.whereabouts}: ${form.note}`}
            most={300}
            optional
          />
        </div>
      )}
    </section>
  );
}

function Health() {
  const { file } = useWords();
  return (
    <section className="stack tight">
      <h3>{file.health}</h3>
      <Repeated
        path={['child', 'healthNeeds']}
        add={file.addHealth}
        fresh={() => ({ need: '' })}
        canRemove={() => true}
      >
        {(path) => (
          <>
            <TextInput path={[...path, 'need']} label={file.need} rows={2} most={500} />
            <TextInput path={[...path, 'support']} label={file.support} rows={2} most={500} optional />
          </>
        )}
      </Repeated>
    </section>
  );
}

function View() {
  const { file } = useWords();
  const { value, set, today } = useEditing();
  const path = ['child', 'view'];
  const hasText = at(value, [...path, 'text']) !== undefined;
  return (
    <section className="stack tight">
      <h3>{file.view}</h3>
      <p className="note">{file.viewHelp}</p>
      {hasText ? (
        <>
          <TextInput path={[...path, 'text']} label={file.view} rows={4} most={4000} optional />
          <DayInput path={[...path, 'recordedOn']} label={file.recorded} />
        </>
      ) : (
        <button type="button" className="act" onClick={() => set(path, { text: '', recordedOn: today })}>
          {file.view}
        </button>
      )}
    </section>
  );
}

/** The next id that is free. */
const nextId = (value: Json, list: 'documents' | 'recipients', prefix: string): string => {
  const used = ((value as Record<string, readonly { id?: string }[] | undefined>)[list] ?? []).map(({ id }) =>
    Number(id?.slice(prefix.length) ?? 0),
  );
  return `${prefix}${Math.max(0, ...used) + 1}`;
};

function Documents({ kept }: { readonly kept: Kept }) {
  const { file, form } = useWords();
  const { value, set } = useEditing();
  const holders = useHolders();
  return (
    <Panel id="documents" title={file.documents}>
      <Repeated
        path={['documents']}
        add={file.addDocument}
        fresh={() => ({ id: nextId(value, 'documents', 'doc-'), holder: 'child' })}
        canRemove={(index) => index >= kept.documents}
      >
        {(path) => (
          <>
            <p className="note ref">{at(value, [...path, 'id']) as string}</p>
            <div className="pair-fields">
              <ListInput path={[...path, 'kind']} label={file.kind} list="paper" options={paperKinds} />
              <SelectInput path={[...path, 'holder']} label={file.holder} options={holders} />
              <TextInput path={[...path, 'number']} label={file.number} most={60} optional />
              <TextInput path={[...path, 'issuedBy']} label={file.issuedBy} most={200} />
            </div>
            <DayInput path={[...path, 'issuedOn']} label={file.issuedOn} optional />
            <DayInput path={[...path, 'expiresOn']} label={file.expiresOn} optional />
            <FileHashField
              name={path.join('-')}
              label={form.fingerprint}
              before={at(value, [...path, 'sha256']) as string | undefined}
              fault={undefined}
              onHash={(hash) => set([...path, 'sha256'], hash)}
              optional
            />
          </>
        )}
      </Repeated>
    </Panel>
  );
}

function Recipients({ kept }: { readonly kept: Kept }) {
  const { file } = useWords();
  const { value } = useEditing();
  const papers = usePapers();
  return (
    <Panel id="recipients" title={file.recipients}>
      <Repeated
        path={['recipients']}
        add={file.addRecipient}
        fresh={() => ({ id: nextId(value, 'recipients', 'recipient-'), names: [], kinship: {}, custody: [] })}
        canRemove={(index) => index >= kept.recipients}
      >
        {(path) => (
          <>
            <ListInput
              path={[...path, 'kind']}
              label={file.recipientKind}
              list="recipientKind"
              options={recipientKinds}
              optional
            />
            <Names path={[...path, 'names']} kept={kept} />
            <Birth path={[...path, 'birthDate']} optional />
            <ListInput
              path={[...path, 'kinship', 'relation']}
              label={file.relation}
              list="relation"
              options={relations}
            />
            <RelationWords path={[...path, 'kinship']} />
            <ManyInput path={[...path, 'kinship', 'evidence']} label={file.evidence} options={papers} />
            <h3>{file.custody}</h3>
            <Repeated
              path={[...path, 'custody']}
              add={file.addCustody}
              fresh={() => ({ evidence: [] })}
              canRemove={() => true}
            >
              {(basis) => (
                <>
                  <div className="pair-fields">
                    <ListInput
                      path={[...basis, 'basis']}
                      label={file.custody}
                      list="custody"
                      options={custodyBases}
                    />
                    <ListInput
                      path={[...basis, 'relation']}
                      label={file.relation}
                      list="relation"
                      options={relations}
                    />
                  </div>
                  <DayInput path={[...basis, 'validUntil']} label={file.expiresOn} optional />
                  <ManyInput path={[...basis, 'evidence']} label={file.evidence} options={papers} />
                </>
              )}
            </Repeated>
            <ListInput
              path={[...path, 'consentMissing']}
              label={file.consentMissing}
              list="consentMissing"
              options={missingConsents}
              optional
            />
            <h3>{file.contact}</h3>
            <div className="pair-fields">
              <TextInput path={[...path, 'contact', 'telephone']} label={file.telephone} most={25} optional />
              <TextInput path={[...path, 'contact', 'email']} label={file.email} most={254} optional />
              <TextInput path={[...path, 'contact', 'address']} label={file.address} most={300} optional />
            </div>
          </>
        )}
      </Repeated>
    </Panel>
  );
}

/** What `other` stands for; shown wherever there are words, so that they can be taken away. */
function RelationWords({ path }: { readonly path: Path }) {
  const { file } = useWords();
  const { value } = useEditing();
  const words = [...path, 'words'];
  if (at(value, [...path, 'relation']) !== 'other' && at(value, words) === undefined) return null;
  return <TextInput path={words} label={file.relationWords} optional />;
}
