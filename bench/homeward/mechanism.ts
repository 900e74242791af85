/** The mechanism of the source story with its real deadlines, so that no reminder falls due in a run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mechanism } from '../../src/contracts/mechanism/mechanism';
import { readMechanism } from '../../src/contracts/mechanism/file';

/** So that they can be reported at once: a visit counts from the day before its date. */
const soon = Array.from({ length: 13 }, (_, index) => `PT${index + 1}M`);
/** More children at once than the residence in the example can host. */
const places = 1_000;

export function benchMechanism(root: string): Mechanism {
  const read = readMechanism(readFileSync(join(root, 'examples/mechanisms/doha.yaml'), 'utf8'));
  if ('faults' in read) throw new Error(`the example mechanism has ${read.faults.length} faults`);
  const { mechanism } = read;
  return {
    ...mechanism,
    followUpVisits: soon,
    // Hundreds of children travel with one escort, each for itself.
    escortsEngagedOnce: false,
    sites: mechanism.sites.map((site) => ({ ...site, capacity: places })),
  };
}
