/** One event of a group further. Never refuses: what stands in the record has happened. */
import type { OfficialActor } from '../model/parties';
import type {
  GoSaid,
  ListTerm,
  Group,
  GroupEvent,
  GroupEventOf,
  GroupEventType,
  RecordedGroupEvent,
} from './group';

type Patch = Partial<Group>;
type Fold<Type extends GroupEventType> = (
  group: Group,
  event: GroupEventOf<Type>,
  recorded: RecordedGroupEvent,
) => Patch;

/** Nothing that was said of another list counts for this one. */
const listed = (
  { list, hash }: Pick<GroupEventOf<'ListChanged'>, 'list' | 'hash'>,
  { at }: RecordedGroupEvent,
) => ({
  list: { ...list, hash, since: at },
  dropped: [],
  stands: {},
  go: {},
  pendingRelays: [],
  hindrances: undefined,
});

const said = (
  { stands }: Group,
  {
    party,
    terms,
    relay,
  }: { readonly party: string; readonly terms: readonly ListTerm[]; readonly relay?: string },
  how: 'confirmed' | 'disputed',
  since: string,
): Patch => {
  const relayed = {
    ...omit(stands[party]?.relayed ?? {}, (_relay, term) => (terms as readonly string[]).includes(term)),
    ...(relay !== undefined && Object.fromEntries(terms.map((term) => [term, relay]))),
  };
  return {
    stands: {
      ...stands,
      [party]: {
        terms: { ...stands[party]?.terms, ...Object.fromEntries(terms.map((term) => [term, how])) },
        since,
        ...(Object.keys(relayed).length > 0 && { relayed }),
      },
    },
  };
};

/** What the side has disowned was never said: neither the terms nor the go that rested on it, nor a go beside such terms. */
function disowned({ stands, go }: Group, party: string, relay: string): Patch {
  const stand = stands[party];
  const rests = (term: string): boolean => stand?.relayed?.[term as ListTerm] === relay;
  const isTouched = Object.keys(stand?.relayed ?? {}).some(rests);
  return {
    ...(stand &&
      isTouched && {
        stands: {
          ...stands,
          [party]: {
            ...stand,
            terms: omit(stand.terms, (_said, term) => rests(term)),
            relayed: omit(stand.relayed ?? {}, (_relay, term) => rests(term)),
          },
        },
      }),
    ...((isTouched || go[party]?.relay === relay) && { go: without(go, party) }),
  };
}

const withoutPending = ({ pendingRelays }: Group, relay: string): Patch => ({
  pendingRelays: pendingRelays.filter(({ id }) => id !== relay),
});

const folds: { readonly [Type in Exclude<GroupEventType, 'GroupDrafted'>]: Fold<Type> } = {
  ListChanged: (_group, event, recorded) => listed(event, recorded),
  ListProposed: (_group, _event, { at }) => ({ proposedAt: at }),
  ListFrozen: (_group, { asked, deciding }, { at }) => ({ frozenAt: at, asked, deciding }),
  TermsConfirmed: (group, event, { at }) => said(group, event, 'confirmed', at),
  // Who disputes a term takes back the go with it.
  TermsDisputed: (group, event, { at }) => ({
    ...said(group, event, 'disputed', at),
    go: without(group.go, event.party),
  }),
  MemberDropped: ({ dropped }, { member, reason, party }, { at }) => ({
    dropped: [
      ...dropped.filter((each) => each.case !== member),
      { case: member, reason, since: at, ...(party !== undefined && { party }) },
    ],
  }),
  GoSaid: ({ go }, event, recorded) => ({ go: { ...go, [event.party]: goOf(true, event, recorded) } }),
  NoGoSaid: ({ go }, event, recorded) => ({ go: { ...go, [event.party]: goOf(false, event, recorded) } }),
  WordRelayed: ({ relays, pendingRelays, list }, { relay: id, party, word, source }, { at, actor }) => ({
    relays: [...relays, { id, party, documentHash: source.documentHash, list: list.version }],
    pendingRelays: [...pendingRelays, { id, party, word, source, enteredBy: actor as OfficialActor, at }],
  }),
  RelayConfirmed: (group, { relay }) => withoutPending(group, relay),
  RelayRejected: (group, { relay }) => withoutPending(group, relay),
  RelayRepudiated: (group, { relay, party }, { at }) => ({
    ...withoutPending(group, relay),
    ...disowned(group, party, relay),
    relays: group.relays.map((one) => (one.id === relay ? { ...one, repudiatedAt: at } : one)),
  }),
  GroupDeparted: (_group, { departed, left }, { at }) => ({ departure: { at, departed, left } }),
  CheckedIn: () => ({}),
  SaidForAll: () => ({}),
  MemberSafe: ({ safe }, { member }, { at }) => ({ safe: [...safe, { case: member, since: at }] }),
  GroupCompleted: (_group, _event, { at }) => ({ completedAt: at }),
  GroupAborted: (_group, { reason }, { at }) => ({ aborted: { at, reason } }),
  EmbargoBroken: ({ breaches }, { party }, { at }) => ({ breaches: [...breaches, { party, at }] }),
  HindrancesNoted: ({ hindrances: before }, { escorts, sayers, place }, { at }) => ({
    hindrances: {
      escorts: Object.fromEntries(escorts.map((party) => [party, before?.escorts[party] ?? at])),
      ...(sayers && { sayers: before?.sayers ?? at }),
      ...(place && { place: before?.place ?? at }),
    },
  }),
  GroupReminded: ({ reminded }, { duty, step }) => ({ reminded: { ...reminded, [duty]: step } }),
};

const goOf = (
  go: boolean,
  { relay }: { readonly relay?: string },
  { at, actor }: RecordedGroupEvent,
): GoSaid => ({
  ...{ go, at, by: actor },
  ...(relay !== undefined && { relay }),
});

const omit = <Value>(
  all: Readonly<Partial<Record<string, Value>>>,
  isGone: (value: Value, key: string) => boolean,
): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(all).flatMap(([key, value]) =>
      value === undefined || isGone(value, key) ? [] : [[key, value]],
    ),
  );
const without = <Value>(all: Readonly<Record<string, Value>>, key: string): Record<string, Value> =>
  omit(all, (_value, each) => each === key);

/** The group after one more event. Throws when the first event does not draft one: the record is then not whole. */
export function evolveGroup(group: Group | undefined, recorded: RecordedGroupEvent): Group {
  const { event, at, version, commandId } = recorded;
  const last = { version, lastAt: at, lastCommand: commandId };
  if (event.type === 'GroupDrafted') return { ...drafted(event, recorded), ...last };
  if (!group) throw new Error(`the record of ${recorded.case} does not begin with GroupDrafted`);
  // The table gives each type its own fold; TypeScript can't follow the pairing through the index.
  const apply = folds[event.type] as (group: Group, event: GroupEvent, recorded: RecordedGroupEvent) => Patch;
  return { ...group, ...apply(group, event, recorded), ...last };
}

function drafted(event: GroupEventOf<'GroupDrafted'>, recorded: RecordedGroupEvent): Group {
  const { case: id, at, actor, version, commandId } = recorded;
  return {
    id,
    mechanism: event.mechanism,
    version,
    openedAt: at,
    openedBy: actor,
    lastAt: at,
    lastCommand: commandId,
    asked: [],
    deciding: [],
    relays: [],
    safe: [],
    breaches: [],
    reminded: {},
    ...listed(event, recorded),
  };
}
