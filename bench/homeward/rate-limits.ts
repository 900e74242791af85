/** A benchmark is the loop gone wrong that the limits are there for. */
export const rateLimits = { perOfficial: 1_000_000, perAddress: 1_000_000 };
