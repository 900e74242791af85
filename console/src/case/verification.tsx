/** The facets: who attested, who reviewed, until when it holds; and what the checks found. */
import { facets } from '#domain/model/verification';
import type { CaseView } from '../api/types';
import { Name, Panel, State } from '../parts/parts';
import type { StateKind } from '../parts/parts';
import { Day, When } from '../parts/when';
import { useWords } from '../words/use-words';
import { useNames } from './use-case';

type FacetState = NonNullable<CaseView['facets']>[(typeof facets)[number]];
const stateOf = ({ status, attestation }: FacetState): StateKind =>
  status !== 'settled' ? 'open' : attestation?.finding === 'confirmed' ? 'done' : 'late';

export function Verification({ view }: { readonly view: CaseView }) {
  const words = useWords();
  if (!view.facets) return null;
  const of = view.facets;
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
          {facets.map((facet) => (
            <Row key={facet} name={words.values.facet[facet]} state={of[facet]} />
          ))}
        </tbody>
      </table>
      {view.checks && view.checks.findings.length > 0 && (
        <>
          <h3>{words.case.checks}</h3>
          <ul>
            {view.checks.findings.map(({ code, severity, document, recipient, form }) => (
              <li key={`${code}:${document ?? recipient ?? ''}:${form ?? ''}`} className="row">
                <State is={severity === 'blocking' ? 'late' : 'open'}>
                  {words.values.severity[severity]}
                </State>
                <span className="ref">{[code, document, recipient].filter(Boolean).join(' ')}</span>
              </li>
            ))}
          </ul>
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
