/** What the process owes the outside world: each due exactly until it is recorded, under a key used once. */
import { addDuration } from '../../../src/domain/calendar/time';
import type { MechanismRules } from '../../../src/domain/model/mechanism';
import type { PartyKind } from '../../../src/domain/model/parties';
import { readsEvent } from '../../../src/domain/readers/event-readers';
import { approval, carryTo, caseIn, hashOf, noteVerbale, planOf, termsOf } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { hostingRules, passageRules } from '../../support/mechanism-rules';
import { proposed } from '../plays/returns';

const keys = ({ effects }: CaseInPlay): string[] => effects.map(({ key }) => key);
const kinds = ({ effects }: CaseInPlay): string[] => effects.map(({ kind }) => kind);

test('nothing is due before the file is accepted, on the way, after the handover or when closed', () => {
  for (const stage of ['intake', 'transit', 'handover', 'follow-up', 'closed'] as const)
    expect(kinds(caseIn(stage))).toEqual([]);
});

test('a file is checked once per version of dossier and plan', () => {
  const play = caseIn('verification');
  expect(keys(play)).toEqual(['checkFile:1:0']);
  play.runEffects();
  expect(keys(play)).toEqual([]);
  play.take('northOfficial', {
    type: 'reviseDossier',
    dossier: { version: 2, hash: hashOf('dossier 2') },
    facets: [],
    material: true,
  });
  expect(keys(play)).toEqual(['checkFile:2:0']);
});

test('a plan that lapses does not ask for a check whose key was used before', () => {
  const play = proposed();
  expect(keys(play)).toEqual([]);
  play.take('lead', { type: 'moveMechanism', version: 2 });
  expect(play.state.plan?.lapsed).toBeDefined();
  expect(keys(play)).toEqual([]);
});

test('findings that come late do not stand in the place of newer ones', () => {
  const play = caseIn('agreement');
  play.take('officer', { type: 'proposePlan', terms: termsOf(play) });
  const findings = (dossierVersion: number, planVersion: number) =>
    ({ type: 'recordChecks', dossierVersion, planVersion, findings: [] }) as const;
  expect(play.refuse('system', findings(1, 0)).code).toBe('stale-version');
  expect(play.refuse('system', findings(2, 1)).code).toBe('stale-version');
  play.take('system', findings(1, 1));
  expect(play.refuse('system', findings(1, 1)).code).toBe('already-done');
});

test('a plan is put to the sides once, each version', () => {
  const play = caseIn('agreement');
  play.take('officer', { type: 'proposePlan', terms: termsOf(play) });
  expect(kinds(play)).toEqual(['checkFile', 'putPlanToSides']);
  play.runEffects();
  expect(kinds(play)).toEqual([]);
  expect(play.refuse('system', { type: 'putPlanToSides', planVersion: 1 }).code).toBe('already-done');
  play.take('officer', { type: 'proposePlan', terms: termsOf(play, { modality: 'air' }) });
  expect(keys(play)).toEqual(['checkFile:1:2', 'putPlanToSides:2']);
});

test('a place and an escort are asked for in preparation, a place only where the plan has hosting', () => {
  expect(kinds(caseIn('preparation'))).toEqual(['requestPlace', 'requestEscort']);
  expect(kinds(caseIn('preparation', passageRules))).toEqual(['requestEscort']);
  const play = caseIn('preparation');
  play.runEffects();
  expect(kinds(play)).toEqual([]);
  expect(play.refuse('system', { type: 'requestPlace', planVersion: 1 }).code).toBe('already-done');
  expect(play.refuse('system', { type: 'requestEscort', planVersion: 1 }).code).toBe('already-done');
});

test('a place given back is asked for anew, under another key; the escort is not', () => {
  const play = caseIn('preparation');
  const [first] = keys(play);
  play.runEffects();
  play.take('host', { type: 'confirmPlace' });
  play.take('southDecider', { type: 'withdrawApproval' });
  expect(play.state.stay).toBeUndefined();
  expect(keys(play)).toEqual([]);
  play.take('southDecider', approval(play));
  expect(kinds(play)).toEqual(['requestPlace']);
  expect(keys(play)).not.toContain(first);
});

test('over a whole return every key is used once', () => {
  const play = caseIn('intake');
  const used: string[] = [];
  for (const stage of ['agreement', 'preparation', 'hosting', 'closed'] as const) {
    used.push(...keys(play));
    play.runEffects();
    carryTo(play, stage);
  }
  expect(new Set(used).size).toBe(used.length);
});

describe('a plan that was put to the sides', () => {
  const put = (rules?: MechanismRules): CaseInPlay => {
    const play = caseIn('agreement', rules);
    play.take('officer', { type: 'proposePlan', terms: termsOf(play) });
    play.take('system', { type: 'putPlanToSides', planVersion: 1 });
    return play;
  };
  const toReach = ({ effects }: CaseInPlay): (string | undefined)[] =>
    effects.filter(({ kind }) => kind === 'seePlanReachSide').map(({ party }) => party);
  const reached = (party: string, planVersion = 1) =>
    ({ type: 'notePlanReached', party, planVersion, sentAt: '2026-01-05T09:00:00.000Z' }) as const;

  test('is followed to each side by itself, until a letter of it is out there', () => {
    const play = put();
    expect(toReach(play)).toEqual(['north', 'south']);
    play.take('system', reached('south'));
    expect(play.state.planReached).toEqual({ south: '2026-01-05T09:00:00.000Z' });
    expect(toReach(play)).toEqual(['north']);
    expect(play.refuse('system', reached('south')).code).toBe('already-done');
    expect(play.refuse('system', reached('north', 2)).code).toBe('already-done');
    expect(play.refuse('system', reached('mediator')).code).toBe('already-done');
  });

  test('before it is put it reaches nobody', () => {
    const play = caseIn('agreement');
    play.take('officer', { type: 'proposePlan', terms: termsOf(play) });
    expect(play.refuse('system', reached('south')).code).toBe('already-done');
  });

  test('has reached whoever decided on it', () => {
    const play = put();
    play.take('northDecider', approval(play));
    expect(toReach(play)).toEqual(['south']);
  });

  test('has reached a side in whose name a note about it came, confirmed or not', () => {
    const play = put();
    play.take('officer', {
      type: 'relayDecision',
      relay: 'relay-1',
      party: 'south',
      decision: { act: 'approve', ...planOf(play), conditions: [] },
      source: noteVerbale(play),
    });
    expect(toReach(play)).toEqual(['north']);
  });

  test('has reached a side with which the mediator has mediated since, where that side is spoken for', () => {
    const mediated = (rules: MechanismRules): CaseInPlay => {
      const play = put(rules);
      play.take('officer', { type: 'recordMediation', party: 'south' });
      return play;
    };
    expect(toReach(mediated(hostingRules))).toEqual(['north']);
    expect(toReach(mediated({ ...hostingRules, relayable: [] }))).toEqual(['north', 'south']);
  });

  test('another plan is followed anew', () => {
    const play = put();
    play.take('system', reached('south'));
    play.take('officer', { type: 'proposePlan', terms: termsOf(play, { modality: 'air' }) });
    expect(play.state.planReached).toBeUndefined();
    play.take('system', { type: 'putPlanToSides', planVersion: 2 });
    expect(toReach(play)).toEqual(['north', 'south']);
  });

  test('that it reached a side makes no form stale, puts off no stall and is told to that side and the mediator', () => {
    const play = put();
    const { lastProgressAt } = play.state;
    play.now = addDuration(play.now, 'P1D');
    play.take('system', reached('south'));
    expect(play.state.lastProgressAt).toBe(lastProgressAt);
    expect(
      play.send('officer', { type: 'recordMediation', party: 'south' }, play.state.version - 1),
    ).toHaveProperty('events');
    const event = play.events.find(({ event: { type } }) => type === 'PlanReachedSide')!;
    const reads = (party: string, kind: PartyKind) => readsEvent({ party, kind }, event);
    expect([reads('mediator', 'mediator'), reads('south', 'holding'), reads('north', 'requesting')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
