/** Puts the figures into docs/benchmarks.md, between their marks, and a copy of the whole result beside it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import type { Results } from '../results';
import { asMarkdown, comparisonTables, loadTablesOf, onlyLoad } from './tables';
import { type Table } from './table';

/** Two runs on two days may fill them: each is written only by a run that measured it. */
const sections = {
  comparison: {
    opening: '<!-- figures: written by `npm run bench -- --write-docs` -->',
    closing: '<!-- end of figures -->',
    copy: 'docs/benchmarks.json',
  },
  load: {
    opening: '<!-- load: written by `npm run bench -- --only load --write-docs` -->',
    closing: '<!-- end of load -->',
    copy: 'docs/benchmarks-load.json',
  },
} as const;

export async function writeDocs(root: string, results: Results): Promise<void> {
  const { load, ...without } = results;
  const { returns, starts, against, inbox, coldStart, rounds } = without;
  if (returns ?? starts ?? against ?? inbox ?? coldStart)
    await writeSection(root, 'comparison', without, comparisonTables(without), `${rounds} rounds`);
  const only = onlyLoad(results);
  if (load) await writeSection(root, 'load', only, loadTablesOf(only), ofLoad(load));
}

async function writeSection(
  root: string,
  name: keyof typeof sections,
  results: Results,
  tables: readonly Table[],
  extent: string,
): Promise<void> {
  const { opening, closing, copy } = sections[name];
  const file = join(root, 'docs/benchmarks.md');
  const page = readFileSync(file, 'utf8');
  const [before, rest] = page.split(opening);
  const after = rest?.split(closing)[1];
  if (before === undefined || after === undefined) throw new Error(`${file} lacks its marks`);
  const figures = [describe(results, extent), ...tables.map(asMarkdown)].join('\n\n');
  const text = `${before}${opening}\n\n${figures}\n\n${closing}${after}`;
  writeFileSync(file, await format(text, { parser: 'markdown', singleQuote: true, printWidth: 110 }));
  const json = await format(JSON.stringify(results), { parser: 'json', printWidth: 110 });
  writeFileSync(join(root, copy), json);
}

const ofLoad = ({ minutes, load }: NonNullable<Results['load']>): string =>
  `${minutes.toFixed(0)} minutes, load ${load.mean.toFixed(1)} on average and ${load.most.toFixed(1)} at most`;

function describe({ date, commit, command, machine, quick }: Results, extent: string): string {
  const busy =
    machine.loadBefore > 0.5
      ? `, **others at work: load ${machine.loadBefore.toFixed(1)} before the run**`
      : '';
  return (
    `\`${command}\` on ${date.slice(0, 10)}, commit ${commit}, ${extent}${quick ? ' (quick: too few for conclusions)' : ''}. ` +
    `${machine.processors} processors (${machine.model}), ${machine.memoryGb} GB, Node ${machine.node}${busy}.`
  );
}
