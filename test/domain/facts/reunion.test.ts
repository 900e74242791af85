/** Where care passes: at the site the handover comes first, and the way home is the family's own. */
import { careOf } from '../../../src/domain/facts/care';
import { gateBlockersOf } from '../../../src/domain/facts/gate';
import { awaitWindow, caseIn, daysAfter, hear, makeReady, termsOf } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import {
  atSite,
  carerPapers as papers,
  companions,
  confirm,
  hosted,
  look,
  onTheWay,
  propose,
  reunited,
} from '../plays/reunions';
import { homeAgain, owed } from '../plays/returns';

const blockers = (play: CaseInPlay) =>
  gateBlockersOf(play.state, play.rules, play.now).map(({ blocker }) => blocker);

describe('a plan that lets care pass at the site', () => {
  test('says so inside its hash, and how the carer comes and goes', () => {
    const play = caseIn('agreement');
    play.take('officer', { type: 'proposePlan', terms: termsOf(play, { companions }) });
    const { hash } = play.state.plan!;
    play.take('officer', propose(play));
    expect(play.state.plan).toMatchObject({ version: 2, carePasses: atSite });
    expect(play.state.plan!.hash).not.toBe(hash);
  });

  test.each<[why: string, more: object, code: string, field: string]>([
    ['no site', { site: null }, 'unknown-site', 'site'],
    ['a carer who does not travel', { companions: ['escort'] }, 'unknown-recipient', 'companions'],
    [
      'a way that nobody knows',
      { carePasses: { ...atSite, wayOut: 'nowhere' } },
      'unknown-place',
      'carePasses',
    ],
    [
      'a border of which nothing is known',
      { carePasses: { where: 'at-border' } },
      'unknown-place',
      'handoverPlace',
    ],
  ])('is refused with %s', (_why, more, code, field) => {
    const play = caseIn('agreement');
    expect(play.refuse('officer', propose(play, more))).toEqual({ code, field });
  });

  test('at a border ends at a crossing of the border file, by its legs', () => {
    const play = caseIn('agreement');
    play.rules = {
      ...play.rules,
      border: [
        { crossing: 'border', direction: { from: 'south', to: 'north' }, needs: [] },
      ] as unknown as NonNullable<typeof play.rules.border>,
    };
    play.take('officer', propose(play, { carePasses: { where: 'at-border' }, handoverPlace: 'border' }));
    expect(play.state.plan?.carePasses).toEqual({ where: 'at-border' });
  });
});

describe('the handover at the site', () => {
  test('asks for the carer’s papers, a look at them, and the word of host and receiving authority', () => {
    const play = hosted();
    expect(owed(play)).toContain('confirm-travel-documents carer north');
    expect(blockers(play)).toEqual(expect.arrayContaining(['care-not-passed', 'carer-papers-missing']));
    play.take('host', look);
    expect(play.refuse('host', confirm).blockers).toEqual([{ blocker: 'carer-papers-missing' }]);
    play.take('northOfficial', papers(play));
    expect(owed(play).filter((what) => what.startsWith('confirm-handover'))).toEqual([
      expect.stringMatching(/^confirm-handover host/),
      expect.stringMatching(/^confirm-handover receiving/),
    ]);
    expect(play.refuse('escort', confirm).code).toBe('not-your-command');
    play.take('host', confirm);
    expect(play.refuse('host', confirm).code).toBe('already-done');
    expect(careOf(play.state)).toMatchObject({ with: 'host' });
    expect(play.take('receiver', confirm).map(({ type }) => type)).toContain('ReunitedAtSite');
    expect(careOf(play.state)).toEqual({ with: 'recipient', since: play.now });
    // It stays at the site until it leaves.
    expect(play.state).toMatchObject({ stage: 'hosting', stay: { status: 'occupied' } });
    expect(owed(play).join()).toContain('write-welfare-note');
  });

  test.each<[what: string, spoil: (play: CaseInPlay) => unknown, blocker: string]>([
    ['an approval', (play) => play.take('southDecider', { type: 'withdrawApproval' }), 'wrong-stage'],
    [
      'no hold',
      (play) => play.take('host', { type: 'placeHold', hold: 'hold-1', reason: 'safety' }),
      'hold-active',
    ],
    ['a hearing that is a no', (play) => hear(play, 'unwilling'), 'child-unwilling'],
    ['a hearing that is not too old', (play) => play.sleep('P4D'), 'child-unheard'],
    [
      'that it is this child',
      (play) => play.take('host', { type: 'identifyChild', how: 'features', matches: false }),
      'child-mismatch',
    ],
    [
      'a recipient who is there',
      (play) => play.take('receiver', { type: 'reportRecipientUnavailable' }),
      'wrong-stage',
    ],
    ['every facet', (play) => play.take('officer', { type: 'reopenFacet', facet: 'custody' }), 'wrong-stage'],
  ])('has all its rules: %s', (_what, spoil, blocker) => {
    const play = hosted();
    play.take('northOfficial', papers(play));
    play.take('host', look);
    spoil(play);
    const refusal = play.refuse('receiver', confirm);
    expect([refusal.code, ...(refusal.blockers ?? []).map((one) => one.blocker)]).toContain(blocker);
  });

  test('is not there for a plan that says nothing of it', () => {
    const play = caseIn('hosting');
    expect(play.refuse('host', look).code).toBe('wrong-stage');
    expect(play.refuse('receiver', confirm).code).toBe('wrong-stage');
    expect(play.refuse('northOfficial', papers(play)).code).toBe('nothing-to-decide');
  });

  test('takes papers and a permission of the carer, and no longer than they hold', () => {
    const play = hosted();
    const refused = (more: object) => play.refuse('northOfficial', papers(play, more));
    expect(refused({ documents: ['doc-3'] })).toEqual({ code: 'paper-unfit', field: 'documents' });
    expect(refused({ documents: [] })).toEqual({ code: 'paper-missing', field: 'documents' });
    expect(refused({ permission: 'doc-12' })).toEqual({ code: 'paper-unfit', field: 'permission' });
    expect(refused({ validUntil: '2040-01-01' })).toEqual({ code: 'beyond-paper', field: 'validUntil' });
    play.take('northOfficial', papers(play, { validUntil: daysAfter(play.now, 2) }));
    play.now = `${daysAfter(play.now, 5)}T00:00:00.000Z`;
    expect(blockers(play)).toContain('carer-papers-missing');
  });

  test.each<[what: string, undo: (play: CaseInPlay) => unknown]>([
    ['a no of the child', (play) => hear(play, 'unwilling')],
    [
      'a carer who is not there any more',
      (play) => play.take('receiver', { type: 'reportRecipientUnavailable' }),
    ],
  ])('holds no longer after %s: the child is in the host’s care', (_what, undo) => {
    const play = reunited();
    undo(play);
    expect(careOf(play.state)).toMatchObject({ with: 'host' });
    expect(blockers(play)).toContain('care-not-passed');
  });
});

describe('the way home of a family', () => {
  test('is accompanied, asks for signs of life, and ends with its arrival', () => {
    const play = onTheWay();
    expect(play.state).toMatchObject({ stage: 'transit' });
    expect(play.state.journey?.transfer).toBeUndefined();
    expect(play.state.stay).toBeUndefined();
    expect(careOf(play.state)).toMatchObject({ with: 'recipient' });
    expect(owed(play).join()).toMatch(/check-in/);
    expect(owed(play).join()).not.toMatch(/give-into-care|take-into-care/);
    for (const { id } of play.state.legs) play.take('escort', { type: 'completeLeg', leg: id });
    expect(play.take('escort', { type: 'arrive' }).map(({ type }) => type)).toEqual([
      'ArrivedAtHandover',
      'FamilyHome',
      'StageEntered',
    ]);
    homeAgain(play);
  });

  test('does not begin before care has passed', () => {
    const play = hosted();
    play.runEffects();
    makeReady(play);
    awaitWindow(play);
    expect(play.refuse('lead', { type: 'depart' }).blockers).toContainEqual({ blocker: 'care-not-passed' });
  });

  test('ends at the door as any other where the carer is lost on the way', () => {
    const play = onTheWay();
    play.take('receiver', { type: 'reportRecipientUnavailable' });
    expect(careOf(play.state)).toMatchObject({ with: 'escort' });
    for (const { id } of play.state.legs) play.take('escort', { type: 'completeLeg', leg: id });
    play.take('escort', { type: 'arrive' });
    expect(play.state.stage).toBe('handover');
    expect(owed(play).join()).toContain('place-in-interim-care');
  });

  test('back at the site it is still with its carer, in a bed', () => {
    const play = onTheWay();
    play.take('southDecider', { type: 'withdrawApproval' });
    play.take('lead', { type: 'decideRecall', outcome: 'turn-back' });
    play.takeByTwo('host', 'escort', { type: 'recordArrival', site: play.state.plan!.site! });
    expect(play.state.stay).toMatchObject({ status: 'occupied' });
    expect(careOf(play.state)).toMatchObject({ with: 'recipient' });
  });
});
