/** Trouble on the road: somebody at the mediator's must have seen it, each one, until the child is past it. */
import { incidentKinds } from '../../../src/domain/model/commands';
import type { Command, IncidentKind } from '../../../src/domain/model/commands';
import { evolve } from '../../../src/domain/evolve/evolve';
import { obligationsOf } from '../../../src/domain/obligations/obligations';
import { addDuration } from '../../../src/domain/calendar/time';
import type { ReturnCase } from '../../../src/domain/model/case';
import { noticesOf } from '../../../src/domain/obligations/notices';
import { caseIn, shift } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { hostingRules } from '../../support/mechanism-rules';
import type { ActorName } from '../../support/mechanism-rules';
import { homeAgain, obligationsIn, owed } from '../plays/returns';

const report = (kind: IncidentKind) => ({ type: 'reportIncident', kind }) as const;
const answer = (incident: string) => ({ type: 'answerIncident', incident, note: 'note-1' }) as const;
const open = (play: CaseInPlay): string[] =>
  owed(play)
    .filter((each) => each.startsWith('answer-incident'))
    .sort();
const troubled = (...kinds: IncidentKind[]): CaseInPlay => {
  const play = caseIn('transit');
  for (const kind of kinds) play.take('escort', report(kind));
  return play;
};

const told: Readonly<Record<IncidentKind, boolean>> = {
  delay: false,
  'route-blocked': false,
  vehicle: true,
  documents: false,
  'lost-documents': true,
  'turned-back': true,
  'companion-detained': true,
  media: false,
  health: true,
  security: true,
  other: false,
};

describe('trouble on the road', () => {
  test.each(incidentKinds.map((kind) => [kind, told[kind]] as const))(
    '%s is for the people on duty to answer: %s',
    (kind, isTrouble) => {
      expect(open(troubled(kind))).toEqual(isTrouble ? [`answer-incident ${kind}-1 mediator`] : []);
    },
  );

  test('is theirs at once and whatever the hour, and climbs to the lead while nobody answers', () => {
    const play = troubled('security');
    const [duty] = obligationsIn(play).filter(({ kind }) => kind === 'answer-incident');
    expect(duty).toMatchObject({
      safety: true,
      roles: ['duty-officer', 'lead'],
      since: play.now,
      due: addDuration(play.now, 'PT15M'),
    });
    const steps = () =>
      play.events.flatMap(({ event }) =>
        event.type === 'LadderStepTaken' && event.kind === 'answer-incident' ? [event.act] : [],
      );
    play.pass('PT5M');
    expect(steps()).toEqual(['remind']);
    play.pass('PT10M');
    expect(steps()).toEqual(['remind', 'escalate']);
  });

  test('counts from when the record heard of it, not from when it happened: nobody could have answered before', () => {
    const play = caseIn('transit');
    const at = shift(play.now, 60_000);
    play.now = shift(play.now, 3_600_000);
    play.take('escort', { ...report('security'), at });
    expect(obligationsIn(play).find(({ kind }) => kind === 'answer-incident')?.since).toBe(play.now);
    expect(play.state.journey?.lastSignAt).toBe(at);
  });

  test('is answered each for itself, also two of a kind, and once', () => {
    const play = troubled('vehicle', 'security', 'vehicle');
    expect(open(play)).toEqual([
      'answer-incident security-2 mediator',
      'answer-incident vehicle-1 mediator',
      'answer-incident vehicle-3 mediator',
    ]);
    play.take('duty', answer('vehicle-1'));
    expect(open(play)).toEqual(['answer-incident security-2 mediator', 'answer-incident vehicle-3 mediator']);
    expect(play.refuse('lead', answer('vehicle-1')).code).toBe('already-done');
    expect(play.refuse('lead', answer('vehicle-2')).code).toBe('already-done');
    // The next one has a number of its own: its ladder begins anew.
    play.take('escort', report('vehicle'));
    expect(open(play)).toContain('answer-incident vehicle-4 mediator');
    for (const id of ['security-2', 'vehicle-3', 'vehicle-4']) play.take('lead', answer(id));
    expect(open(play)).toEqual([]);
  });

  test.each([
    ['a sign of life', 'escort', { type: 'checkIn' }],
    ['a stop', 'escort', { type: 'pauseJourney', kind: 'security' }],
    ['another way', 'escort', { type: 'divert', place: 'border', kind: 'security' }],
    ['a safe place', 'escort', { type: 'reachSafePoint', place: 'border' }],
    ['a medical emergency', 'escort', { type: 'reportMedicalEmergency' }],
    ['a completed leg', 'escort', { type: 'completeLeg', leg: 'leg-1' }],
  ] as const satisfies readonly (readonly [string, ActorName, Command])[])(
    '%s does not end it: that somebody acts on the road does not say that the mediator knows',
    (_what, by, command) => {
      const play = troubled('companion-detained');
      play.take(by, command);
      expect(open(play)).toEqual(['answer-incident companion-detained-1 mediator']);
    },
  );

  test('is past when the child has arrived; what happens at the door is owed again', () => {
    const play = troubled('security');
    play.take('escort', { type: 'arrive' });
    expect(open(play)).toEqual([]);
    expect(play.refuse('duty', answer('security-1')).code).toBe('already-done');
    play.take('receiver', { type: 'identifyChild', matches: true, how: 'photograph' });
    play.take('escort', report('security'));
    expect(open(play)).toEqual(['answer-incident security-2 mediator']);
  });

  test('is past when the way has ended: a second journey knows nothing of the first', () => {
    const play = troubled('turned-back');
    play.takeByTwo('host', 'duty', { type: 'recordArrival' });
    expect(play.state.journey).toBeUndefined();
    expect(open(play)).toEqual([]);
  });

  test('of long ago is owed by nobody once the child is home', () => {
    const play = troubled('security', 'vehicle');
    homeAgain(play);
    expect(open(play)).toEqual([]);
    // As older records have it: never answered, and no arrival after it in the fold of that time.
    const { journey } = play.state;
    const old: ReturnCase = {
      ...play.state,
      journey: {
        ...journey!,
        incidents: [{ id: 'security-1', kind: 'security', since: journey!.departedAt }],
      },
    };
    expect(obligationsOf(old, play.rules, play.now).map(({ kind }) => kind)).not.toContain('answer-incident');
  });

  test('under rules of before, which a running process still carries, is owed by nobody', () => {
    const { 'answer-incident': _, ...ladders } = hostingRules.ladders;
    const play = troubled('security');
    const before = { ...play.rules, ladders };
    expect(obligationsOf(play.state, before, play.now).map(({ kind }) => kind)).not.toContain(
      'answer-incident',
    );
  });

  test('tells the people on duty and whoever sent the escort at once, and nobody else; news tells nobody', () => {
    const toldOf = (kind: IncidentKind): string[] => {
      const play = troubled(kind);
      const recorded = play.events.find(({ event }) => event.type === 'IncidentReported')!;
      const state = play.events
        .filter(({ version }) => version <= recorded.version)
        .reduce<ReturnCase | undefined>((before, each) => evolve(before, each), undefined)!;
      return noticesOf(recorded, state, play.rules).map(({ kind: notice, party, roles, safety, facts }) =>
        [notice, party, ...roles, safety ? 'now' : 'later', facts.incident].join(' '),
      );
    };
    for (const kind of incidentKinds)
      expect(toldOf(kind)).toEqual(
        told[kind]
          ? [
              `incident mediator duty-officer lead now ${kind}`,
              `incident escorts dispatcher duty-officer now ${kind}`,
            ]
          : [],
      );
  });
});
