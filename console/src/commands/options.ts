/** What a field of a form can be chosen from: out of the case, in the reader’s words. */
import { travelNeeds } from '#domain/model/commands';
import type { TravelNeed } from '#domain/model/commands';
import type { PaperKind } from '#domain/model/dossier-facts';
import type { Role } from '#domain/model/parties';
import type { Milestone } from '#domain/model/telling';
import type { Facet } from '#domain/model/verification';
import { bestName, nameText, relationText } from '../parts/child';
import { dayText, instantText } from '../parts/when';
import { languageTags } from '../file/lists';
import { safePointsOf } from '../journeys/safe-points';
import type { FormContext, Option, TaskContext } from './fields';
import { listText } from '../words/formats';

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
/** Of whoever comes to the site for the child. */
export const carersPapers =
  (...kinds: Parameters<typeof papersOf>): From =>
  (context) => {
    const { dossier, recipient } = context.view;
    const own = (dossier?.documents ?? []).filter(({ holder }) => holder === recipient.ref);
    return papersOf(...kinds)(context).filter(({ value }) => own.some(({ id }) => id === value));
  };

export const facetOptions =
  (facets: readonly Facet[]): From<Facet> =>
  (context) =>
    offered(
      context,
      facets.map((value) => ({ value, label: context.words.values.facet[value] })),
    );
export const milestoneOptions =
  <Of extends Milestone>(milestones: readonly Of[]): From<Of> =>
  (context) =>
    offered(
      context,
      milestones.map((value) => ({ value, label: context.words.values.milestone[value] })),
    );
/** Those the file names first; any other may have been spoken all the same. */
const languagesFirst = (tags: readonly string[], { words }: FormContext): Option<string>[] => {
  const names = new Intl.DisplayNames(words.locale, { type: 'language' });
  return [...new Set([...tags, ...languageTags])].map((value) => ({
    value,
    label: names.of(value) ?? value,
  }));
};
export const childLanguages: From = (context) =>
  languagesFirst(context.view.dossier?.child?.languages ?? [], context);
export const familyLanguages: From = (context) => {
  const { dossier, recipient } = context.view;
  const family = dossier?.recipients?.find(({ id }) => id === recipient.ref);
  return languagesFirst(family?.languages ?? [], context);
};
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
/** Whom the plan names in the recipient’s place. */
export const alternates: From = (context) => {
  const { plan, recipient } = context.view;
  const named = plan && !plan.lapsed ? (plan.alternates ?? []) : [];
  return named.length === 0
    ? []
    : peopleOf(context).filter(({ value }) => value !== recipient.ref && named.includes(value));
};
export const recipients: From = (context) => offered(context, peopleOf(context));
function peopleOf({ view, words }: FormContext): Option<string>[] {
  return (view.dossier?.recipients ?? []).flatMap(({ id, names = [], kinship }) => {
    if (id === undefined) return [];
    const name = bestName(names, words.lang);
    const relation = kinship && relationText(words, kinship);
    const label = listText([name ? nameText(name) : id, ...(relation ? [relation] : [])], words.locale);
    return [{ value: id, label }];
  });
}
const officialsOf =
  (...wanted: Role[]): From =>
  ({ mechanism: { officials } }) =>
    officials
      .filter(({ active, roles }) => active && wanted.some((role) => roles.includes(role)))
      .map(({ id, name }) => ({ value: id, label: name }));
/** In the order in which they fit the child, as the API offers them; those whose credential is over are not offered. */
export const escorts: From = (context) => {
  const { mechanism, words, subjects = [] } = context;
  const languageNames = new Intl.DisplayNames(words.locale, { type: 'language' });
  const known = new Map(mechanism.officials.map((official) => [official.id, official.escort]));
  return offered(context, officialsOf('escort')(context))
    .sort((one, other) => subjects.indexOf(one.value) - subjects.indexOf(other.value))
    .map(({ value, label }) => {
      const escort = known.get(value);
      if (!escort) return { value, label };
      const said = [
        escort.languages.map((tag) => languageNames.of(tag) ?? tag),
        escort.skills.map((skill) => words.values.crewPart[skill]),
        words.values.adultSex[escort.sex],
        `${words.case.validUntil.toLocaleLowerCase(words.lang)} ${dayText(escort.validUntil, words.locale, 'short')}`,
      ].flatMap((part) =>
        typeof part === 'string' ? [part] : part.length > 0 ? [listText(part, words.locale)] : [],
      );
      return { value, label: [label, ...said].join(' · ') };
    });
};
/** Whose a case can be: only the mediator's people have these roles. */
export const deputies: From = officialsOf('case-officer', 'lead');
/** Of them those to whom the reader may give it: a case officer takes it themselves or passes on their own. */
export const officers: From = (context) => offered(context, deputies(context));
export const alarmOfficials: From = ({ view: { unheardAlarms = [] }, names }) =>
  unheardAlarms.map(({ official, party }) => ({
    value: official,
    label: `${names.party(party)}: ${names.official(official)}`,
  }));
export const underDuress: From = ({ view: { duress = [] }, names }) =>
  duress.map(({ official, party }) => ({
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
/** Who and what may have to travel along. */
export const neededOnTheWay = ({ words }: TaskContext): readonly Option<TravelNeed>[] =>
  travelNeeds.map((value) => ({ value, label: words.values.crewPart[value] }));
/** Who may see to what a child needs at home. */
export const parties: From = ({ mechanism, names }) =>
  mechanism.parties
    .filter(({ kind }) => kind === 'receiving' || kind === 'requesting' || kind === 'mediator')
    .map(({ id }) => ({ value: id, label: names.party(id) }));
export const places: From = ({ mechanism: { places: all }, names }) =>
  all.map(({ id }) => ({ value: id, label: names.place(id) }));
/** Every leg that is planned, with its hours. */
export const legOptions: From = ({ view, names, words: { locale } }) =>
  view.legs.map(({ id, from, to, departAt, arriveAt }) => ({
    value: id,
    label: `${names.place(from)} – ${names.place(to)} · ${instantText(departAt, locale)} – ${instantText(arriveAt, locale)}`,
  }));
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
export const incidents: From = (context) =>
  offered(
    context,
    (context.view.journey?.incidents ?? [])
      .filter(({ over }) => !over)
      .map(({ id, kind, since }) => ({
        value: id,
        label: `${context.words.values.incident[kind]} · ${instantText(since, context.words.locale)}`,
      })),
  );
export const treatments: From = (context) =>
  offered(
    context,
    (context.view.treatments ?? []).map((treatment) => ({
      value: treatment.id,
      label: listText([treatmentText(context, treatment), ...treatment.times], context.words.locale),
    })),
  );
/** Those of which nothing was said come first; of which something may be said now, the API tells. */
export const doses: From = (context) => {
  const { words, subjects } = context;
  const { treatments: ordered = [] } = context.view;
  const said = ordered.flatMap(({ id, doses: all }) => all.map(({ due }) => `${id}-${Date.parse(due)}`));
  return (subjects ?? said)
    .flatMap((value) => {
      const [id = '', at = ''] = value.split(/-(?=\d+$)/u);
      const treatment = ordered.find((each) => each.id === id);
      if (!treatment) return [];
      const due = new Date(Number(at)).toISOString();
      const done = treatment.doses.find((each) => each.due === due);
      const label = [
        instantText(due, words.locale),
        treatmentText(context, treatment),
        ...(done ? [words.values.doseOutcome[done.outcome]] : []),
      ].join(' · ');
      return [{ value, label, isDone: done !== undefined }];
    })
    .sort((one, other) => Number(one.isDone) - Number(other.isDone));
};
const treatmentText = (
  { words }: FormContext,
  { kind, note }: NonNullable<FormContext['view']['treatments']>[number],
): string => [words.values.treatmentKind[kind], ...(note === undefined ? [] : [note])].join(': ');
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
