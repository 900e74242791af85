/** Who may take the child in the recipient's place, and how much its own word weighs by its age. */
import { weightOf } from '../../../src/domain/facts/age';
import type { DossierFacts } from '../../../src/domain/model/dossier-facts';
import { caseIn, hashOf, hear, settle, steps, termsOf } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { hostingRules } from '../../support/mechanism-rules';
import { homeAgain, owed } from '../plays/returns';

const nominate = { type: 'nominateRecipient', recipient: 'recipient-2', dossierVersion: 1 } as const;
const look = () =>
  ({ type: 'checkRecipientIdentity', matches: true, documentHash: hashOf('paper') }) as const;
const agreedWith = (alternates: readonly string[]): CaseInPlay => {
  const play = caseIn('agreement');
  play.take('officer', { type: 'proposePlan', terms: termsOf(play, { alternates }) });
  for (const stage of ['agreement', 'preparation', 'hosting'] as const) steps[stage](play);
  return play;
};

describe('an alternate whom the plan names', () => {
  test('is part of what the sides sign', () => {
    const play = caseIn('agreement');
    play.take('officer', { type: 'proposePlan', terms: termsOf(play) });
    const without = play.state.plan!.hash;
    play.take('officer', { type: 'proposePlan', terms: termsOf(play, { alternates: ['recipient-2'] }) });
    expect(play.state.plan).toMatchObject({ version: 2, alternates: ['recipient-2'] });
    expect(play.state.plan!.hash).not.toBe(without);
    const refused = (alternates: readonly string[]) =>
      play.refuse('officer', { type: 'proposePlan', terms: termsOf(play, { alternates }) });
    expect(refused(['recipient-1'])).toEqual({ code: 'duplicate-id', field: 'alternates' });
    expect(refused(['recipient-2', 'recipient-2'])).toEqual({ code: 'duplicate-id', field: 'alternates' });
    expect(refused(['recipient-9'])).toEqual({ code: 'unknown-recipient', field: 'alternates' });
  });

  test.each(['transit', 'handover'] as const)('takes the child without a new decision, in %s', (stage) => {
    const play = agreedWith(['recipient-2']);
    if (stage === 'handover') steps.transit(play);
    play.take('receiver', { type: 'reportRecipientUnavailable' });
    play.take(stage === 'handover' ? 'receiver' : 'northOfficial', nominate);
    expect(owed(play).join()).not.toContain('approve-recipient');
    if (stage === 'transit') steps.transit(play);
    // Verified like the first.
    for (const facet of ['kinship', 'custody', 'willingness'] as const) settle(play, facet);
    hear(play);
    play.take('receiver', look());
    play.take('receiver', { type: 'confirmHandover' });
    play.take('escort', { type: 'confirmHandover' });
    homeAgain(play);
  });
});

describe('anybody else', () => {
  test('whom the sides did not all agree to on the way is decided about by two at the door', () => {
    const play = caseIn('transit');
    play.take('receiver', { type: 'reportRecipientUnavailable' });
    play.take('northOfficial', nominate);
    play.take('northDecider', { type: 'approveRecipient', recipient: 'recipient-2' });
    steps.transit(play);
    for (const facet of ['kinship', 'custody', 'willingness'] as const) settle(play, facet);
    play.take('receiver', look());
    expect(play.refuse('receiver', { type: 'confirmHandover' }).blockers).toEqual([
      { blocker: 'recipient-unapproved', subject: 'south' },
    ]);
    expect(play.refuse('receiver', nominate).code).toBe('unknown-recipient');
    play.takeByTwo('northOfficial', 'receiver', nominate);
    for (const facet of ['kinship', 'custody', 'willingness'] as const) settle(play, facet);
    hear(play);
    play.take('receiver', look());
    play.take('receiver', { type: 'confirmHandover' });
    play.take('escort', { type: 'confirmHandover' });
    homeAgain(play);
  });

  test('is nobody’s to agree to once the child is back at a site, where the sides agree to plans', () => {
    const play = caseIn('transit');
    play.take('receiver', { type: 'reportRecipientUnavailable' });
    play.take('northOfficial', nominate);
    expect(owed(play)).toContain('approve-recipient north');
    play.takeByTwo('host', 'escort', { type: 'recordArrival' });
    expect(owed(play).join()).not.toContain('approve-recipient');
  });

  test('under rules of before is nominated as they were', () => {
    const { 'approve-recipient': _, ...ladders } = hostingRules.ladders;
    const play = caseIn('handover', { ...hostingRules, ladders });
    expect(play.take('northOfficial', nominate)[0]).toEqual({
      type: 'RecipientNominated',
      recipient: 'recipient-2',
    });
  });
});

describe('a child’s own word', () => {
  const { state, now } = caseIn('hosting');
  const childsView = { observedBelow: 6, agreesFrom: 10, decidesFrom: 14 };
  const mechanism = { ...hostingRules, childsView };
  const born = (years: number, days = 0): DossierFacts => ({
    ...{ version: 1, documents: [], recipients: [] },
    ofAgeOn: new Date(Date.parse(now) + (18 - years) * 31_556_952_000 - days * 86_400_000)
      .toISOString()
      .slice(0, 10),
  });

  test.each([
    [3, 'observed'],
    [6, 'told'],
    [9, 'told'],
    [10, 'agrees'],
    [13, 'agrees'],
    [14, 'decides'],
    [17, 'decides'],
  ] as const)('at %d weighs as much as its age says: %s', (years, weight) => {
    expect(weightOf(state, { mechanism, now, dossier: born(years, 5) })).toBe(weight);
  });

  test('begins to weigh on the birthday, and is not judged where no age is known', () => {
    expect(weightOf(state, { mechanism, now, dossier: born(10, -5) })).toBe('told');
    expect(weightOf(state, { mechanism, now })).toBeUndefined();
    const { childsView: _, ...before } = mechanism;
    expect(weightOf(state, { mechanism: before, now, dossier: born(12) })).toBeUndefined();
  });

  const hearing = (play: CaseInPlay, years: number) => {
    play.rules = { ...play.rules, childsView };
    play.dossier = { ...play.dossier, ofAgeOn: born(years, 5).ofAgeOn! };
    return { type: 'recordHearing', recipient: play.state.recipient.ref } as const;
  };

  test('a small child is observed, and one that can say it is asked', () => {
    const small = caseIn('hosting');
    const say = hearing(small, 4);
    expect(small.refuse('interviewer', { ...say, answer: 'willing' })).toEqual({
      code: 'note-required',
      field: 'note',
    });
    small.take('interviewer', { ...say, answer: 'too-young', note: 'note-1' });
    const older = caseIn('hosting');
    expect(
      older.refuse('interviewer', { ...hearing(older, 11), answer: 'too-young', note: 'note-1' }),
    ).toEqual({
      code: 'old-enough',
      field: 'answer',
    });
  });

  test('from fourteen nobody determines a return against the child', () => {
    const best = { type: 'determineBestInterests', outcome: 'return', determination: 'doc-4' } as const;
    const younger = caseIn('hosting');
    younger.take('interviewer', { ...hearing(younger, 13), answer: 'unwilling' });
    younger.takeByTwo('lead', 'reviewer', best);
    const older = caseIn('hosting');
    older.take('interviewer', { ...hearing(older, 15), answer: 'unwilling' });
    expect(older.refuse('lead', best).code).toBe('child-decides');
    older.takeByTwo('lead', 'reviewer', { ...best, outcome: 'no-return' });
  });
});
