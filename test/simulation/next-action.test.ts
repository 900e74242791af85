/** The stories by the rules alone, without servers: that each of them leads home, and through what. */
import { stories } from '../../src/examples/case-file';
import type { CaseFile, Story } from '../../src/examples/case-file';
import { facetsTouchedBy } from '../../src/contracts/dossier/revision';
import type { Dossier } from '../../src/contracts/dossier/dossier';
import { getExampleMechanism } from '../../src/examples/example-files';
import { takeNotes } from '../../src/contracts/http/notes';
import { findOfficial, rulesOf } from '../../src/contracts/mechanism/mechanism';
import { loadBesideTheEleven, loadTheEleven } from '../../src/examples/the-eleven';
import type { Action } from '../../src/simulation/action';
import { nextActionOf } from '../../src/simulation/next-action';
import { sha256 } from '../../src/simulation/sha256';
import type { ReturnCase } from '../../src/domain/model/case';
import type { Command } from '../../src/domain/model/commands';
import { decide } from '../../src/domain/decide/decide';
import type { Submission } from '../../src/domain/decide/rule-context';
import { effectsDueOf } from '../../src/domain/facts/effects';
import type { CaseEvent } from '../../src/domain/model/events';
import { evolve } from '../../src/domain/evolve/evolve';
import { obligationsOf } from '../../src/domain/obligations/obligations';
import { comesOfAgeOn } from '../../src/domain/facts/majority';
import { factsOf } from '../../src/contracts/dossier/facts';

const mechanism = getExampleMechanism('fast');
const rules = rulesOf(mechanism);
const system = { system: 'process' } as const;

/** One case, its clock one second further with each step. */
class Play {
  state: ReturnCase | undefined;
  readonly events: CaseEvent[] = [];
  readonly done = new Set<string>();
  #now = Date.parse('2026-11-22T08:00:00.000Z');
  #dossier: Dossier;
  #last: string | undefined;

  constructor(private readonly file: CaseFile) {
    this.#dossier = file.dossier;
    const { requestingParty, holdingParty, recipient, medicallyUrgent, whereaboutsKnown } = file.opening;
    this.submit('ua-official-1', {
      type: 'openCase',
      ...{ requestingParty, holdingParty, recipient, medicallyUrgent, whereaboutsKnown },
      siblings: [],
      dossier: { version: 1, hash: sha256('first') },
    });
    // As the upkeep notes it.
    const { birthDate } = file.dossier.child;
    if ('exact' in birthDate && comesOfAgeOn(birthDate.exact) <= this.now)
      this.apply({ actor: system, command: { type: 'noteMajority', daysLeft: 0 } });
  }

  get now(): string {
    return new Date(this.#now).toISOString();
  }

  /** False when nobody has to do anything. */
  step(): boolean {
    this.#now += 1_000;
    this.apply({ actor: system, command: { type: 'observeTime' } });
    for (const { kind, planVersion, dossierVersion, party = '' } of effectsDueOf(this.get(), rules)) {
      const command: Record<typeof kind, Command> = {
        checkFile: { type: 'recordChecks', planVersion, dossierVersion, findings: [] },
        putPlanToSides: { type: 'putPlanToSides', planVersion },
        seePlanReachSide: { type: 'notePlanReached', planVersion, party, sentAt: this.now },
        requestPlace: { type: 'requestPlace', planVersion },
        requestEscort: { type: 'requestEscort', planVersion },
      };
      this.apply({ actor: system, command: command[kind] });
    }
    const view = {
      ...this.get(),
      obligations: obligationsOf(this.get(), rules, this.now),
      dossier: this.#dossier,
    };
    const act = nextActionOf(
      { view, siblings: [], mechanism, now: this.now, done: this.done, last: this.#last },
      this.file.story,
    );
    if (!act) return false;
    this.take(act);
    return true;
  }

  private take(act: Action): void {
    const deed = act.deed({ ...this.get(), obligations: [], dossier: this.#dossier });
    if ('dossier' in deed) {
      const touched = facetsTouchedBy(this.#dossier, deed.dossier, this.get().recipient.ref);
      const dossier = { version: this.get().dossier.version + 1, hash: sha256('next') };
      this.submit(act.by, { type: 'reviseDossier', dossier, ...touched });
      this.#dossier = deed.dossier;
    } else this.submit(act.by, takeNotes(deed.command, (path) => path).command);
    this.done.add(act.step);
    this.#last = act.step;
  }

  private submit(official: string, command: Command): void {
    const { id, party, roles } = findOfficial(mechanism, official)!;
    this.apply({ actor: { official: id, party, roles }, command });
  }

  private apply(submission: Submission): void {
    const context = {
      now: this.now,
      mechanism: rules,
      hashPlan: (plan: object) => sha256(JSON.stringify(plan)),
      dossier: factsOf(this.#dossier),
    };
    const verdict = decide(this.state, submission, context);
    if ('rejection' in verdict)
      throw new Error(`${submission.command.type}: ${JSON.stringify(verdict.rejection)}`);
    for (const event of verdict.events) {
      const version = (this.state?.version ?? 0) + 1;
      const at = this.now;
      this.state = evolve(this.state, {
        case: '7Q2M-4ZK9',
        version,
        at,
        actor: submission.actor,
        commandId: '',
        event,
      });
      this.events.push(event);
    }
  }

  private get(): ReturnCase {
    return this.state!;
  }
}

function play(story: Story): Play {
  const day = '2026-11-22';
  const file = [...loadTheEleven(day), ...loadBesideTheEleven(day)].find((one) => one.story === story)!;
  const played = new Play(file);
  for (let steps = 0; !played.state?.closure && steps < 300; steps += 1) played.step();
  return played;
}
const typesOf = ({ events }: Play): string[] => events.map(({ type }) => type);

describe('what the officials of the demo do', () => {
  it.each(stories.filter((story) => story !== 'refuses'))(
    'brings the child of the story “%s” home',
    (story) => {
      expect(play(story).state?.closure).toMatchObject({ outcome: 'reunited' });
    },
  );

  it('forces nobody home: who says no at the door is taken in, and stays', () => {
    const { state, events } = play('refuses');
    expect(state?.closure).toMatchObject({ outcome: 'placed-in-care' });
    expect(state?.bestInterests).toMatchObject({ outcome: 'no-return' });
    const types = events.map(({ type }) => type);
    expect(types).toContain('PlacedInInterimCare');
    expect(types).not.toContain('HandedOver');
  });

  it('takes the two who are ill from the door to a hospital, and home from there', () => {
    for (const story of ['hospital', 'medical'] as const) {
      const { state, events } = play(story);
      expect(state?.interimCare).toMatchObject({ kind: 'hospital' });
      const types = events.map(({ type }) => type);
      expect(types.indexOf('PlacedInInterimCare')).toBeLessThan(types.indexOf('HandedOver'));
    }
  });

  it('gives a child whose father does not come to the grandmother whom the plan names', () => {
    const { state } = play('alternate');
    expect(state?.plan?.alternates).toEqual(['recipient-2']);
    expect(state?.recipient.ref).toBe('recipient-2');
  });

  it('ends a concern after a visit before the case is closed', () => {
    const types = typesOf(play('concern'));
    expect(types).toContain('ConcernResolved');
  });

  it('asks further after an answer that the child is elsewhere, and finds it', () => {
    const types = typesOf(play('withdrawn-again'));
    expect(types.indexOf('TraceAnswered')).toBeLessThan(types.indexOf('TraceResumed'));
    expect(types.indexOf('TraceResumed')).toBeLessThan(types.indexOf('WhereaboutsReported'));
  });

  it('lets one who is of age travel on his own consent', () => {
    const types = typesOf(play('of-age'));
    expect(types.indexOf('OwnConsentRecorded')).toBeGreaterThan(0);
    expect(types.indexOf('OwnConsentRecorded')).toBeLessThan(types.indexOf('Departed'));
  });

  it('relays the holding side’s decision by note, entered by one mediator and confirmed by another', () => {
    const { state, events } = play('relayed');
    expect(state?.decisions.russia).toMatchObject({ relay: { source: { channel: 'note-verbale' } } });
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['DecisionRelayed', 'RelayConfirmed']),
    );
  });

  it('hands a child to the mother who came to the embassy, and lets the two go home', () => {
    const { state, events } = play('met-at-embassy');
    expect(state?.plan?.carePasses).toMatchObject({ where: 'at-site' });
    const types = events.map(({ type }) => type);
    expect(types.indexOf('ReunitedAtSite')).toBeGreaterThan(0);
    expect(types.indexOf('ReunitedAtSite')).toBeLessThan(types.indexOf('Departed'));
    expect(types.indexOf('Departed')).toBeLessThan(types.indexOf('FamilyHome'));
    expect(types).not.toContain('HandedOver');
  });

  it('lets a sign of life come late where there is no network, and the duty officers are called', () => {
    const called = ({ events }: Play): number =>
      events.filter(
        (event) =>
          event.type === 'LadderStepTaken' &&
          event.obligation.startsWith('check-in') &&
          event.act === 'escalate',
      ).length;
    expect(called(play('plain'))).toBe(0);
    expect(called(play('conditional'))).toBeGreaterThan(0);
  });

  it('meets a condition before departure', () => {
    const types = typesOf(play('conditional'));
    expect(types.indexOf('ConditionSettled')).toBeGreaterThan(0);
    expect(types.indexOf('ConditionSettled')).toBeLessThan(types.indexOf('Departed'));
  });

  it('mediates an objection and puts another plan to both sides', () => {
    const { state, events } = play('objected');
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['PlanObjected', 'MediationRecorded']),
    );
    expect(state?.plan?.version).toBe(2);
  });

  it('mediates a withdrawal while the child is hosted, until the side agrees again', () => {
    const types = typesOf(play('withdrawn-again'));
    expect(types.indexOf('ApprovalWithdrawn')).toBeGreaterThan(types.indexOf('ArrivedAtSite'));
    expect(types.filter((type) => type === 'PlanApproved')).toHaveLength(3);
  });

  it('has a child who fell ill examined anew before the journey', () => {
    const types = typesOf(play('medical'));
    expect(types.lastIndexOf('MedicallyCleared')).toBeGreaterThan(types.indexOf('MedicalEmergencyResolved'));
    expect(types.lastIndexOf('MedicallyCleared')).toBeLessThan(types.indexOf('Departed'));
  });

  it('renews a custody paper that ends within the window, and attests custody again', () => {
    const types = typesOf(play('custody-renewal'));
    expect(types).toEqual(expect.arrayContaining(['FacetReopened', 'DossierRevised', 'PlanLapsed']));
  });
});
