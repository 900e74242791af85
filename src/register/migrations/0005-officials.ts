/** Absences and what belongs to officials themselves: calendar feeds, generations of webhook secrets. */
export const officials = /* sql */ `
select 1;
`;
