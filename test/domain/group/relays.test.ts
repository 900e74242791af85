/** A side’s word about a list by way of the mediator: two people, one paper, and nothing in between but what stops. */
import { groupDutiesOf } from '../../../src/domain/group/duties';
import { checklistOf } from '../../../src/domain/group/checklist';
import { travellersOf } from '../../../src/domain/group/facts';
import { listTerms } from '../../../src/domain/group/group';
import type { GroupCommandOf, RelayedWord } from '../../../src/domain/group/group';
import { groupNoticesOf } from '../../../src/domain/group/notices';
import { GroupInPlay, readyChild, sayers } from '../../support/group-play';
import { hostingRules } from '../../support/mechanism-rules';
import type { MechanismRules } from '../../../src/domain/model/mechanism';
import { dateOf } from '../../../src/domain/calendar/time';

const ids = ['CHDA-0001', 'CHDB-0002'] as const;
const [first] = ids;
/** Frozen, and every other party has confirmed. */
function silent(rules: MechanismRules = hostingRules): GroupInPlay {
  const group = new GroupInPlay(new Map(ids.map((id) => [id, readyChild(id)])), undefined, rules);
  group.draft();
  group.freeze();
  group.confirm(sayers.filter((name) => name !== 'southDecider'));
  return group;
}
const relayOf = (
  group: GroupInPlay,
  word: RelayedWord,
  { relay = 'relay-1', party = 'south', dated = dateOf(group.now), documentHash = 'a'.repeat(64) } = {},
): GroupCommandOf<'relayWord'> => ({
  ...{ type: 'relayWord', relay, party, word },
  source: { channel: 'note-verbale', reference: 'note-1', dated, documentHash },
});
const confirmAll = (group: GroupInPlay): RelayedWord => ({
  ...{ type: 'confirmTerms', terms: listTerms },
  ...group.list,
});
const owed = (group: GroupInPlay) =>
  groupDutiesOf(group.group, group.rules).map(({ kind, party }) => `${kind} ${party}`);
const byAnother = (relay = 'relay-1') => ({ type: 'confirmRelay', relay }) as const;

it('brings a side without officials to go: confirmed and told to go by two of the mediator each time', () => {
  const group = silent();
  group.take('officer', relayOf(group, confirmAll(group)));
  expect(group.group.stands.south).toBeUndefined();
  expect(owed(group)).toEqual(expect.arrayContaining(['confirm-relay mediator', 'confirm-list south']));
  group.take('lead', byAnother());
  expect(group.group.stands.south).toMatchObject({
    terms: { place: 'confirmed' },
    relayed: { place: 'relay-1' },
  });
  expect(owed(group)).toEqual(['say-go north', 'say-go south', 'say-go mediator']);
  group.sayGo(['northDecider', 'lead']);
  group.take('lead', relayOf(group, { type: 'sayGo', ...group.list }, { relay: 'relay-2' }));
  expect(group.state).toBe('confirming');
  group.take('officer', byAnother('relay-2'));
  expect(group.state).toBe('go');
  const members = new Map([...group.cases].map(([id, { status }]) => [id, status]));
  expect(checklistOf(group.group, group.rules, members).every(({ state }) => state === 'yes')).toBe(true);
  expect(group.depart()).toMatchObject([{ departed: ids, left: [] }]);
});

it('takes the second word from another person only, and of nobody else', () => {
  const group = silent();
  group.take('officer', relayOf(group, confirmAll(group)));
  expect(group.refuse('officer', byAnother()).code).toBe('own-relay');
  expect(group.refuse('southDecider', byAnother()).code).toBe('not-your-command');
  expect(group.refuse('lead', byAnother('relay-9')).code).toBe('unknown-relay');
  group.take('officer', { type: 'rejectRelay', relay: 'relay-1' });
  expect(group.refuse('lead', byAnother()).code).toBe('unknown-relay');
  expect(group.group.stands.south).toBeUndefined();
});

const stops: Readonly<Record<string, (group: GroupInPlay) => RelayedWord>> = {
  'a disputed term': (group) => ({ type: 'disputeTerms', ...group.list, terms: ['place'] }),
  'a no to one child': () => ({ type: 'refuseMember', member: first, reason: 'route' }),
  'a no-go': () => ({ type: 'sayNoGo' }),
};
it.each(Object.entries(stops))(
  'counts %s at once, of a side that may not be relayed and of any paper',
  (what, word) => {
    const group = silent({ ...hostingRules, relayable: [] });
    group.take('officer', relayOf(group, word(group), { dated: '2001-01-01' }));
    expect(owed(group)).toContain('confirm-relay mediator');
    const { stands, go } = group.group;
    const seen: Readonly<Record<string, unknown>> = {
      'a disputed term': stands.south?.terms.place === 'disputed',
      'a no to one child': !travellersOf(group.group).includes(first),
      'a no-go': go.south?.go === false,
    };
    expect(seen[what]).toBe(true);
    expect(group.take('lead', byAnother())).toEqual([
      { type: 'RelayConfirmed', relay: 'relay-1', party: 'south' },
    ]);
    // An id that is taken does not lose it.
    expect(
      group.take('officer', relayOf(group, { type: 'disputeTerms', ...group.list, terms: ['date'] })),
    ).toMatchObject([
      { type: 'WordRelayed', relay: expect.stringMatching(/^relay-1-/) },
      { type: 'TermsDisputed' },
    ]);
  },
);

it('speaks only where the side is silent itself', () => {
  const group = silent();
  group.take('officer', relayOf(group, confirmAll(group)));
  group.take('southDecider', { type: 'confirmTerms', ...group.list, terms: ['names'] });
  expect(group.refuse('lead', byAnother()).code).toBe('side-has-spoken');
  expect(group.refuse('officer', relayOf(group, confirmAll(group), { relay: 'relay-2' })).code).toBe(
    'side-has-spoken',
  );
  // What it has said nothing of itself may be relayed.
  const others = listTerms.filter((term) => term !== 'names');
  const word = { type: 'confirmTerms', ...group.list, terms: others } as const;
  group.take('officer', relayOf(group, word, { relay: 'relay-3' }));
  group.take('lead', byAnother('relay-3'));
  group.take('northDecider', { type: 'sayGo', ...group.list });
  group.take('southDecider', { type: 'sayNoGo' });
  expect(
    group.refuse('officer', relayOf(group, { type: 'sayGo', ...group.list }, { relay: 'relay-4' })).code,
  ).toBe('side-has-spoken');
});

it('is refused for a paper that can’t have meant this list, and for who may not be relayed', () => {
  const group = silent();
  const refused = (options: Parameters<typeof relayOf>[2]) =>
    group.refuse('officer', relayOf(group, confirmAll(group), options)).code;
  expect(refused({ party: 'north' })).toBe('relay-not-allowed');
  expect(refused({ party: 'embassy' })).toBe('unknown-party');
  expect(refused({ dated: '2001-01-01' })).toBe('relay-predates');
  expect(refused({ dated: '2999-01-01' })).toBe('date-future');
  group.take('officer', relayOf(group, confirmAll(group)));
  expect(refused({})).toBe('duplicate-id');
  expect(
    group.refuse(
      'officer',
      relayOf(group, { ...confirmAll(group), version: 9 } as RelayedWord, { relay: 'r-2' }),
    ).code,
  ).toBe('stale-list');
  // Another list: what waited is gone, and the paper speaks of the old one.
  const { departAt, route } = group.group.list;
  group.take('officer', { type: 'changeList', members: ids, departAt, place: 'station', route });
  expect(group.refuse('lead', byAnother()).code).toBe('unknown-relay');
  expect(refused({ relay: 'relay-3' })).toBe('document-spent');
});

it('is disowned by the side: what rested on it counts no more, and the go beside it', () => {
  const group = silent();
  group.take('officer', relayOf(group, confirmAll(group)));
  group.take('lead', byAnother());
  group.sayGo(['northDecider', 'southDecider', 'lead']);
  expect(group.state).toBe('go');
  expect(group.refuse('northDecider', { type: 'repudiateRelay', relay: 'relay-1' }).code).toBe(
    'unknown-relay',
  );
  group.take('southDecider', { type: 'repudiateRelay', relay: 'relay-1' });
  expect(group.state).toBe('confirming');
  expect(owed(group)).toEqual(['confirm-list south']);
  expect(group.refuse('southDecider', { type: 'repudiateRelay', relay: 'relay-1' }).code).toBe(
    'already-done',
  );
});

it('tells the side at once that somebody spoke for it, and the mediator of whom the second word is asked', () => {
  const group = silent();
  const before = group.group;
  group.take('officer', relayOf(group, confirmAll(group)));
  const notices = groupNoticesOf(before, group.events.slice(-1), group.group, group.rules);
  expect(notices.map(({ kind, party, facts }) => [kind, party, facts.duty])).toEqual([
    ['relay-entered', 'south', undefined],
    ['group-waiting', 'mediator', 'confirm-relay'],
  ]);
});
