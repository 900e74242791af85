/** In whose care the child of an open case is, as a code. Filled when the lists are made anew. */
export const care = /* sql */ `
alter table cases add column care_with text;
create index cases_by_care on cases (mechanism_id, care_with) where care_with in ('interim-care', 'escort');
`;
