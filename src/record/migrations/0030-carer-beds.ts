/** Beside the child, a relative who came to fetch it may have a bed: a case has one that stands for each of the two. */
export const carerBeds = /* sql */ `
alter table bookings add column sleeper text not null default 'child' check (sleeper in ('child', 'carer'));
drop index bookings_standing;
create unique index bookings_standing on bookings (case_id, sleeper) where left_at is null;
`;
