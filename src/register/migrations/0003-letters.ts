/** What is sent to whom: one letter per receiver, made from notices. */
export const letters = /* sql */ `
select 1;
`;
