/** How many random cases a property is tried with. */
const given = process.env.HOMEWARD_PROPERTY_RUNS || '1';
const factor = Number(given);
if (!(factor > 0 && factor < Infinity))
  throw new Error(`HOMEWARD_PROPERTY_RUNS must be a number above 0, not “${given}”`);

/** For fast-check: so many on a push, and as many times that as `HOMEWARD_PROPERTY_RUNS` says. */
export const propertyRuns = (onPush = 100): { numRuns: number } => ({ numRuns: Math.ceil(onPush * factor) });
