/** A case is somebody's at the mediator's: given out, taken, passed on, and nobody's again when they leave. */
import { caseIn } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { addDuration } from '../../../src/domain/calendar/time';
import { offersFor } from '../../../src/domain/decide/offers';
import { readsEvent, versionFor } from '../../../src/domain/readers/event-readers';
import { hostingRules, officials, rulesOfDefaults } from '../../support/mechanism-rules';
import { homeAgain, obligationsIn, owed } from '../plays/returns';

const toOfficer = { type: 'assignOfficer', officer: 'officer' } as const;
const withDeputy = { ...toOfficer, deputy: 'officer2' } as const;
const dutyIn = (play: CaseInPlay) => obligationsIn(play).find(({ kind }) => kind === 'assign-officer');
const leave = (play: CaseInPlay, official: string, by?: string): void =>
  void play.take('system', {
    ...{ type: 'noteSubstitution', official, party: 'mediator' },
    ...(by !== undefined && { by }),
  });
const given = (): CaseInPlay => {
  const play = caseIn('tracing', rulesOfDefaults);
  play.take('lead', withDeputy);
  return play;
};

describe('a case that nobody has', () => {
  test('is the lead’s to give out from its opening on, and no longer once it is somebody’s', () => {
    const play = caseIn('tracing', rulesOfDefaults);
    expect(dutyIn(play)).toMatchObject({
      ...{ party: 'mediator', roles: ['lead'], since: play.state.openedAt, safety: false },
      commands: ['assignOfficer'],
    });
    play.take('lead', withDeputy);
    expect(play.state.officer).toEqual({ official: 'officer', deputy: 'officer2', since: play.now });
    expect(dutyIn(play)).toBeUndefined();
  });

  test('reminds the lead after two days and is escalated after five', () => {
    const play = caseIn('intake', rulesOfDefaults);
    const { openedAt } = play.state;
    play.passUntil(addDuration(openedAt, 'P6D'));
    const steps = play.events.flatMap(({ event, at }) =>
      event.type === 'LadderStepTaken' && event.kind === 'assign-officer' ? [[event.act, at]] : [],
    );
    expect(steps).toEqual([
      ['remind', addDuration(openedAt, 'P2D')],
      ['escalate', addDuration(openedAt, 'P5D')],
    ]);
    expect(dutyIn(play)?.due).toBe(addDuration(openedAt, 'P3D'));
  });

  test('waits for nobody under rules that do not ask', () => {
    expect(owed(caseIn('tracing', hostingRules)).filter((one) => one.startsWith('assign-officer'))).toEqual(
      [],
    );
  });
});

describe('who gives a case to whom', () => {
  test('the lead gives any case to anybody, and names another deputy or none', () => {
    const play = given();
    const since = play.state.officer?.since;
    play.take('lead', toOfficer);
    expect(play.state.officer).toEqual({ official: 'officer', since });
    play.take('lead', { type: 'assignOfficer', officer: 'lead', deputy: 'officer' });
    expect(play.state.officer).toEqual({ official: 'lead', deputy: 'officer', since: play.now });
  });

  test('a case officer takes a case, also a colleague’s, and passes on their own', () => {
    const play = caseIn('tracing');
    play.take('officer', toOfficer);
    play.take('officer', { type: 'assignOfficer', officer: 'officer2' });
    play.take('officer', toOfficer);
    expect(play.state.officer).toEqual({ official: 'officer', since: play.now });
  });

  test('and passes on nobody else’s, nor one that nobody has', () => {
    const play = caseIn('tracing');
    expect(play.refuse('officer2', toOfficer).code).toBe('not-your-command');
    play.take('officer', toOfficer);
    expect(play.refuse('officer2', { type: 'assignOfficer', officer: 'lead' }).code).toBe('not-your-command');
  });

  test('is offered so', () => {
    const officers = ['lead', 'officer', 'officer2'];
    const play = given();
    const offered = (by: 'lead' | 'officer' | 'officer2') =>
      offersFor(play.state, officials[by], { ...play.context, officers }).find(
        ({ type }) => type === 'assignOfficer',
      )?.subjects;
    expect([offered('lead'), offered('officer'), offered('officer2')]).toEqual([
      officers,
      officers,
      ['officer2'],
    ]);
  });

  test('nobody is their own deputy, and nothing is said twice', () => {
    const play = given();
    expect(play.refuse('lead', { ...toOfficer, deputy: 'officer' })).toEqual({
      ...{ code: 'duplicate-id', field: 'deputy' },
    });
    expect(play.refuse('lead', withDeputy).code).toBe('already-done');
  });
});

describe('when one of the two leaves for good', () => {
  const officerAfter = (leaver: string, by?: string) => {
    const play = given();
    leave(play, leaver, by);
    const { official, deputy } = play.state.officer ?? {};
    return [official, deputy];
  };
  test.each([
    ['the officer, with a successor', 'officer', 'lead', ['lead', 'officer2']],
    ['the officer, without: the deputy has it', 'officer', undefined, ['officer2', undefined]],
    ['the officer, and the deputy succeeds', 'officer', 'officer2', ['officer2', undefined]],
    ['the deputy, with a successor', 'officer2', 'lead', ['officer', 'lead']],
    ['the deputy, without', 'officer2', undefined, ['officer', undefined]],
    ['the deputy, and the officer succeeds', 'officer2', 'officer', ['officer', undefined]],
    ['another', 'reviewer', 'lead', ['officer', 'officer2']],
  ] as const)('%s', (_who, leaver, by, after) => {
    expect(officerAfter(leaver, by)).toEqual(after);
  });

  test('both: it is nobody’s, and the lead owes it anew from then on', () => {
    const play = given();
    const { since } = play.state.officer!;
    leave(play, 'officer2');
    expect(play.state.officer?.since).toBe(since);
    leave(play, 'officer');
    expect(play.state.officer).toBeUndefined();
    expect(dutyIn(play)?.since).toBe(play.now);
    play.take('lead', toOfficer);
    expect(play.state.officerLeftAt).toBeUndefined();
    homeAgain(play);
  });
});

describe('when one of the two stays and loses the role', () => {
  const relieved = (official: string) => ({ type: 'noteOfficerRelieved', official }) as const;

  test('the deputy has it; without one the lead owes it from then on', () => {
    const play = given();
    play.take('system', relieved('officer'));
    expect(play.state.officer).toEqual({ official: 'officer2', since: play.now });
    expect(dutyIn(play)).toBeUndefined();
    play.take('system', relieved('officer2'));
    expect(play.state.officer).toBeUndefined();
    expect(dutyIn(play)?.since).toBe(play.now);
  });

  test('the deputy is none any more; who has it, has it', () => {
    const play = given();
    const { since } = play.state.officer!;
    play.take('system', relieved('officer2'));
    expect(play.state.officer).toEqual({ official: 'officer', since });
    expect(play.refuse('system', relieved('officer2')).code).toBe('already-done');
  });

  test('what else they said they would see to is still theirs: they are there', () => {
    const play = given();
    const { key } =
      obligationsIn(play).find(({ kind }) => kind === 'locate-child') ?? obligationsIn(play)[0]!;
    play.take('officer', {
      type: 'acknowledgeObligation',
      obligation: key,
      until: addDuration(play.now, 'PT1H'),
    });
    play.take('system', relieved('officer'));
    expect(play.state.pauses?.[key]).toBeDefined();
  });
});

describe('whose case it is', () => {
  test('is no progress and makes no form stale', () => {
    const play = caseIn('tracing');
    const { lastProgressAt, version } = play.state;
    play.take('lead', toOfficer);
    expect(play.state.lastProgressAt).toBe(lastProgressAt);
    play.send('southOfficial', { type: 'reportWhereabouts', evidence: [] }, version);
    expect(play.state.locatedAt).toBeDefined();
  });

  test('is the mediator’s to know: for others nothing has happened', () => {
    const play = caseIn('tracing');
    const south = { party: 'south', kind: 'holding' } as const;
    const before = versionFor(south, play.state);
    play.take('lead', toOfficer);
    const last = play.events.at(-1)!;
    expect([readsEvent(south, last), versionFor(south, play.state)]).toEqual([false, before]);
    expect(readsEvent({ party: 'mediator', kind: 'mediator' }, last)).toBe(true);
  });
});
