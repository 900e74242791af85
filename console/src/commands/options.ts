/** What a field of a form can be chosen from: out of the case, in the reader’s words. */
import type { PaperKind } from '#domain/model/dossier-facts';
import type { Role } from '#domain/model/parties';
import type { Facet } from '#domain/model/verification';
import { bestName, nameText } from '../parts/child';
import { dayText, instantText } from '../parts/when';
import { safePointsOf } from '../journeys/safe-points';
import type { FormContext, Option } from './fields';

type From<Value = string> = (context: FormContext) => Option<Value>[];

/** Only what the command can be about now, where the API says so. */
const offered = <Value>({ subjects }: FormContext, options: readonly Option<Value>[]): Option<Value>[] =>
  subjects ? options.filter(({ value }) => subjects.includes(String(value))) : [...options];

export const papersOf =
  (...kinds: PaperKind[]): From =>
  ({ view: { dossier }, words }) =>
    (dossier?.documents ?? []).flatMap(({ id, kind, number, expiresOn }) =>
      id === undefined || kind === undefined || (kinds.length > 0 && !kinds.includes(kind))
        ? []
        : [
            {
              value: id,
              label: [
                `${words.values.paper[kind]}${number === undefined ? '' : ` ${number}`}`,
                ...(expiresOn !== undefined && expiresOn !== 'unlimited'
                  ? [
                      `${words.case.validUntil.toLocaleLowerCase(words.lang)} ${dayText(expiresOn, words.locale, 'short')}`,
                    ]
                  : []),
                id,
              ].join(' · '),
            },
          ],
    );
export const papers: From = papersOf();

export const facetOptions =
  (facets: readonly Facet[]): From<Facet> =>
  (context) =>
    offered(
      context,
      facets.map((value) => ({ value, label: context.words.values.facet[value] })),
    );
export const holdOptions: From = (context) =>
  offered(
    context,
    context.view.holds.map(({ id, party, reason, placedAt }) => ({
      value: id,
      label: `${context.names.party(party)}: ${context.words.values.holdReason[reason]} · ${instantText(placedAt, context.words.locale)}`,
    })),
  );
export const relays: From = (context) =>
  offered(
    context,
    [...(context.view.pendingRelays ?? []), ...(context.view.relays ?? [])]
      .filter(({ id }, index, all) => all.findIndex((other) => other.id === id) === index)
      .map(({ id, party }) => ({ value: id, label: `${context.names.party(party)} · ${id}` })),
  );
export const openConditions: From = (context) =>
  offered(
    context,
    Object.values(context.view.decisions ?? {}).flatMap(({ party, conditions }) =>
      conditions
        .filter(({ outcome }) => !outcome)
        .map(({ id, note }) => ({ value: id, label: `${context.names.party(party)}: ${note ?? id}` })),
    ),
  );
export const recipients: From = (context) =>
  offered(
    context,
    (context.view.dossier?.recipients ?? []).flatMap(({ id, names = [], kinship }) => {
      if (id === undefined) return [];
      const name = bestName(names, context.words.lang);
      const relation = kinship && context.words.values.relation[kinship.relation];
      return [{ value: id, label: [name ? nameText(name) : id, ...(relation ? [relation] : [])].join(', ') }];
    }),
  );
const officialsOf =
  (role: Role): From =>
  ({ mechanism: { officials } }) =>
    officials
      .filter(({ active, roles }) => active && roles.includes(role))
      .map(({ id, name }) => ({ value: id, label: name }));
export const escorts: From = officialsOf('escort');
export const alarmOfficials: From = ({ view: { unheardAlarms = [] }, names }) =>
  unheardAlarms.map(({ official, party }) => ({
    value: official,
    label: `${names.party(party)}: ${names.official(official)}`,
  }));
export const sides: From = (context) =>
  offered(
    context,
    [context.view.requestingParty, context.view.holdingParty].map((id) => ({
      value: id,
      label: context.names.party(id),
    })),
  );
export const places: From = ({ mechanism: { places: all }, names }) =>
  all.map(({ id }) => ({ value: id, label: names.place(id) }));
/** Safe points of this journey first, the nearest before the others; marked, so that nobody has to know them by heart. */
export const safePlaces: From = (context) => {
  const { view, words } = context;
  const safe = safePointsOf(view);
  const all = places(context);
  return [
    ...safe
      .flatMap((place) => all.filter(({ value }) => value === place))
      .map((option) => ({
        ...option,
        label: `${option.label} · ${words.fields.safePoint}`,
      })),
    ...all.filter(({ value }) => !safe.includes(value)),
  ];
};
/** Where a child may be: the sites that the command can be about now. */
export const sites: From = (context) =>
  offered(
    context,
    context.mechanism.sites.map(({ id }) => ({ value: id, label: context.names.site(id) })),
  );
export const concerns: From = (context) =>
  offered(
    context,
    (context.view.concerns ?? []).map(({ id, party, since }) => ({
      value: id,
      label: `${context.names.party(party)} · ${instantText(since, context.words.locale)} · ${id}`,
    })),
  );
export const otherCases: From = ({ view: { duplicates = [], likelyDuplicates = [] } }) =>
  [...new Set([...duplicates.map(({ other }) => other), ...likelyDuplicates.map((each) => each.case)])].map(
    (id) => ({ value: id, label: id }),
  );
export const siblingCases: From = ({ view: { siblings = [] } }) =>
  siblings.map((id) => ({ value: id, label: id }));
export const proposals: From = (context) =>
  offered(
    context,
    (context.view.proposals ?? []).map(({ id, act, by, at }) => ({
      value: id,
      label: `${actText(context, act.type)} · ${context.names.party(by.party)} · ${instantText(at, context.words.locale)}`,
    })),
  );
const actText = ({ words }: FormContext, type: string): string =>
  (words.commands as Readonly<Record<string, { act: string }>>)[type]?.act ?? type;
export const obligationOptions: From = (context) =>
  context.view.obligations.map(({ key, kind, party }) => ({
    value: key,
    label: `${context.names.party(party)}: ${context.words.obligations[kind]}`,
  }));
/** Of `visit-3` the 3. */
export const subjectNumber = ({ subject = '', subjects = [] }: FormContext): number =>
  Number(/\d+$/.exec(subject || (subjects[0] ?? ''))?.[0] ?? 1);
