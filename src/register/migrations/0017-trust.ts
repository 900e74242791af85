/** What vouches for the record, and what was found in doubt. */
export const trust = /* sql */ `
select 1;
`;
