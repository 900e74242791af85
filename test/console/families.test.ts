import { addedTo, familiesIn, movedIn } from '../../console/src/groups/forms/families';

const siblings = new Map([
  ['a', ['c']],
  ['c', ['a']],
]);

describe('siblings on a list', () => {
  it('stand together, where the first of them is', () => {
    expect(familiesIn(['a', 'b', 'c'], siblings)).toEqual([['a', 'c'], ['b']]);
  });
  it('come with whoever is added, beside those who are there already', () => {
    expect(addedTo(['b'], ['c'], siblings)).toEqual(['b', 'c', 'a']);
    expect(addedTo(['a', 'b'], ['c', 'd'], siblings)).toEqual(['a', 'c', 'b', 'd']);
  });
  it('move as one, and not beyond the ends', () => {
    const families = familiesIn(['a', 'c', 'b'], siblings);
    expect(movedIn(families, 0, 1)).toEqual(['b', 'a', 'c']);
    expect(movedIn(families, 0, -1)).toEqual(['a', 'c', 'b']);
  });
});
