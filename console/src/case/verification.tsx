/** The facets: who attested, who reviewed, until when it holds; and what the checks found. */
import { facets, personFacets } from '#domain/model/verification';
import type { CaseView } from '../api/types';
import { bestName, nameText } from '../parts/child';
import { Name, Panel, State } from '../parts/parts';
import type { StateKind } from '../parts/parts';
import { Day, When } from '../parts/when';
import { useWords } from '../words/use-words';
import { Findings } from './findings';
import { useMechanism, useNames } from './use-case';

type FacetState = NonNullable<CaseView['facets']>['identity'];
const stateOf = ({ status, attestation }: FacetState): StateKind =>
  status !== 'settled' ? 'open' : attestation?.finding === 'confirmed' ? 'done' : 'late';

export function Verification({ view }: { readonly view: CaseView }) {
  const words = useWords();
  const mechanism = useMechanism();
  if (!view.facets) return null;
  const { facets: of, openedAt } = view;
  const alternates = (view.plan?.alternates ?? []).filter((ref) => ref !== view.recipient.ref);
  const nameOf = (ref: string): string => {
    const name = bestName(view.dossier?.recipients?.find(({ id }) => id === ref)?.names ?? [], words.lang);
    return name ? nameText(name) : ref;
  };
  const asked = facets.filter((facet) => of[facet] ?? mechanism?.facets[facet]);
  return (
    <Panel id="verification" title={words.case.verification}>
      <table className="folds">
        <thead>
          <tr>
            <th scope="col">{words.case.facet}</th>
            <th scope="col">{words.case.attested}</th>
            <th scope="col">{words.case.reviewed}</th>
            <th scope="col">{words.case.validUntil}</th>
          </tr>
        </thead>
        <tbody>
          {asked.map((facet) => (
            <Row
              key={facet}
              name={words.values.facet[facet]}
              state={of[facet] ?? { status: 'open', since: openedAt }}
            />
          ))}
          {alternates.flatMap((ref) =>
            personFacets
              .filter((facet) => asked.includes(facet))
              .map((facet) => (
                <Row
                  key={`${ref} ${facet}`}
                  name={`${nameOf(ref)}: ${words.values.facet[facet]}`}
                  state={view.alternateFacets?.[ref]?.[facet] ?? { status: 'open', since: openedAt }}
                />
              )),
          )}
        </tbody>
      </table>
      {view.checks && view.checks.findings.length > 0 && (
        <>
          <h3>{words.case.checks}</h3>
          <Findings findings={view.checks.findings} />
        </>
      )}
      {view.travelDocuments?.findings && (
        <>
          <h3>{words.fields.documents}</h3>
          <Findings findings={view.travelDocuments.findings} />
        </>
      )}
    </Panel>
  );
}

function Row({ name, state }: { readonly name: string; readonly state: FacetState }) {
  const words = useWords();
  const names = useNames();
  const { status, attestation, reviewer, reopened } = state;
  const saidBy = (by: { readonly party: string; readonly official?: string }): string =>
    by.official === undefined ? names.party(by.party) : names.official(by.official);
  return (
    <tr>
      <th scope="row">
        <span className="facet">
          <State is={stateOf(state)}>
            <span className="visually-hidden">{words.values.facetStatus[status]}</span>
          </State>
          {name}
        </span>
      </th>
      <td data-label={words.case.attested}>
        {attestation ? (
          <>
            {words.values.finding[attestation.finding]} · <Name>{saidBy(attestation.by)}</Name>,{' '}
            <When at={attestation.at} />
          </>
        ) : (
          words.values.facetStatus[status]
        )}
        {reopened && <small> · {words.values.facetReopening[reopened]}</small>}
      </td>
      <td data-label={words.case.reviewed}>{reviewer && <Name>{saidBy(reviewer)}</Name>}</td>
      <td className="num" data-label={words.case.validUntil}>
        {attestation?.validUntil && <Day day={attestation.validUntil} short />}
      </td>
    </tr>
  );
}
