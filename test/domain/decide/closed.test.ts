/** What the mechanism has closed: nothing new begins there, and what was agreed, placed or has happened stands. */
import { addDuration, dateOf } from '../../../src/domain/calendar/time';
import { zoneOffsetsOf } from '../../../src/contracts/zone-offsets';
import { isPartyClosed, isPlaceClosed, isSiteClosed, withClosingsOf } from '../../../src/domain/facts/closed';
import type { MechanismRules } from '../../../src/domain/model/mechanism';
import { caseIn, CaseInPlay, hear, legsOf, openCase, opening, termsOf } from '../../support/factories';
import { foreseenObligationsOf } from '../../../src/domain/obligations/obligations';
import { hostingRules } from '../../support/mechanism-rules';
import { homeAgain, owed, proposed } from '../plays/returns';

type Section = 'parties' | 'sites' | 'places';
const long = '2020-01-01';

const closing = (section: Section, id: string, closed = long): MechanismRules =>
  section === 'places'
    ? { ...hostingRules, placesClosed: { [id]: closed } }
    : {
        ...hostingRules,
        [section]: hostingRules[section].map((one) => (one.id === id ? { ...one, closed } : one)),
      };
const under = (rules: MechanismRules, play: CaseInPlay): CaseInPlay => {
  const twin = play.fork();
  twin.rules = rules;
  return twin;
};

describe('a closed party', () => {
  test.each([
    ['requestingParty', 'north'],
    ['holdingParty', 'south'],
  ] as const)('is no %s of a new case', (field, id) => {
    const play = new CaseInPlay(closing('parties', id));
    expect(play.refuse('officer', openCase())).toEqual({ code: 'closed-for-new', field });
  });

  test('closes on its day, and not before', () => {
    const day = dateOf(addDuration(opening, 'P1D'));
    expect(new CaseInPlay(closing('parties', 'north', day)).send('officer', openCase())).toHaveProperty(
      'events',
    );
    expect(
      new CaseInPlay(closing('parties', 'north', day), `${day}T00:00:00.000Z`).refuse('officer', openCase())
        .code,
    ).toBe('closed-for-new');
  });
});

describe('a new plan', () => {
  const play = proposed();
  const terms = termsOf(play, { modality: 'air' });

  test.each([
    ['site', 'sites', terms.site!],
    ['site', 'parties', 'embassy'],
    ['handoverPlace', 'places', terms.handoverPlace],
    ['escortParty', 'parties', terms.escortParty],
    ['receivingParty', 'parties', terms.receivingParty],
  ] as const)('names no %s that is closed in %s: %s', (field, section, id) =>
    expect(under(closing(section, id), play).refuse('officer', { type: 'proposePlan', terms })).toEqual({
      code: 'closed-for-new',
      field,
    }),
  );

  test('keeps a child at the site where it is, closed or not', () => {
    const hosted = under(closing('sites', 'residence'), caseIn('hosting'));
    hosted.take('officer', { type: 'proposePlan', terms: termsOf(hosted, { modality: 'air' }) });
  });
});

describe('a child at a site that closes', () => {
  const annex = { id: 'annex', party: 'embassy', capacity: 2 };
  const asked = (rules: MechanismRules): MechanismRules => ({
    ...rules,
    sites: [...rules.sites, annex],
  });
  const duty = (play: CaseInPlay) =>
    foreseenObligationsOf(play.state, play.rules, play.now).find(({ kind }) => kind === 'rehouse-child');
  const inDays = (play: CaseInPlay, days: number) => dateOf(addDuration(play.now, `P${days}D`));

  test.each([
    ['sites', 'residence'],
    ['parties', 'embassy'],
  ] as const)('is given another place by the mediator on duty, once its %s entry closes', (section, id) => {
    const hosted = caseIn('hosting');
    const day = inDays(hosted, 3);
    const play = under(asked(closing(section, id, day)), hosted);
    // Known before the day, and owed from it on.
    expect(duty(play)).toMatchObject({
      ...{ party: 'mediator', roles: ['duty-officer'], since: `${day}T00:00:00.000Z`, safety: true },
      commands: ['recordArrival'],
    });
    expect(owed(play)).not.toContain('rehouse-child mediator');
    play.passUntil(`${day}T13:00:00.000Z`);
    expect(owed(play)).toContain('rehouse-child mediator');
    const acts = play.events.flatMap(({ event }) =>
      event.type === 'LadderStepTaken' && event.kind === 'rehouse-child' ? [event.act] : [],
    );
    expect(acts).toEqual(['remind', 'escalate']);
  });

  test('is owed one for the time in which its site is shut, if it would still be there, and no more when that is over', () => {
    const hosted = caseIn('hosting');
    const shut = (from: string, to: string) => {
      const closures = [{ from, to }];
      const rules = asked(hostingRules);
      return under({ ...rules, sites: rules.sites.map((site) => ({ ...site, closures })) }, hosted);
    };
    expect(duty(shut(inDays(hosted, 3), inDays(hosted, 5)))).toMatchObject({
      since: `${inDays(hosted, 3)}T00:00:00.000Z`,
    });
    expect(duty(shut(long, inDays(hosted, 0)))).toBeUndefined();
    const leaving = shut(inDays(hosted, 3), inDays(hosted, 5));
    leaving.take('host', { type: 'extendStay', leavesOn: inDays(hosted, 3) });
    expect(duty(leaving)).toBeUndefined();
  });

  test('is owed it no more once it has come to one that stays open, and travels on from there', () => {
    const play = under(asked(closing('sites', 'residence')), caseIn('hosting'));
    expect(owed(play)).toContain('rehouse-child mediator');
    play.take('duty', { type: 'recordArrival', site: 'annex' });
    expect(play.state.stay).toMatchObject({ site: 'annex', status: 'occupied' });
    expect(owed(play)).not.toContain('rehouse-child mediator');
    homeAgain(play);
  });

  test('is owed it still when it has come to another that is closed', () => {
    const rules = asked(closing('sites', 'residence'));
    const sites = rules.sites.map((site) => ({ ...site, closed: long }));
    const play = under({ ...rules, sites }, caseIn('hosting'));
    play.take('duty', { type: 'recordArrival', site: 'annex' });
    expect(duty(play)?.since).toBe(play.state.stay?.since);
  });

  test('is owed nothing of it where its site stays open, where the bed is only kept, or once it may leave', () => {
    expect(duty(under(asked(hostingRules), caseIn('hosting')))).toBeUndefined();
    expect(duty(under(asked(closing('sites', 'residence')), caseIn('transit')))).toBeUndefined();
    const kept = caseIn('preparation');
    kept.runEffects();
    kept.take('host', { type: 'confirmPlace' });
    expect(duty(under(asked(closing('sites', 'residence')), kept))).toBeUndefined();
  });

  test('is owed nothing of it under rules that do not ask', () => {
    const { 'rehouse-child': _, ...ladders } = hostingRules.ladders;
    const before = { ...closing('sites', 'residence'), ladders };
    expect(duty(under(before, caseIn('hosting')))).toBeUndefined();
  });
});

describe('new legs', () => {
  const detour = (play: CaseInPlay) => {
    const [first, second] = legsOf(play);
    return [
      { ...first!, to: 'harbour' },
      { ...second!, from: 'harbour' },
    ];
  };
  const withHarbour = (rules: MechanismRules) => ({ ...rules, places: [...rules.places, 'harbour'] });

  test('lead to no closed place', () => {
    const play = under(withHarbour(closing('places', 'harbour')), caseIn('preparation'));
    expect(play.refuse('dispatcher', { type: 'planLegs', legs: detour(play) })).toEqual({
      code: 'closed-for-new',
      field: 'legs.0',
    });
  });

  test('end at the agreed handover place, though it closed since', () => {
    const play = under(closing('places', 'home-town'), caseIn('preparation'));
    play.take('dispatcher', { type: 'planLegs', legs: legsOf(play) });
  });

  test('keep the places of the way that was planned before', () => {
    const play = under(closing('places', 'border'), caseIn('preparation'));
    const before = under(hostingRules, play);
    before.take('dispatcher', { type: 'planLegs', legs: legsOf(before) });
    const since = under(play.rules, before);
    since.take('dispatcher', {
      type: 'planLegs',
      legs: legsOf(since).map((leg) => ({ ...leg, checkInEvery: 'PT1H' })),
    });
  });
});

describe('what happens at a closed place is a fact', () => {
  test('a child arrives at a closed site where a place was kept', () => {
    const play = caseIn('preparation').fork();
    play.runEffects();
    play.take('host', { type: 'confirmPlace' });
    play.rules = closing('sites', 'residence');
    play.take('host', { type: 'recordArrival' });
    expect(play.state.stay).toMatchObject({ site: 'residence', status: 'occupied' });
  });

  test('an escort diverts to a closed place, waits there in safety, and goes on from there', () => {
    const play = caseIn('transit').fork();
    play.rules = { ...closing('places', 'harbour'), places: [...hostingRules.places, 'harbour'] };
    play.take('escort', { type: 'divert', place: 'harbour', kind: 'security' });
    play.take('escort', { type: 'reachSafePoint', place: 'harbour' });
    const [first] = legsOf(play);
    play.take('dispatcher', {
      type: 'planLegs',
      legs: [{ ...first!, from: 'harbour', to: 'home-town', checkInEvery: 'PT1H' }],
    });
  });

  test('a child is taken into interim care at a closed place', () => {
    const play = caseIn('handover').fork();
    play.rules = closing('places', 'home-town');
    hear(play);
    play.take('receiver', { type: 'placeInInterimCare', kind: 'centre', place: 'home-town' });
  });
});

describe('what a later version closes', () => {
  const since = (day: number) => dateOf(addDuration(opening, `P${day}D`));
  const later: MechanismRules = {
    ...hostingRules,
    version: hostingRules.version + 1,
    places: [...hostingRules.places, 'tunnel'],
    placesClosed: { border: long, tunnel: long },
    parties: hostingRules.parties.map((party) =>
      party.id === 'escorts' ? { ...party, closed: long } : party,
    ),
    sites: hostingRules.sites.map((site) => ({
      ...site,
      capacity: 1,
      beds: [{ id: 'cot-1', kind: 'cot' as const }],
      closures: [{ from: since(1), to: since(2) }],
    })),
    approvalValidFor: 'P1D',
  };

  test('counts beside the rules of the case, and so does what it opens', () => {
    const own = hostingRules;
    const both = withClosingsOf(later, own);
    expect(both).toEqual({
      ...own,
      parties: later.parties,
      sites: later.sites,
      placesClosed: { border: long },
    });
    const version = own.version + 2;
    expect(withClosingsOf({ ...own, version }, both)).toEqual(own);
  });

  test('is noted once, and counts until the case is moved to that version or a later one', () => {
    const play = caseIn('hosting').fork();
    const note = (mechanismVersion: number) =>
      play.take('system', { type: 'noteClosings', mechanismVersion });
    const { version } = play.state.mechanism;
    const plan = play.state.plan;
    note(version + 2);
    expect(play.state).toMatchObject({ closings: { version: version + 2, at: play.now }, plan });
    const { version: seen } = play.state;
    for (const known of [version, version + 1, version + 2]) note(known);
    expect(play.state.version).toBe(seen);
    play.take('lead', { type: 'moveMechanism', version: version + 1 });
    expect(play.state.closings).toMatchObject({ version: version + 2 });
    play.take('lead', { type: 'moveMechanism', version: version + 2 });
    expect(play.state.closings).toBeUndefined();
  });

  test('is to be avoided by an escort on the way, from the day on which the case heard of it', () => {
    const play = caseIn('transit').fork();
    expect(play.state.legs.map(({ to }) => to)).toContain('border');
    play.pass('PT1H');
    play.take('system', { type: 'noteClosings', mechanismVersion: later.version });
    play.rules = withClosingsOf(later, play.rules);
    expect(
      foreseenObligationsOf(play.state, play.rules, play.now).find(
        ({ kind }) => kind === 'avoid-closed-place',
      ),
    ).toMatchObject({
      subject: 'border',
      party: 'escorts',
      commands: ['planLegs'],
      since: play.state.closings!.at,
    });
    expect(play.state.journey).toBeDefined();
  });
});

/** The day turns in Auckland half a day before it does in UTC. */
describe('a day of closing begins', () => {
  const auckland = 'Pacific/Auckland';
  const rules: MechanismRules = {
    ...hostingRules,
    zones: { [auckland]: zoneOffsetsOf(auckland), 'Europe/Zurich': zoneOffsetsOf('Europe/Zurich') },
    parties: hostingRules.parties.map((party) =>
      party.id === 'embassy' ? { ...party, timeZone: auckland, closed: '2026-06-01' } : party,
    ),
    sites: [
      { id: 'residence', party: 'embassy', capacity: 1 },
      { id: 'annex', party: 'inn', capacity: 1, timeZone: auckland, closed: '2026-06-01' },
      { id: 'guesthouse', party: 'inn', capacity: 1, closed: '2026-06-01' },
    ],
    placeZones: { station: auckland },
    placesClosed: { station: '2026-06-01', border: '2026-06-01' },
  };
  // Midnight of 1 June: 12:00 UTC the day before in Auckland, 22:00 UTC in Zurich.
  test.each([
    ['2026-05-31T11:59:59.000Z', []],
    ['2026-05-31T12:00:00.000Z', ['embassy', 'residence', 'annex', 'station']],
    ['2026-05-31T21:59:59.000Z', ['embassy', 'residence', 'annex', 'station']],
    ['2026-05-31T22:00:00.000Z', ['embassy', 'residence', 'annex', 'guesthouse', 'station', 'border']],
  ])('by its own clocks: at %s closed are %j', (at, closed) => {
    const asked = { rules, at };
    expect([
      ...['embassy', 'inn'].filter((id) => isPartyClosed(id, asked)),
      ...['residence', 'annex', 'guesthouse'].filter((id) => isSiteClosed(id, asked)),
      ...['station', 'border', 'home-town'].filter((id) => isPlaceClosed(id, asked)),
    ]).toEqual(closed);
  });
});
