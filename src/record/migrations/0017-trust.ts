/**
 * What vouches for the record, and what was found in doubt. A voucher is a MAC by a key that the database does not
 * have: rows that were put here by somebody else have none that is right.
 */
export const trust = /* sql */ `
create table vouchers (
  kind text not null check (kind in ('case', 'mechanism', 'absence')),
  id text not null,
  -- Of a case: its events after this version up to that one. Of a mechanism: its version.
  after integer not null,
  upto integer not null check (upto > after),
  how text not null check (how in ('recorded', 'adopted', 'by-hand')),
  key_id text not null,
  seal text not null,
  -- The seal too: a wrong one must not keep the right one out.
  primary key (kind, id, upto, key_id, seal)
);
create trigger append_only before update or delete or truncate on vouchers
  for each statement execute function refuse_change();
alter table vouchers enable always trigger append_only;
revoke update, delete, truncate on vouchers from public, current_user;

-- What was there before anything was vouched for. Only a migration writes here.
create table unvouched (
  kind text not null,
  id text not null,
  upto integer not null,
  primary key (kind, id, upto)
);
insert into unvouched (kind, id, upto)
select 'case', case_id, max(version) from events group by case_id
union all select 'mechanism', id, version from mechanisms
union all select 'absence', id, 1 from absences;
create trigger append_only before insert or update or delete or truncate on unvouched
  for each statement execute function refuse_change();
alter table unvouched enable always trigger append_only;

-- What the last look at a case, a mechanism or an absence found wrong.
create table doubts (
  kind text not null,
  id text not null,
  version integer not null,
  code text not null,
  found_at timestamptz(3) not null,
  primary key (kind, id, version, code)
);
create table record_checks (
  case_id text primary key,
  checked_at timestamptz(3) not null,
  -- Vouched for by this key.
  key_id text not null
);
create index record_checks_by_turn on record_checks (checked_at);
`;
