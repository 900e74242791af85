/**
 * What is owed to groups, for inboxes and digests. A row stands as long as the duty does; that it has fallen due is for
 * whoever reads to see. Filled when the lists are made anew.
 */
export const groupDuties = /* sql */ `
create table group_duties (
  group_id text not null references groups (id) on delete cascade,
  key text not null,
  mechanism_id text not null,
  kind text not null,
  subject text,
  party text not null,
  roles text[] not null,
  since timestamptz(3) not null,
  due timestamptz(3) not null,
  commands text[] not null,
  primary key (group_id, key)
);
create index group_duties_by_party on group_duties (mechanism_id, party, due);
create index group_duties_falling_due on group_duties (due);
create index groups_changed on groups (last_at);

-- To nobody's eyes but those of a party that one of its children's cases concerns.
create view owed_to_groups as
  select d.*, g.state, g.depart_at
    from group_duties d join groups g on g.id = d.group_id
   where exists (select from group_members m join cases c on c.id = m.case_id
                  where m.group_id = d.group_id and d.party = any (c.parties));

create or replace view owed as
  select case_id, key, mechanism_id, kind, subject, party, roles, since, due, safety, commands,
         paused_kind, paused_until, paused_by, paused_by_party from obligations
  union all
  select case_id, key, mechanism_id, kind, subject, party, roles, since, due, safety, commands,
         paused_kind, paused_until, paused_by, paused_by_party from suggestions
  union all
  select group_id, key, mechanism_id, kind, subject, party, roles, since, due, false, commands,
         null, null::timestamptz(3), null, null from owed_to_groups;
`;
