/** What describes the child, and who has it now, as far as the reader may know. */
import type { DossierView } from '../api/types';
import { Fact, Name, Reference } from '../parts/parts';
import { Day } from '../parts/when';
import { useWords } from '../words/use-words';
import { Names } from './read-names';

export function ReadDescription({ child }: { readonly child: NonNullable<DossierView['child']> }) {
  const { file } = useWords();
  const { mother, father } = child.parents ?? {};
  return (
    <>
      {child.placeOfBirth && (
        <Fact name={file.placeOfBirth}>
          <Name>{child.placeOfBirth}</Name>
        </Fact>
      )}
      {child.nationality && (
        <Fact name={file.nationality}>
          <Reference>{child.nationality.join(', ')}</Reference>
        </Fact>
      )}
      <Names names={mother?.names} of={file.mother} />
      {mother?.maidenName && (
        <Fact name={file.maidenName}>
          <Name>{mother.maidenName}</Name>
        </Fact>
      )}
      <Names names={father?.names} of={file.father} />
      {child.photograph && (
        <Fact name={file.photograph}>
          <Reference>{child.photograph}</Reference>
        </Fact>
      )}
      {child.features && (
        <Fact name={file.features}>
          <Name>{child.features}</Name>
        </Fact>
      )}
      {child.bloodGroup && (
        <Fact name={file.bloodGroup}>
          <Reference>{child.bloodGroup}</Reference>
        </Fact>
      )}
    </>
  );
}

export function ReadCarer({
  carer: { name, kind, since },
}: {
  readonly carer: NonNullable<NonNullable<DossierView['child']>['presentCarer']>;
}) {
  const { file, values } = useWords();
  return (
    <Fact name={file.carer}>
      <Name>{name}</Name>
      <small>
        {values.presentCarer[kind]}
        {since && (
          <>
            {' · '}
            {file.since} <Day day={since} short />
          </>
        )}
      </small>
    </Fact>
  );
}
