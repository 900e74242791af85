/** What must hold whatever anybody does and however the clock jumps. Never-rules 1, 2, 3 and 8 (docs/rules.md). */
import fc from 'fast-check';
import type { ReturnCase } from '../../../src/domain/model/case';
import type { Command } from '../../../src/domain/model/commands';
import { decide } from '../../../src/domain/decide/decide';
import { effectsDueOf } from '../../../src/domain/facts/effects';
import type { RecordedEvent } from '../../../src/domain/model/events';
import { fold } from '../../../src/domain/evolve/evolve';
import { foreseenObligationsOf, obligationsOf } from '../../../src/domain/obligations/obligations';
import { nextInstantOf } from '../../../src/domain/obligations/schedule';
import { stageOf } from '../../../src/domain/facts/stage-of';
import { safetyKinds } from '../../../src/domain/model/obligation-kinds';
import { passOn, shift } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { actorOf, officialNames, officials } from '../../support/mechanism-rules';
import { miscountedDecisions, selfDealing, unagreedDepartures } from './audit';
import { uncrewedDepartures } from './audit-of-crew';
import { wrongDoors } from './audit-of-doors';
import { homeAgain, ready } from './returns';
import { anyCommand } from './any-command';
import { aimedAt, debtorsOf, playScript, scripts } from './random-play';

const runs = propertyRuns(60);
const forAnyReturn = (check: (play: CaseInPlay) => void): void =>
  fc.assert(
    fc.property(scripts, (script) => void playScript(script, check)),
    runs,
  );
/** Looked at once, when the play is over. */
const forAnyEnding = (check: (play: CaseInPlay) => void): void =>
  fc.assert(
    fc.property(scripts, (script) => check(playScript(script, () => undefined))),
    runs,
  );

const copyOf = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;
function freeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

describe('whatever anybody does', () => {
  test('no child departs without an unexpired approval of this very plan by every side (never-rule 1)', () =>
    forAnyEnding(({ events, rules }) => expect(unagreedDepartures(events, rules)).toEqual([])));

  test('every decision counts once, in order, for its own plan and party (never-rule 2)', () =>
    forAnyEnding(({ events }) => expect(miscountedDecisions(events)).toEqual([])));

  test('nobody reviews their own attestation, confirms their own relay or decides for another (never-rule 8)', () =>
    forAnyEnding(({ events, rules }) => expect(selfDealing(events, rules)).toEqual([])));

  test('no child passes a door unheard, against its will, unseen, or as another; none is forgotten with a concern', () =>
    forAnyEnding(({ events }) => expect(wrongDoors(events)).toEqual([])));

  test('no child departs without whoever and whatever plan and needs call for', () =>
    forAnyEnding(({ events }) => expect(uncrewedDepartures(events)).toEqual([])));

  test('the auditor misses a crew that was not confirmed', () => {
    const play = ready();
    play.take('clinician', { type: 'clearMedically', fit: true, needs: ['oxygen'] });
    play.take('dispatcher', { type: 'confirmCrew', has: ['oxygen'], escorts: 1, children: 1 });
    play.take('lead', { type: 'depart' });
    expect(uncrewedDepartures(play.events)).toEqual([]);
    const without = uncrewedDepartures(play.events.filter(({ event }) => event.type !== 'CrewConfirmed'));
    expect(without.map((fault) => fault.replace(/^\d+: /, ''))).toEqual([
      'departs without oxygen',
      'too few escorts',
    ]);
  });

  test.each(['ChildHeard', 'ChildIdentified'] as const)(
    'the auditor misses a %s that is not there',
    (type) => {
      const play = ready();
      play.take('lead', { type: 'depart' });
      homeAgain(play);
      expect(wrongDoors(play.events)).toEqual([]);
      const without = wrongDoors(play.events.filter(({ event }) => event.type !== type));
      expect(without.some((fault) => fault.includes('Departed'))).toBe(true);
      expect(without.some((fault) => fault.includes('HandedOver'))).toBe(true);
    },
  );

  test('the auditor misses a hand that took the child', () => {
    const play = ready();
    play.take('lead', { type: 'depart' });
    passOn(play);
    homeAgain(play);
    const without = wrongDoors(play.events.filter(({ event }) => event.type !== 'CareTaken'));
    expect(without.some((fault) => fault.includes('that nobody took'))).toBe(true);
  });

  test('a hold and a withdrawal are taken in every open stage, whatever version was seen (never-rule 3)', () =>
    forAnyReturn((play) => {
      if (play.state.stage === 'closed') return;
      const sides = [
        'northDecider',
        'southDecider',
        ...(play.rules.id === 'passage' ? ['passageDecider'] : []),
      ];
      const unrefusable: [string, Command][] = [
        ...['officer', 'northReviewer', 'southOfficial', ...sides].map((name): [string, Command] => [
          name,
          { type: 'placeHold', hold: 'hold-1', reason: 'safety' },
        ]),
        ...sides.map((name): [string, Command] => [name, { type: 'withdrawApproval' }]),
        ...sides.map((name): [string, Command] => [name, { type: 'withdrawSafeConduct' }]),
        ['northOfficial', { type: 'withdrawRequest' }],
        ['northDecider', { type: 'withdrawRequest' }],
      ];
      for (const [name, command] of unrefusable) {
        const actor = officials[name as keyof typeof officials];
        const verdict = decide(play.state, { actor, command, expectedVersion: 1 }, play.context);
        if (!('events' in verdict)) throw new Error(`refused: ${verdict.rejection.code}`);
        // The same hold placed again by the same hand stands already.
        const stands =
          command.type === 'placeHold' &&
          play.state.holds.some(({ id, by }) => id === command.hold && by === actor);
        expect(stands || verdict.events.length > 0).toBe(true);
      }
    }));

  test('what an official may no longer refuse stays in their hands: who placed a hold can lift it', () =>
    forAnyReturn((play) => {
      if (play.state.stage === 'closed') return;
      for (const { id, party } of play.state.holds) {
        const { by: actor } = play.state.holds.find((hold) => hold.id === id)!;
        const command = { type: 'liftHold', hold: id, ground: 'danger-over' } as const;
        const verdict = decide(play.state, { actor, command }, play.context);
        // Proposed already is as good: then it waits for its second person.
        if ('rejection' in verdict) expect(verdict.rejection.code).toBe('already-done');
        expect(party).toBe('party' in actor ? actor.party : undefined);
      }
      expect(new Set(play.state.holds.map(({ id }) => id)).size).toBe(play.state.holds.length);
    }));

  test('the stage in the record is the one the facts give', () =>
    forAnyReturn(({ state, rules }) => expect(state.stage).toBe(stageOf(state, rules))));

  test('a place is held only for a child that is coming, and kept only for one that is there (never-rule 5)', () =>
    forAnyReturn(({ state }) => {
      const { stay, stage } = state;
      if (stay?.status === 'held') expect(stage).toBe('preparation');
      if (stay?.status === 'occupied')
        // One that may leave is there until the escort has it.
        if (stage === 'transit') expect(state.journey?.transfer).toMatchObject({ from: 'host' });
        else
          expect(['intake', 'tracing', 'verification', 'agreement', 'preparation', 'hosting']).toContain(
            stage,
          );
    }));

  test('a child is handed over only to a recipient whose kinship, custody and willingness stand confirmed', () =>
    forAnyReturn(({ state, events }) => {
      if (events.at(-1)?.event.type !== 'HandedOver' && events.at(-2)?.event.type !== 'HandedOver') return;
      for (const facet of ['kinship', 'custody', 'willingness'] as const)
        expect(state.facets[facet]).toMatchObject({
          status: 'settled',
          attestation: { finding: 'confirmed' },
        });
      expect(state.handover.identity?.matches).toBe(true);
    }));
});

describe('the record', () => {
  test('has one event per version, none with a field that JSON would drop', () =>
    forAnyEnding(({ events, state }) => {
      expect(state.version).toBe(events.length);
      for (const { event } of events) expect(event).toStrictEqual(copyOf(event));
    }));

  test('folds to the same case from JSON, whole or from any point on', () =>
    forAnyEnding(({ events, state }) => {
      const read = copyOf(events);
      expect(copyOf(fold(read))).toEqual(copyOf(state));
      const half = Math.ceil(read.length / 2);
      const kept: ReturnCase = copyOf(fold(read.slice(0, half)));
      expect(copyOf(fold(read.slice(half), kept.version === read.length ? state : kept))).toEqual(
        copyOf(state),
      );
    }));

  test('is decided without touching what was given', () =>
    forAnyReturn((play) => {
      freeze(play.state);
      freeze(play.rules);
    }));

  test('keeps of ladders only what can still be climbed', () =>
    forAnyEnding(({ state }) => {
      const rounds = Object.keys(state.ladderSteps).map((key) => key.slice(0, key.lastIndexOf('@')));
      expect(new Set(rounds).size).toBe(rounds.length);
    }));
});

describe('obligations', () => {
  test('no case is forgotten: without a hold somebody, or the process, has the next step', () =>
    forAnyReturn(({ state, rules, now }) => {
      if (state.stage === 'closed' || state.holds.length > 0) return;
      if (nextInstantOf(state, rules, now)! <= now) return; // time itself has the next step
      const owed = foreseenObligationsOf(state, rules, now).filter(
        ({ kind }) => kind !== 'renew-approval' && kind !== 'review-stalled' && kind !== 'prepare-majority',
      );
      // Whether a letter has come, nobody waits for.
      const steps = effectsDueOf(state, rules).filter(({ kind }) => kind !== 'seePlanReachSide');
      expect(owed.length + steps.length).toBeGreaterThan(0);
    }));

  test('each is owed once, whatever it arose from, the dangerous come first, then what is due first', () =>
    forAnyReturn(({ state, rules, now }) => {
      const foreseen = foreseenObligationsOf(state, rules, now).map(({ key }) => key);
      expect(new Set(foreseen.map((key) => key.slice(0, key.lastIndexOf('@')))).size).toBe(foreseen.length);
      const owed = obligationsOf(state, rules, now);
      const ranks = owed.map(({ safety, due, key }) => `${safety ? 0 : 1} ${due} ${key}`);
      expect(ranks).toEqual([...ranks].sort());
      for (const { kind, safety } of owed)
        expect(safety).toBe((safetyKinds as readonly string[]).includes(kind));
    }));

  test('are owed by parties of the case, to officials who exist', () =>
    forAnyReturn(({ state, rules, now }) => {
      for (const { party, roles } of obligationsOf(state, rules, now))
        expect(
          officialNames.filter(
            (name) =>
              officials[name].party === party &&
              (roles.length === 0 || officials[name].roles.some((role) => roles.includes(role))),
          ),
        ).not.toEqual([]);
    }));

  test('a command that is listed may be sent in this stage by somebody who owes it', () =>
    forAnyReturn(({ state, rules, now }) => {
      for (const obligation of obligationsOf(state, rules, now)) {
        const sendable = obligation.commands.filter((type) => isSendable(state, rules, obligation, type));
        if (obligation.commands.length > 0)
          expect({ ...obligation, sendable }).not.toMatchObject({ sendable: [] });
      }
    }));
});

describe('an obligation is met', () => {
  test('by each command listed for it, once that is taken: it ends, or begins anew', () =>
    forAnyEnding((play) => {
      for (const obligation of obligationsOf(play.state, play.rules, play.now))
        for (const type of obligation.commands)
          for (const name of debtorsOf(obligation, play.state)) {
            const twin = play.fork();
            twin.now = shift(twin.now, 1);
            const command = aimedAt(
              obligation,
              anyCommand(type, twin, (items) => items[0]!),
              twin.state,
            );
            if ('rejection' in twin.send(name, command)) continue;
            // Only proposed: it is still owed until the second person has confirmed it.
            if (twin.events.at(-1)?.event.type === 'ActProposed') continue;
            const remaining = obligationsOf(twin.state, twin.rules, twin.now).map(({ key }) => key);
            if (remaining.includes(obligation.key))
              throw new Error(`${type} does not meet ${obligation.key}`);
          }
    }));
});

describe('the workflow’s timer', () => {
  test('never spins and never misses: at the next instant time brings something, a moment before it does not', () =>
    forAnyEnding((play) => {
      const twin = play.fork();
      for (let round = 0; round < 4; round += 1) {
        const { state, rules, now } = twin;
        const next = nextInstantOf(state, rules, now);
        if (next === undefined) {
          expect(state.stage).toBe('closed');
          return;
        }
        if (next > now) {
          expect(observed(twin, shift(next, -1))).toEqual([]);
          twin.now = next;
        }
        expect(observed(twin, twin.now)).not.toEqual([]);
        twin.send('system', { type: 'observeTime' });
      }
    }));

  test('comes to rest: looking again at the same instant soon brings nothing more', () =>
    forAnyEnding((play) => {
      for (let rounds = 0; rounds < 12; rounds += 1) {
        const verdict = play.send('system', { type: 'observeTime' });
        if ('rejection' in verdict || verdict.events.length === 0) return;
      }
      throw new Error('time alone went on for ever');
    }));

  test('never takes the same step of a ladder twice', () =>
    forAnyEnding(({ events }) => {
      const steps = events.flatMap(({ event }: RecordedEvent) =>
        event.type === 'LadderStepTaken'
          ? [`${event.obligation} ${event.step} ${event.party} ${event.office.roles.join()}`]
          : [],
      );
      expect(new Set(steps).size).toBe(steps.length);
    }));
});

import { fitsStage, maySend } from '../../../src/domain/facts/allowed-commands';
import type { CommandType } from '../../../src/domain/model/commands';
import type { Obligation } from '../../../src/domain/obligations/obligations';
import type { MechanismRules } from '../../../src/domain/model/mechanism';
import type { Facet } from '../../../src/domain/model/verification';
import { propertyRuns } from '../../support/property-runs';

function isSendable(
  state: ReturnCase,
  rules: MechanismRules,
  obligation: Obligation,
  type: CommandType,
): boolean {
  const { party, roles, kind, subject } = obligation;
  const facet = kind === 'attest-facet' || kind === 'review-attestation' ? (subject as Facet) : undefined;
  return (
    fitsStage(type, state) &&
    officialNames.some((name) => {
      const official = officials[name];
      const owes =
        official.party === party &&
        (roles.length === 0 || official.roles.some((role) => roles.includes(role)));
      return owes && maySend(type, official, state, rules, facet);
    })
  );
}

function observed(play: CaseInPlay, now: string): readonly unknown[] {
  const verdict = decide(
    play.state,
    { actor: actorOf('system'), command: { type: 'observeTime' } },
    { ...play.context, now },
  );
  return 'events' in verdict ? verdict.events : [verdict];
}
