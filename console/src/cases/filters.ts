/** Filters of the list, as they stand in the address: what is not known there is left out. */
export const flags = ['overdue', 'stalled', 'urgent', 'onHold', 'unheard', 'concern'] as const;
const names = ['stage', 'waitingOn', 'careWith', 'text', 'open', ...flags] as const;

export type Filters = Readonly<Partial<Record<(typeof names)[number], string>>>;

export const readFilters = (search: URLSearchParams): Filters =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = search.get(name);
      return value === null || value === '' ? [] : [[name, value]];
    }),
  );
