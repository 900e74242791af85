/** What a dry run says of a case is what `moveMechanism` would say: the case is only asked, and stays as it is. */
import { refusalToMove } from '../../../src/domain/decide/moving';
import type { MechanismRules } from '../../../src/domain/model/mechanism';
import { caseIn } from '../../support/factories';
import { hostingRules } from '../../support/mechanism-rules';

const newer = { ...hostingRules, version: 2 };
const refusal = (stage: Parameters<typeof caseIn>[0], target: MechanismRules) => {
  const { state, rules, now } = caseIn(stage);
  return refusalToMove(state, rules, target, now);
};

describe('a dry run of moving a case', () => {
  test.each(['intake', 'verification', 'agreement', 'preparation', 'hosting'] as const)(
    'finds nothing in its way in %s',
    (stage) => expect(refusal(stage, newer)).toBeUndefined(),
  );

  test('names everything that the target lacks', () => {
    const target = {
      ...newer,
      parties: newer.parties.filter(({ id }) => id !== 'north'),
      sites: newer.sites.filter(({ id }) => id !== 'residence'),
    };
    expect(refusal('hosting', target)).toEqual({
      code: 'unmet-by-target',
      blockers: [
        { blocker: 'not-in-target', subject: 'north' },
        { blocker: 'not-in-target', subject: 'residence' },
      ],
    });
  });

  test('says that a case on the way stays where it is', () =>
    expect(refusal('transit', newer)?.code).toBe('wrong-stage'));

  test('says that a case runs under this version already', () =>
    expect(refusal('intake', hostingRules)?.code).toBe('unknown-mechanism'));
});
