/**
 * Which bed a case has for which nights. Never-rule 5: two that stand never have a bed on the same night, and a case has one
 * bed. What has ended hinders nobody, whatever the clock says. Filled when the lists are made anew.
 */
export const beds = /* sql */ `
create extension if not exists btree_gist;
create table bookings (
  mechanism_id text not null,
  site text not null,
  number integer not null,
  case_id text not null,
  -- By the site's own calendar; without an end while nobody knows it.
  nights daterange not null check (not isempty(nights) and not lower_inf(nights)),
  occupied boolean not null,
  since timestamptz(3) not null,
  -- Set when the child has left: what then remains are the nights it slept there.
  left_at timestamptz(3),
  exclude using gist (mechanism_id with =, site with =, number with =, nights with &&) where (left_at is null)
);
create unique index bookings_standing on bookings (case_id) where left_at is null;
create index bookings_by_site on bookings (mechanism_id, site, lower(nights));
-- When a case last gave the bed back.
alter table places drop column case_id, drop column since;
alter table places add column freed_at timestamptz(3);
`;
