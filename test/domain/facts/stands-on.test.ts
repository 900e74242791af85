import { absentFrom } from '../../../src/domain/facts/stands-on';
import { caseIn } from '../../support/factories';
import { hostingRules } from '../../support/mechanism-rules';

describe('what a case stands on', () => {
  const play = caseIn('hosting').fork();
  play.take('southOfficial', { type: 'placeHold', hold: 'hold-1', reason: 'legal' });
  const { state } = play;

  test('is there in its own rules', () => expect(absentFrom(hostingRules, state)).toEqual([]));

  test.each([
    ['the side that asks', 'parties', 'north'],
    ['who placed a hold', 'parties', 'south'],
    ['where the child is', 'sites', 'residence'],
  ] as const)('names %s where the target has none', (_what, section, id) => {
    const target = { ...hostingRules, [section]: hostingRules[section].filter((one) => one.id !== id) };
    expect(absentFrom(target, state)).toEqual([id]);
  });

  test('names the places of its legs', () => {
    const travelling = caseIn('transit').state;
    const [leg] = travelling.legs;
    const places = hostingRules.places.filter((place) => place !== leg!.to);
    expect(absentFrom({ ...hostingRules, places }, travelling)).toEqual([leg!.to]);
  });
});
