/** Papers carry an act only if their kind, their holder and their dates fit, judged against the dossier at the time. */
import type { Command } from '../../../src/domain/model/commands';
import type { RejectionCode } from '../../../src/domain/model/rejections';
import { type facets } from '../../../src/domain/model/verification';
import { attestation, caseIn, hashOf, papersInOrder } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import type { ActorName } from '../../support/mechanism-rules';

const travelling = (documents: string[], validUntil = '2026-12-31'): Command => ({
  type: 'confirmTravelDocuments',
  documents,
  validUntil,
});

type Attempt = readonly [what: string, by: ActorName, command: Command, code: RejectionCode | 'taken'];
const attempts: readonly Attempt[] = [
  ['travel documents: none', 'northOfficial', travelling([]), 'paper-missing'],
  ['travel documents: the birth certificate', 'northOfficial', travelling(['doc-1']), 'paper-unfit'],
  ['travel documents: the recipient’s passport', 'northOfficial', travelling(['doc-11']), 'paper-unfit'],
  [
    'travel documents: one fits, the other does not',
    'northOfficial',
    travelling(['doc-3', 'doc-1']),
    'paper-unfit',
  ],
  ['travel documents: a passport that has ended', 'northOfficial', travelling(['doc-17']), 'paper-unfit'],
  ['travel documents: of which nobody knows the end', 'northOfficial', travelling(['doc-18']), 'paper-unfit'],
  [
    'travel documents: beyond their own end',
    'northOfficial',
    travelling(['doc-3'], '2099-01-01'),
    'beyond-paper',
  ],
  ['travel documents: one not listed', 'northOfficial', travelling(['doc-99']), 'unknown-document'],
  ['travel documents: the child’s own, within its time', 'northOfficial', travelling(['doc-3']), 'taken'],
];

const attest = (facet: (typeof facets)[number], evidence: string[], rest: object = {}): Command =>
  attestation(facet, { evidence, ...rest });
const found: readonly Attempt[] = [
  ['identity: a medical paper', 'northOfficial', attest('identity', ['doc-8']), 'paper-unfit'],
  ['identity: no paper', 'northOfficial', attest('identity', []), 'paper-missing'],
  ['identity: the recipient’s passport', 'northOfficial', attest('identity', ['doc-11']), 'paper-unfit'],
  [
    'identity: no paper, with a reason',
    'northOfficial',
    attest('identity', [], { withoutPapers: 'seen-in-person' }),
    'paper-missing',
  ],
  ['identity: the birth certificate', 'northOfficial', attest('identity', ['doc-1']), 'taken'],
  ['kinship: the child’s passport', 'northOfficial', attest('kinship', ['doc-17']), 'paper-unfit'],
  ['custody: a medical paper', 'northOfficial', attest('custody', ['doc-16']), 'paper-unfit'],
  ['custody: a court order that has ended', 'northOfficial', attest('custody', ['doc-15']), 'paper-unfit'],
  ['custody: another recipient’s passport', 'northOfficial', attest('custody', ['doc-12']), 'paper-unfit'],
  [
    'custody: beyond the power of attorney',
    'northOfficial',
    attest('custody', ['doc-14'], { validUntil: '2099-01-01' }),
    'beyond-paper',
  ],
  ['willingness: neither paper nor reason', 'northOfficial', attest('willingness', []), 'paper-missing'],
  [
    'willingness: heard in person',
    'northOfficial',
    attest('willingness', [], { withoutPapers: 'heard-in-person' }),
    'taken',
  ],
  [
    'identity: insufficient needs no paper',
    'northOfficial',
    attest('identity', [], { finding: 'insufficient' }),
    'taken',
  ],
];

const outcomeOf = (play: CaseInPlay, by: ActorName, command: Command): string => {
  const verdict = play.send(by, command);
  return 'events' in verdict ? 'taken' : verdict.rejection.code;
};

test.each(attempts)('%s', (_what, by, command, code) => {
  expect(outcomeOf(caseIn('hosting'), by, command)).toBe(code);
});
test.each(found)('%s', (_what, by, command, code) => {
  expect(outcomeOf(caseIn('verification'), by, command)).toBe(code);
});

test('custody confirmed without a date ends with its paper', () => {
  const play = caseIn('verification');
  play.take('northOfficial', attest('custody', ['doc-14']));
  expect(play.state.facets.custody.attestation?.validUntil).toBe('2026-05-31');
});

test('a mechanism may name the kinds itself', () => {
  const play = caseIn('verification');
  const { facets: rules } = play.rules;
  play.rules = { ...play.rules, facets: { ...rules, identity: { ...rules.identity, papers: ['passport'] } } };
  expect(outcomeOf(play, 'northOfficial', attest('identity', ['doc-1']))).toBe('paper-unfit');
});

describe('two papers for siblings apart, one for a determination', () => {
  test.each([
    ['doc-8', 'doc-6'],
    ['doc-5', 'doc-8'],
    ['doc-5', 'doc-5'],
    ['doc-1', 'doc-1'],
  ])('not %s with %s', (determination, waiver) => {
    const play = caseIn('agreement');
    expect(outcomeOf(play, 'lead', { type: 'waiveSiblingUnity', determination, waiver })).toBe('paper-unfit');
  });

  test('against the child’s no not on a birth certificate, and not by who heard the child', () => {
    const play = caseIn('verification');
    play.take('interviewer', attestation('childs-view', { finding: 'refuted' }));
    play.take('reviewer', { type: 'reviewAttestation', facet: 'childs-view', verdict: 'upheld' });
    const determine = (determination: string): Command => ({
      type: 'determineBestInterests',
      outcome: 'return',
      determination,
    });
    expect(outcomeOf(play, 'lead', determine('doc-1'))).toBe('paper-unfit');
    const heard = caseIn('verification');
    heard.take('lead', attestation('childs-view', { finding: 'refuted' }));
    heard.take('reviewer', { type: 'reviewAttestation', facet: 'childs-view', verdict: 'upheld' });
    expect(outcomeOf(heard, 'lead', determine('doc-4'))).toBe('own-attestation');
  });
});

describe('the recipient at the door', () => {
  const look = (matches: boolean, documentHash: string): Command => ({
    type: 'checkRecipientIdentity',
    matches,
    documentHash,
  });

  test('is known by a paper of the dossier, not by a hash of zeros', () => {
    const play = caseIn('handover');
    expect(outcomeOf(play, 'receiver', look(true, '0'.repeat(64)))).toBe('unknown-document');
    play.take('receiver', look(true, hashOf('paper')));
    expect(play.state.handover.identity?.matches).toBe(true);
  });

  test('of whom the dossier holds no such paper is looked at by two', () => {
    const play = caseIn('handover');
    play.dossier = { ...papersInOrder, documents: papersInOrder.documents.filter(({ sha256 }) => !sha256) };
    play.takeByTwo('receiver', 'duty', look(true, '0'.repeat(64)));
    expect(play.state.handover.identity?.matches).toBe(true);
  });

  test('who did not match is not made to match by the same person', () => {
    const play = caseIn('handover');
    play.take('receiver', look(false, hashOf('another')));
    play.take('receiver', look(true, hashOf('paper')));
    expect(play.state.handover.identity?.matches).toBe(false);
    const proposal = play.state.proposals![0]!.id;
    expect(play.refuse('receiver', { type: 'confirmProposal', proposal }).code).toBe('not-your-command');
    play.take('receivingOfficial', { type: 'confirmProposal', proposal });
    expect(play.state.handover.identity?.matches).toBe(true);
  });
});
