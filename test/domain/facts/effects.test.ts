/** What the process owes the outside world: each due exactly until it is recorded, under a key used once. */
import { effectsDueOf } from '../../../src/domain/facts/effects';
import { approval, carryTo, caseIn, hashOf, termsOf } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { passageRules } from '../../support/mechanism-rules';
import { proposed } from '../plays/returns';

const keys = ({ state }: CaseInPlay): string[] => effectsDueOf(state).map(({ key }) => key);
const kinds = ({ state }: CaseInPlay): string[] => effectsDueOf(state).map(({ kind }) => kind);

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
