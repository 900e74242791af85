/** The plan as label and value, in the order in which it is agreed to. */
import type { ReactNode } from 'react';
import type { CaseView } from '../api/types';
import { PersonName, RelationText } from '../parts/child';
import { Fact, Name, Panel, State } from '../parts/parts';
import { Days, When } from '../parts/when';
import { listText } from '../words/formats';
import { fill, useWords } from '../words/use-words';
import { useNames } from './use-case';

export type Plan = NonNullable<CaseView['plan']>;
export type PlanField =
  | 'recipient'
  | 'alternates'
  | 'window'
  | 'modality'
  | 'companions'
  | 'site'
  | 'handoverPlace'
  | 'carePasses'
  | 'escortParty'
  | 'receivingParty';

/** Every term a side agrees to, as it is said to a reader. */
export function usePlanTerms(
  view: CaseView,
): (plan: Plan) => readonly { field: PlanField; name: string; value: ReactNode }[] {
  const words = useWords();
  const names = useNames();
  return (plan) => {
    const passing = (term: Plan['carePasses']): string =>
      [
        term ? words.values.carePlace[term.where] : '–',
        ...(term?.where === 'at-site' ? [term.wayIn, term.wayOut].map((place) => names.place(place)) : []),
      ].join(' · ');
    const person = (ref: string) => {
      const known = view.dossier?.recipients?.find(({ id }) => id === ref);
      return (
        <>
          {known?.names ? <PersonName names={known.names} /> : ref}
          {known?.kinship && (
            <>
              {' '}
              · <RelationText kinship={known.kinship} />
            </>
          )}
        </>
      );
    };
    return [
      {
        field: 'recipient',
        name: words.case.recipient,
        value: plan.recipient === null ? words.values.care.themselves : person(plan.recipient),
      },
      {
        field: 'alternates',
        name: words.fields.alternates,
        value: plan.alternates ? (
          <ol>
            {plan.alternates.map((ref) => (
              <li key={ref}>{person(ref)}</li>
            ))}
          </ol>
        ) : (
          '–'
        ),
      },
      { field: 'window', name: words.case.departure, value: <Days {...plan.window} /> },
      { field: 'modality', name: words.case.travel, value: words.values.modality[plan.modality] },
      {
        field: 'companions',
        name: words.case.with,
        value:
          listText(
            plan.companions.map((each) => words.values.companion[each]),
            words.locale,
          ) || '–',
      },
      {
        field: 'site',
        name: words.case.hosted,
        value: plan.site === null ? words.case.notHosted : <Name>{names.site(plan.site)}</Name>,
      },
      {
        field: 'handoverPlace',
        name: words.case.handover,
        value: <Name>{names.place(plan.handoverPlace)}</Name>,
      },
      {
        field: 'carePasses',
        name: words.fields.carePasses,
        value: passing(plan.carePasses),
      },
      {
        field: 'receivingParty',
        name: words.fields.receivingParty,
        value: <Name>{names.party(plan.receivingParty)}</Name>,
      },
      {
        field: 'escortParty',
        name: words.fields.escortParty,
        value: <Name>{names.party(plan.escortParty)}</Name>,
      },
    ];
  };
}

export function PlanPanel({ view }: { readonly view: CaseView }) {
  const words = useWords();
  const termsOf = usePlanTerms(view);
  const { plan } = view;
  if (!plan) return null;
  return (
    <Panel id="plan" title={fill(words.case.plan, { n: plan.version })} note={<When at={plan.proposedAt} />}>
      {plan.lapsed && (
        <p>
          <State is="late" boxed>
            {words.case.lapsedBecause}: {words.values.planLapse[plan.lapsed.reason]}
          </State>
        </p>
      )}
      <dl className="facts">
        {termsOf(plan).map(({ field, name, value }) => (
          <Fact key={field} name={name}>
            {value}
          </Fact>
        ))}
      </dl>
    </Panel>
  );
}
