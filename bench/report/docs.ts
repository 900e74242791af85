/** Puts the figures into docs/benchmarks.md, between its marks, and a copy of the whole result beside it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import type { Results } from '../results';
import { asMarkdown, tablesOf } from './tables';

const opening = '<!-- figures: written by `npm run bench -- --write-docs` -->';
const closing = '<!-- end of figures -->';

export async function writeDocs(root: string, results: Results): Promise<void> {
  const file = join(root, 'docs/benchmarks.md');
  const page = readFileSync(file, 'utf8');
  const [before, rest] = page.split(opening);
  const after = rest?.split(closing)[1];
  if (before === undefined || after === undefined) throw new Error(`${file} lacks its marks`);
  const figures = [describe(results), ...tablesOf(results).map(asMarkdown)].join('\n\n');
  const text = `${before}${opening}\n\n${figures}\n\n${closing}${after}`;
  writeFileSync(file, await format(text, { parser: 'markdown', singleQuote: true, printWidth: 110 }));
  const copy = await format(JSON.stringify(results), { parser: 'json', printWidth: 110 });
  writeFileSync(join(root, 'docs/benchmarks.json'), copy);
}

function describe({ date, commit, machine, rounds, quick }: Results): string {
  const busy =
    machine.loadBefore > 0.5
      ? `, **others at work: load ${machine.loadBefore.toFixed(1)} before the run**`
      : '';
  return (
    `${date.slice(0, 10)}, commit ${commit}, ${rounds} rounds${quick ? ' (quick: too few for conclusions)' : ''}. ` +
    `${machine.processors} processors (${machine.model}), ${machine.memoryGb} GB, Node ${machine.node}${busy}.`
  );
}
