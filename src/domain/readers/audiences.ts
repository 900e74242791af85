/** Kinds of parties that read alike, named once for every table of readers. Source: docs/rules.md, "Who sees what". */
export const file = ['mediator', 'requesting'] as const;
export const sides = [...file, 'holding', 'consenting'] as const;
/** The sides, and who has the child. */
export const carers = [...sides, 'host', 'escort'] as const;
/** Who answers for a hosted child's health; no side, whatever else it reads. */
export const ward = ['mediator', 'host'] as const;
/** Who gives the child what it is to get, where it is and on the way. */
export const nurses = [...ward, 'escort'] as const;
/** Observers never. */
export const everyone = [...carers, 'receiving'] as const;
export const nobody = [] as const;
