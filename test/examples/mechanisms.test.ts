import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMechanism } from '../../src/contracts/mechanism/file';
import { checkMechanismFile, printMechanismSchema } from '../../src/cli/mechanism-check';
import { rulesOf } from '../../src/contracts/mechanism/mechanism';
import type { Mechanism } from '../../src/contracts/mechanism/mechanism';
import { obligationKinds } from '../../src/domain/model/obligation-kinds';

const folder = join(__dirname, '../../examples/mechanisms');
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');
const mechanismOf = (name: string): Mechanism => {
  const read = readMechanism(textOf(name));
  if ('faults' in read) throw new Error(JSON.stringify(read.faults, null, 1));
  return read.mechanism;
};

describe('the example mechanisms', () => {
  test.each(['doha.yaml', 'three-sides.yaml', 'fast.yaml'])('%s has no fault', async (name) => {
    const lines: string[] = [];
    expect(await checkMechanismFile(join(folder, name), (line) => lines.push(line))).toBe(0);
    expect(lines).toHaveLength(1);
  });

  test.each(['doha.yaml', 'three-sides.yaml', 'fast.yaml'])('%s tells editors its schema', (name) => {
    expect(textOf(name).split('\n')[0]).toBe('# yaml-language-server: $schema=./mechanism.schema.json');
  });

  test('the JSON Schema for editors is the current one', () => {
    const printed: string[] = [];
    printMechanismSchema((text) => printed.push(text));
    // After a change: homeward mechanism schema > examples/mechanisms/mechanism.schema.json, then prettier.
    expect(JSON.parse(textOf('mechanism.schema.json'))).toEqual(JSON.parse(printed.join('\n')));
  });

  test('what doha.yaml spells out are the defaults', () => {
    const text = textOf('doha.yaml');
    const bare = readMechanism(text.slice(0, text.indexOf('# Everything below')));
    expect(bare).toEqual({ mechanism: mechanismOf('doha.yaml'), warnings: [] });
  });

  test('fast.yaml is doha.yaml in all but id, title, times and calendars', () => {
    const peopleAndSides = ({
      parties,
      officials,
      decidingSides,
      relayable,
      facets,
      sites,
      places,
    }: Mechanism) => ({
      parties: parties.map(({ calendar: _, ...party }) => party),
      ...{ officials, decidingSides, relayable, facets, sites, places },
    });
    expect(peopleAndSides(mechanismOf('fast.yaml'))).toEqual(peopleAndSides(mechanismOf('doha.yaml')));
  });

  test('nothing in fast.yaml takes longer than ten minutes', () => {
    const { ladders, ...rest } = rulesOf(mechanismOf('fast.yaml'));
    expect(Object.keys(ladders).sort()).toEqual([...obligationKinds].sort());
    expect(JSON.stringify({ ladders, ...rest })).not.toMatch(
      /"P\d+[DWMY]|"PT\d+H|"PT(?!10M)\d+M|working day/,
    );
    expect(mechanismOf('fast.yaml').quietHours).toBe('none');
  });

  test('each state has its holidays of three years, and each is a day of its own', () => {
    for (const { id, calendar } of mechanismOf('doha.yaml').parties) {
      if (!calendar) continue;
      const years = calendar.holidays.map((date) => date.slice(0, 4));
      expect([id, [...new Set(years)]]).toEqual([id, ['2026', '2027', '2028']]);
      expect([id, new Set(calendar.holidays).size]).toEqual([id, calendar.holidays.length]);
      expect([...calendar.holidays].sort()).toEqual(calendar.holidays);
    }
  });

  test('three sides decide in three-sides.yaml, and nobody hosts', () => {
    const mechanism = mechanismOf('three-sides.yaml');
    expect(mechanism.decidingSides).toHaveLength(3);
    expect(mechanism.sites).toEqual([]);
    expect(mechanism.parties.some(({ kind }) => kind === 'host')).toBe(false);
    // One example asks whether the home suits the child; a file that does not name it is none the worse.
    expect(mechanism.facets.suitability?.attestedBy).toEqual([{ kind: 'receiving', roles: ['receiver'] }]);
    expect(mechanismOf('doha.yaml').facets.suitability).toBeUndefined();
  });

  test('every official’s address is one that can’t exist', () => {
    for (const name of ['doha.yaml', 'three-sides.yaml', 'fast.yaml'])
      for (const { email } of mechanismOf(name).officials) expect(email).toMatch(/\.example$/);
  });
});
