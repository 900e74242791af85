/** Whose case it is at the mediator's. Filled when the lists are made anew. */
export const officers = /* sql */ `
alter table cases add column officer text;
alter table cases add column deputy text;
create index cases_of_officer on cases (mechanism_id, officer) where officer is not null;
create index cases_of_deputy on cases (mechanism_id, deputy) where deputy is not null;
`;
