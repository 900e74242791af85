/** What the README says of settings is what the code reads; what it shows of a group, what was played. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { variables } from '../src/config-variables';

const textOf = (file: string): string => readFileSync(join(__dirname, '..', file), 'utf8');
const readme = textOf('README.md');
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

describe('the README’s tour of a group', () => {
  /** What was typed → what was answered, in the code block after the mark; a line that begins with # is the page's own. */
  const playIn = (file: string, mark: string): [typed: string, answered: string][] => {
    const block = textOf(file).split(mark)[1]?.split('```')[1] ?? '';
    const lines = block.split('\n').filter((line) => !line.startsWith('# '));
    const acts = lines.join('\n').split(/^\$ /m).slice(1);
    return acts.map((act) => {
      const [typed = '', ...answered] = act.trimEnd().split('\n');
      return [typed, `${answered.join('\n')}\n`];
    });
  };
  const shown = playIn('README.md', '<!-- played: ');
  const played = playIn('docs/groups.md', '<!-- transcript: ');

  it('shows candidates, beds, the checklist and a departure', () => {
    const commands = shown.map(([typed]) => typed.split(' ').slice(3, 5).join(' '));
    expect(new Set(commands)).toEqual(
      new Set(['group candidates', 'site days', 'site today', 'group draft', 'group show', 'group send']),
    );
  });

  it.each(shown)('%s is answered as in docs/groups.md, but for lines left out', (typed, answered) => {
    const escaped = answered.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    const fits = new RegExp(`^${escaped.replaceAll(String.raw`\[…\]` + '\n', String.raw`(?:.*\n)+?`)}$`);
    const answers = played.filter(([other]) => other === typed).map(([, answer]) => answer);
    expect(answers).toContainEqual(expect.stringMatching(fits));
  });
});
