/** Filters of the list, as they stand in the address: what is not known there is left out. */
const flags = ['overdue', 'stalled', 'urgent', 'onHold', 'unheard', 'concern'] as const;
/** Whose a case is, only the mediator may know. */
export const flagsFor = (kind: string): readonly Flag[] => (kind === 'mediator' ? ['mine', ...flags] : flags);
export type Flag = 'mine' | (typeof flags)[number];
const names = ['stage', 'waitingOn', 'careWith', 'text', 'open', 'mine', ...flags] as const;

export type Filters = Readonly<Partial<Record<(typeof names)[number], string>>>;

export const readFilters = (search: URLSearchParams): Filters =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = search.get(name);
      return value === null || value === '' ? [] : [[name, value]];
    }),
  );
