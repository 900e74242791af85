/** What `npm run bench -- …` was asked to do. */
import { parseArgs } from 'node:util';
import { wayNames, type WayName } from './way';

export const partNames = ['returns', 'starts', 'cold-start'] as const;
export type PartName = (typeof partNames)[number];

export interface BenchOptions {
  readonly quick: boolean;
  readonly ways: readonly WayName[];
  readonly parts: readonly PartName[];
  /** Every way is measured once in each round, in another order. */
  readonly rounds: number;
  /** How many returns are under way at once, and how many a round brings home that way. */
  readonly loads: readonly { readonly atATime: number; readonly returns: number }[];
  /** Idle workflows in the cache when memory is read. */
  readonly cachedWorkflows: number;
  readonly coldStarts: number;
  readonly writeDocs: boolean;
}

export const usage = `npm run bench -- [options]
  --quick               a look in three minutes: one round, few returns
  --ways a,b            of ${wayNames.join(', ')}
  --only a,b            parts: ${partNames.join(', ')}
  --at-a-time 1,10,40   loads
  --rounds N
  --write-docs          put the figures into docs/benchmarks.md and docs/benchmarks.json`;

/** Throws a RangeError that names what was not understood. */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      ways: { type: 'string' },
      only: { type: 'string' },
      'at-a-time': { type: 'string' },
      rounds: { type: 'string' },
      'write-docs': { type: 'boolean', default: false },
    },
  });
  const { quick } = values;
  const loads = listOf(values['at-a-time'] ?? '1,10,40').map((text) => countOf(text, '--at-a-time'));
  return {
    quick,
    ways: chosen(values.ways, wayNames, '--ways'),
    parts: chosen(values.only, partNames, '--only'),
    rounds: values.rounds === undefined ? (quick ? 1 : 3) : countOf(values.rounds, '--rounds'),
    loads: loads.map((atATime) => ({ atATime, returns: returnsAt(atATime, quick) })),
    cachedWorkflows: quick ? 200 : 500,
    coldStarts: quick ? 1 : 3,
    writeDocs: values['write-docs'],
  };
}

/** Whole lanes only: a lane that stands idle at the end of a round would be counted as slowness. */
const returnsAt = (atATime: number, quick: boolean): number =>
  quick ? atATime : atATime * Math.max(1, Math.min(3, Math.floor(20 / atATime)));

const listOf = (text: string): string[] => text.split(',').filter((part) => part !== '');

function chosen<Name extends string>(text: string | undefined, known: readonly Name[], flag: string): Name[] {
  if (text === undefined) return [...known];
  const asked = listOf(text);
  const unknown = asked.find((name) => !(known as readonly string[]).includes(name));
  if (unknown !== undefined) throw new RangeError(`${flag}: “${unknown}” is none of ${known.join(', ')}`);
  return known.filter((name) => asked.includes(name));
}

function countOf(text: string, flag: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new RangeError(`${flag}: “${text}” is not a count`);
}
