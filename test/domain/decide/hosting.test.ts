/** The day of a hosted child: what its host notes, and who reads it. */
import { dosesBetween, isLate, recordableDoses } from '../../../src/domain/facts/treatments';
import { nurses, ward } from '../../../src/domain/readers/audiences';
import { eventReaders } from '../../../src/domain/readers/event-readers';
import { caseReaders, caseViewFor } from '../../../src/http/views/case-view';
import { readersOf } from '../../support/readers';
import { owed } from '../plays/returns';
import { awaitWindow, caseIn, daysAfter, makeReady, passOn, shift } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';

describe('the daily note', () => {
  const day = { ate: 'little', slept: 'not-at-all', mood: 'low', health: 'ill' } as const;

  test('says of the day what the host saw, each thing by its code', () => {
    const play = caseIn('hosting').fork();
    const events = play.take('host', { type: 'writeWelfareNote', wellbeing: 'well', note: 'n', ...day });
    expect(events).toEqual([
      { type: 'WelfareNoted', wellbeing: 'well', note: 'n' },
      { type: 'DayNoted', ...day },
    ]);
    expect(play.state.dailyNote).toEqual({ at: play.now, ...day });
    play.take('host', { type: 'writeWelfareNote', wellbeing: 'well', ate: 'well' });
    expect(play.state.dailyNote).toEqual({ at: play.now, ate: 'well' });
  });

  test('is as before where nothing more was said, and leaves what was said last', () => {
    const play = caseIn('hosting').fork();
    play.take('host', { type: 'writeWelfareNote', wellbeing: 'well', ...day });
    const { dailyNote } = play.state;
    expect(play.take('host', { type: 'writeWelfareNote', wellbeing: 'concern' })).toEqual([
      { type: 'WelfareNoted', wellbeing: 'concern' },
    ]);
    expect(play.state.dailyNote).toEqual(dailyNote);
    expect(play.state.concerns).toMatchObject([{ id: `note-${play.state.version}`, party: 'embassy' }]);
  });

  test('ends with the stay', () => {
    const play = caseIn('hosting').fork();
    play.take('host', { type: 'writeWelfareNote', wellbeing: 'well', ...day });
    play.take('officer', { type: 'closeCase', outcome: 'other', note: 'n' });
    expect(play.state.dailyNote).toBeUndefined();
  });

  test('is the host’s and the mediator’s to read; that the child is well, also those who wait for it', () => {
    expect(eventReaders.DayNoted).toEqual(['mediator', 'host']);
    expect(eventReaders.WelfareNoted).toContain('requesting');
  });
});

describe('the arrival check', () => {
  const check = { recognised: 'not-sure', health: 'hurt', belongings: 'without' } as const;

  test('says how the child came, and neither who it is nor that it arrived', () => {
    const play = caseIn('preparation').fork();
    play.runEffects();
    play.take('host', { type: 'confirmPlace' });
    expect(play.refuse('host', { type: 'checkArrival', ...check }).code).toBe('wrong-stage');
    play.take('host', { type: 'recordArrival' });
    const before = owed(play);
    expect(play.take('host', { type: 'checkArrival', ...check, note: 'n' })).toEqual([
      { type: 'ArrivalChecked', ...check, note: 'n' },
    ]);
    expect(play.state.arrivalCheck).toEqual({ at: play.now, ...check });
    expect(play.state.presence).toBeUndefined();
    expect(owed(play)).toEqual(before);
  });

  test('is of this site: at another the child is looked at again', () => {
    const play = caseIn('hosting').fork();
    play.take('host', { type: 'checkArrival', ...check });
    play.take('host', { type: 'writeWelfareNote', wellbeing: 'well', ate: 'well' });
    play.take('duty', { type: 'recordArrival', site: 'guesthouse' });
    expect([play.state.arrivalCheck, play.state.dailyNote]).toEqual([undefined, undefined]);
  });

  test('is read by the host and the mediator alone', () => {
    expect([eventReaders.ArrivalChecked, caseReaders.arrivalCheck]).toEqual([ward, ward]);
  });
});

describe('who came to see a child', () => {
  test('is kept with when, newest last, the last ten of them', () => {
    const play = caseIn('hosting').fork();
    const came = play.now;
    play.pass('PT2H');
    expect(play.take('host', { type: 'recordVisitor', kind: 'lawyer', at: came, note: 'n' })).toEqual([
      { type: 'VisitorRecorded', kind: 'lawyer', happenedAt: came, note: 'n' },
    ]);
    play.take('clinician', { type: 'recordVisitor', kind: 'doctor' });
    expect(play.state.visitors).toEqual([
      { kind: 'lawyer', at: came },
      { kind: 'doctor', at: play.now },
    ]);
    for (let more = 0; more < 9; more += 1) play.take('host', { type: 'recordVisitor', kind: 'other' });
    expect([play.state.visitors!.length, play.state.visitors![0]!.kind]).toEqual([10, 'doctor']);
  });

  test('came while the child was there: neither before it nor after now', () => {
    const play = caseIn('hosting').fork();
    const { since } = play.state.stay!;
    const came = (at: string) => ({ type: 'recordVisitor', kind: 'relative', at }) as const;
    expect(play.refuse('host', came(shift(play.now, 1000)))).toEqual({ code: 'date-future', field: 'at' });
    expect(play.refuse('host', came(shift(since, -1000)))).toEqual({ code: 'date-past', field: 'at' });
    play.take('host', came(since));
  });

  test('is for the host and the mediator, and of the site where the child is', () => {
    expect([eventReaders.VisitorRecorded, caseReaders.visitors]).toEqual([ward, ward]);
    const play = caseIn('hosting').fork();
    play.take('host', { type: 'recordVisitor', kind: 'relative' });
    play.take('duty', { type: 'recordArrival', site: 'guesthouse' });
    expect(play.state.visitors).toBeUndefined();
  });
});

describe('what a child is to get', () => {
  const order = (more: object = {}) =>
    ({
      type: 'setTreatment',
      kind: 'medicine',
      times: ['20:00', '08:00', '08:00'],
      note: 'n',
      ...more,
    }) as const;
  /** Hosted, and it is noon. */
  const atNoon = (): CaseInPlay => {
    const play = caseIn('hosting').fork();
    play.passUntil(`${daysAfter(play.now, 1)}T12:00:00.000Z`);
    return play;
  };
  const inDays = (play: CaseInPlay, days: number): string => daysAfter(play.now, days);
  const found = (play: CaseInPlay) => recordableDoses(play.state, play.rules, play.now);
  const at = (play: CaseInPlay, hours: number): string => shift(play.now, hours * 3_600_000);
  const ordered = (more: object = {}): CaseInPlay => {
    const play = atNoon();
    play.take('clinician', order(more));
    return play;
  };
  const dayOf = (play: CaseInPlay, days: number): string[] => {
    const [from, to] = [days, days + 1].map((day) => `${inDays(play, day)}T00:00:00.000Z`);
    return dosesBetween(play.state, play.rules, from!, to!).map(({ due }) => due.slice(11, 16));
  };

  test('stands in the case under an id of its own, its times in order and each once', () => {
    const play = ordered();
    expect(play.state.treatments).toEqual([
      {
        ...{ id: `treatment-${play.state.version}`, kind: 'medicine', times: ['08:00', '20:00'], note: 'n' },
        ...{ firstDay: inDays(play, 0), since: play.now, doses: [] },
      },
    ]);
  });

  test('is a clinician’s to say, and to end', () => {
    const play = ordered();
    expect(play.refuse('host', order()).code).toBe('not-your-command');
    const [{ id: treatment } = { id: '' }] = play.state.treatments ?? [];
    expect(play.refuse('host', { type: 'endTreatment', treatment }).code).toBe('not-your-command');
    play.take('clinician', { type: 'endTreatment', treatment });
    expect(play.state.treatments).toEqual([]);
    expect(play.refuse('clinician', { type: 'endTreatment', treatment })).toEqual({
      ...{ code: 'unknown-treatment', field: 'treatment' },
    });
  });

  test('begins neither in the past nor after its end; before the child comes it may be said already', () => {
    const play = atNoon();
    const refused = (more: object) => play.refuse('clinician', order(more));
    expect(refused({ firstDay: inDays(play, -1) })).toEqual({ code: 'date-past', field: 'firstDay' });
    expect(refused({ lastDay: inDays(play, -1) })).toEqual({ code: 'window-inverted', field: 'lastDay' });
    play.take('clinician', order({ firstDay: inDays(play, 0), lastDay: inDays(play, 0) }));
    const coming = caseIn('preparation').fork();
    coming.runEffects();
    expect(coming.refuse('clinician', order()).code).toBe('wrong-stage');
    coming.take('host', { type: 'confirmPlace' });
    coming.take('clinician', order());
    expect(dayOf(coming, 1)).toEqual([]);
    coming.passUntil(`${inDays(coming, 1)}T12:00:00.000Z`);
    coming.take('host', { type: 'recordArrival' });
    expect([dayOf(coming, 0), dayOf(coming, 1)]).toEqual([['20:00'], ['08:00', '20:00']]);
  });

  test('is due at its times, from when it was said on, on each of its days and no other', () => {
    const play = ordered({ lastDay: inDays(atNoon(), 1) });
    expect([-1, 0, 1, 2].map((day) => dayOf(play, day))).toEqual([[], ['20:00'], ['08:00', '20:00'], []]);
  });

  test('is due by the clocks of the site, also on the day on which they are put forward', () => {
    const play = ordered();
    const day = inDays(play, 1);
    // An hour east of UTC; two from two in the morning of that day on.
    const zones = { Zone: [0, 60, Date.parse(`${day}T01:00:00.000Z`) / 1000, 120] };
    const sites = play.rules.sites.map((site) => ({ ...site, timeZone: 'Zone' }));
    play.rules = { ...play.rules, zones, sites };
    const all = dosesBetween(play.state, play.rules, play.now, `${inDays(play, 2)}T00:00:00.000Z`);
    expect(all.map(({ due }) => due.slice(5, 16))).toEqual([
      `${inDays(play, 0).slice(5)}T19:00`,
      `${day.slice(5)}T06:00`,
      `${day.slice(5)}T18:00`,
    ]);
  });

  test('and what became of each is said once, from an hour before it is due until a day after', () => {
    const play = ordered();
    expect(found(play)).toEqual([]);
    play.passUntil(`${inDays(play, 0)}T18:59:00.000Z`);
    expect(found(play)).toEqual([]);
    play.passUntil(`${inDays(play, 0)}T19:30:00.000Z`);
    const [dose] = found(play);
    expect(dose).toMatchObject({ due: `${inDays(play, 0)}T20:00:00.000Z` });
    const given = { type: 'recordDose', dose: dose!.id, outcome: 'given' } as const;
    expect(play.take('host', given)).toEqual([
      { type: 'DoseRecorded', treatment: dose!.treatment.id, due: dose!.due, outcome: 'given' },
    ]);
    // Whoever is about to give it again.
    expect(play.refuse('clinician', given)).toEqual({ code: 'already-done' });
    expect(play.refuse('host', { ...given, dose: `${dose!.treatment.id}-0` })).toEqual({
      ...{ code: 'unknown-treatment', field: 'dose' },
    });
    play.passUntil(`${inDays(play, 1)}T20:00:01.000Z`);
    expect(found(play).map(({ due }) => due.slice(11, 16))).toEqual(['08:00', '20:00']);
    expect(play.refuse('host', { ...given, outcome: 'refused' }).code).toBe('unknown-treatment');
  });

  test('what was said wrongly is said anew, and the last word counts', () => {
    const play = ordered();
    play.passUntil(`${inDays(play, 0)}T20:30:00.000Z`);
    const [dose] = found(play);
    play.take('host', { type: 'recordDose', dose: dose!.id, outcome: 'given' });
    play.take('host', { type: 'recordDose', dose: dose!.id, outcome: 'refused', note: 'n' });
    expect(found(play)[0]!.done).toEqual({ due: dose!.due, outcome: 'refused', at: play.now });
  });

  test.each([
    ['ahead', 0.1, { code: 'date-future', field: 'at' }],
    ['more than an hour early', -1.6, { code: 'date-past', field: 'at' }],
  ])('a dose is not given %s', (_, hours, refusal) => {
    const play = ordered();
    play.passUntil(`${inDays(play, 0)}T20:30:00.000Z`);
    const command = { type: 'recordDose', dose: found(play)[0]!.id, outcome: 'given' } as const;
    expect(play.refuse('host', { ...command, at: at(play, hours) })).toEqual(refusal);
    play.take('host', { ...command, at: at(play, -1.5) });
    expect(found(play)[0]!.done).toMatchObject({ at: at(play, -1.5 - 1 / 3600) });
  });

  test('is late an hour after its time, while nobody has said anything', () => {
    const play = ordered();
    play.passUntil(`${inDays(play, 0)}T21:00:00.000Z`);
    expect(isLate(found(play)[0]!, play.now)).toBe(false);
    play.passUntil(`${inDays(play, 0)}T21:00:01.000Z`);
    expect(isLate(found(play)[0]!, play.now)).toBe(true);
    play.take('host', { type: 'recordDose', dose: found(play)[0]!.id, outcome: 'not-given' });
    expect(isLate(found(play)[0]!, play.now)).toBe(false);
  });

  test('goes with the child to another site', () => {
    const play = ordered();
    play.take('duty', { type: 'recordArrival', site: 'guesthouse' });
    expect(dayOf(play, 1)).toEqual(['08:00', '20:00']);
  });

  /** On the way from the hosting site on, with an order for 08:00 and 20:00. */
  const onTheWay = (): CaseInPlay => {
    const away = caseIn('hosting').fork();
    away.runEffects();
    away.take('clinician', order());
    makeReady(away);
    awaitWindow(away);
    away.take('lead', { type: 'depart' });
    expect(dayOf(away, 1)).toEqual(['08:00', '20:00']);
    return away;
  };

  test('goes with the child on the way: its escort says what became of each dose, and no other one', () => {
    const away = onTheWay();
    away.passUntil(`${inDays(away, 1)}T20:00:00.000Z`);
    const evening = found(away).find((dose) => dose.due === away.now)!;
    const said = { type: 'recordDose', dose: evening.id, outcome: 'given' } as const;
    // Until it is handed over it is the host's to say.
    expect(away.refuse('escort', said)).toEqual({ code: 'unknown-treatment', field: 'dose' });
    passOn(away);
    expect(dayOf(away, 1)).toEqual(['08:00', '20:00']);
    away.passUntil(`${inDays(away, 1)}T08:00:00.000Z`);
    const morning = found(away).find((dose) => dose.due === away.now)!;
    const given = { type: 'recordDose', dose: morning.id, outcome: 'given' } as const;
    for (const by of ['escort2', 'host'] as const)
      expect(away.refuse(by, given)).toEqual({ code: 'unknown-treatment', field: 'dose' });
    away.take('escort', given);
    expect(away.refuse('escort', given).code).toBe('already-done');
    // What the host forgot to say it may still say.
    away.take('host', { ...said, outcome: 'not-given' });
  });

  test('ends for the escort where the child is handed over', () => {
    const away = onTheWay();
    passOn(away);
    for (const { id } of away.state.legs) away.take('escort', { type: 'completeLeg', leg: id });
    away.take('receiver', { type: 'placeInInterimCare', kind: 'hospital', place: 'home-town' });
    expect(dayOf(away, 1)).toEqual([]);
  });

  test('is read in its words by whoever hosts the child now or takes it home, also where another host’s clinician wrote them', () => {
    const play = ordered();
    play.take('duty', { type: 'recordArrival', site: 'guesthouse' });
    const notes = new Map([['n', { party: 'embassy', text: 'A syrup' }]]);
    const seenBy = (name: string) =>
      caseViewFor(
        readersOf(play.rules).find(({ official }) => official === name)!,
        play.state,
        {
          ...{ notes, papers: new Set<string>() },
        },
      ).treatments?.map(({ note }) => note);
    expect(['inn-host', 'officer', 'south-official', 'escort'].map(seenBy)).toEqual([
      ...[['A syrup'], ['A syrup'], undefined, ['A syrup']],
    ]);
  });

  test('keeps of the past what may still be said otherwise', () => {
    const play = ordered();
    for (let day = 0; day < 5; day += 1) {
      play.passUntil(`${inDays(play, 0)}T20:00:00.000Z`);
      for (const { id, done } of found(play))
        if (!done) play.take('host', { type: 'recordDose', dose: id, outcome: 'given' });
      play.passUntil(`${inDays(play, 1)}T12:00:00.000Z`);
    }
    expect(play.state.treatments![0]!.doses.length).toBeLessThan(6);
  });

  test('makes no other’s reading stale, and no stalled case move', () => {
    const play = ordered();
    play.passUntil(`${inDays(play, 0)}T20:30:00.000Z`);
    const { version, lastProgressAt } = play.state;
    play.take('host', { type: 'recordDose', dose: found(play)[0]!.id, outcome: 'given' });
    expect(play.state.lastProgressAt).toBe(lastProgressAt);
    const verdict = play.send('officer', { type: 'markUrgent', medicallyUrgent: true }, version);
    expect(verdict).toHaveProperty('events');
  });

  test('is read by the host, the mediator and who takes it home, and by no side', () => {
    for (const type of ['TreatmentSet', 'TreatmentEnded', 'DoseRecorded'] as const)
      expect([type, eventReaders[type]]).toEqual([type, ['mediator', 'host', 'escort']]);
    expect([caseReaders.treatments, caseReaders.dailyNote]).toEqual([nurses, ward]);
  });
});
