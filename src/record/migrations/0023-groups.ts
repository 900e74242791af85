/**
 * Groups of children: a second kind of stream beside cases. Their events, commands, refusals, vouchers and news lie where a
 * case's do, under the group's own id in `case_id`; group ids begin with `G-`, which no case reference does.
 */
export const groups = /* sql */ `
create table groups (
  id text primary key check (id like 'G-%'),
  mechanism_id text not null,
  mechanism_version integer not null,
  version integer not null,
  head text not null,
  opened_at timestamptz(3) not null,
  last_at timestamptz(3) not null,
  state text not null,
  depart_at timestamptz(3) not null,
  waiting_on text[] not null,
  -- When the first of what is owed is due, and when time next has something to do.
  due timestamptz(3),
  next_at timestamptz(3)
);
create index groups_by_departure on groups (mechanism_id, depart_at, id);
create index groups_open on groups (id) where state not in ('completed', 'aborted');

create table group_members (
  group_id text not null references groups (id) on delete cascade,
  case_id text not null,
  position integer not null,
  -- In an open group, and not dropped or left behind.
  travels boolean not null,
  primary key (group_id, case_id)
);
-- A child is in one open group, by construction.
create unique index group_of_case on group_members (case_id) where travels;
create index group_members_of_case on group_members (case_id);

-- What a notice can be of.
create view streams as
  select id, mechanism_id, stage <> 'closed' as open from cases
  union all select id, mechanism_id, state not in ('completed', 'aborted') from groups;

alter table vouchers drop constraint vouchers_kind_check;
alter table vouchers add constraint vouchers_kind_check check (kind in ('case', 'group', 'mechanism', 'absence'));
`;
