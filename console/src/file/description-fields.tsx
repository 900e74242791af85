/** What describes the child, and who has it now. All of it may be left out; the checks say what is missing. */
import { fill, useWords } from '../words/use-words';
import { at, useEditing } from './editing';
import { DayInput, ListInput, Repeated, SelectInput, TextInput } from './inputs';
import { bloodGroups, carerKinds } from './lists';
import { Names } from './names-fields';
import type { Kept } from './names-fields';
import { usePapers } from './use-papers';

export function Description({ kept }: { readonly kept: Kept }) {
  const { file } = useWords();
  return (
    <section className="stack tight">
      <h3>{file.description}</h3>
      <TextInput path={['child', 'placeOfBirth']} label={file.placeOfBirth} most={300} optional />
      <Nationality />
      <Photograph />
      <TextInput path={['child', 'features']} label={file.features} rows={3} most={2000} optional />
      <SelectInput
        path={['child', 'bloodGroup']}
        label={file.bloodGroup}
        options={bloodGroups.map((group) => ({ value: group, label: group }))}
        optional
      />
      <Names path={['child', 'parents', 'mother', 'names']} kept={kept} title={file.mother} />
      <TextInput path={['child', 'parents', 'mother', 'maidenName']} label={file.maidenName} optional />
      <Names path={['child', 'parents', 'father', 'names']} kept={kept} title={file.father} />
    </section>
  );
}

function Nationality() {
  const { file } = useWords();
  return (
    <>
      <p className="note">{fill(file.nationalityHelp, { state: 'UKR', stateless: 'XXA' })}</p>
      <Repeated
        path={['child', 'nationality']}
        add={file.addNationality}
        fresh={() => ''}
        canRemove={() => true}
      >
        {(path) => <TextInput path={path} label={file.nationality} most={3} />}
      </Repeated>
    </>
  );
}

/** Of the photographs listed; another paper that is named already can be seen, and taken away. */
function Photograph() {
  const { file } = useWords();
  const { value } = useEditing();
  const path = ['child', 'photograph'];
  const listed = (at(value, ['documents']) ?? []) as readonly { id?: string; kind?: string }[];
  const photographs = listed.filter(({ kind }) => kind === 'photograph').map(({ id }) => id);
  const papers = usePapers().filter(({ value: id }) => photographs.includes(id) || id === at(value, path));
  return <SelectInput path={path} label={file.photograph} options={papers} optional />;
}

export function Carer() {
  const { file } = useWords();
  const path = ['child', 'presentCarer'];
  return (
    <section className="stack tight">
      <h3>{file.carer}</h3>
      <div className="pair-fields">
        <TextInput path={[...path, 'name']} label={file.carerName} most={300} optional />
        <ListInput
          path={[...path, 'kind']}
          label={file.carerKind}
          list="presentCarer"
          options={carerKinds}
          optional
        />
      </div>
      <DayInput path={[...path, 'since']} label={file.since} optional />
    </section>
  );
}
