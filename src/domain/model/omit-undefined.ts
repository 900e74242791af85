/** Optional fields are left out rather than carried as undefined: events and answers are compared as JSON. */
export const omitUndefined = <Fields extends object>(fields: {
  readonly [Key in keyof Fields]: Fields[Key] | undefined;
}): Fields => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
