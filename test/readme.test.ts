/** What the README says of settings is what the code reads. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { variables } from '../src/config-variables';

const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
const cells = readme
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.split('|').map((cell) => cell.trim().replace(/`/g, '')));

describe('the README', () => {
  it.each(Object.entries(variables))(
    'lists %s with its default and purpose',
    (name, { fallback, purpose }) => {
      const row = cells.find(([, first]) => first === name);
      expect(row?.slice(2, 4)).toEqual([fallback, purpose.replace(/`/g, '')]);
    },
  );

  it('lists no setting that is not read', () => {
    const listed = cells
      .map(([, first]) => first ?? '')
      .filter((first) => /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(first));
    expect(listed.filter((name) => !(name in variables))).toEqual([]);
  });
});
