/** How long parties were waited for, and what the board filters by. */
export const waiting = /* sql */ `
select 1;
`;
