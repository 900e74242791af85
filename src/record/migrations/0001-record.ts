/**
 * The record itself: what was commanded, what happened, what was refused, under which mechanism, and the
 * personal data apart from it. The database refuses to change what is written, whoever asks.
 */
export const record = /* sql */ `
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% of % is refused: what is recorded is never changed', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end $$;

create table mechanisms (
  id text not null,
  version integer not null check (version > 0),
  content jsonb not null,
  hash text not null,
  saved_at timestamptz(3) not null default clock_timestamp(),
  primary key (id, version)
);

create table events (
  case_id text not null,
  version integer not null check (version > 0),
  at timestamptz(3) not null,
  type text not null generated always as (event ->> 'type') stored,
  event jsonb not null,
  actor jsonb not null,
  command_id text not null,
  -- The place that this event gave to the case; which one is the record's choice and so not in the event.
  place integer,
  primary key (case_id, version)
);

create table refusals (
  id bigint generated always as identity primary key,
  at timestamptz(3) not null,
  case_id text not null,
  command_id text not null,
  command_type text not null,
  actor jsonb not null,
  rejection jsonb not null
);
create index refusals_by_case on refusals (case_id, at);

create table commands (
  id text primary key,
  case_id text not null,
  status text not null check (status in ('accepted', 'recorded', 'refused')),
  body_hash text not null,
  envelope jsonb not null,
  answer jsonb,
  taken_at timestamptz(3) not null default clock_timestamp(),
  answered_at timestamptz(3),
  check ((status = 'accepted') = (answer is null))
);
create index commands_undelivered on commands (taken_at) where status = 'accepted';

-- A command is written once. One that was only accepted, or refused and so without effect, may still be
-- answered anew; one that was recorded never.
create function refuse_other_command() returns trigger language plpgsql as $$
begin
  if old.status = 'recorded'
    or (new.id, new.case_id, new.body_hash) is distinct from (old.id, old.case_id, old.body_hash) then
    raise exception 'command % is written once', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger written_once before update on commands
  for each row execute function refuse_other_command();
create trigger never_removed before delete or truncate on commands
  for each statement execute function refuse_change();

create table dossiers (
  case_id text not null,
  version integer not null check (version > 0),
  content jsonb not null,
  hash text not null,
  at timestamptz(3) not null,
  primary key (case_id, version)
);
create table staged_dossiers (
  case_id text not null,
  hash text not null,
  content jsonb not null,
  staged_at timestamptz(3) not null default clock_timestamp(),
  primary key (case_id, hash)
);
create table notes (
  id uuid primary key,
  case_id text not null,
  party text not null,
  official text not null,
  text text not null,
  at timestamptz(3) not null default clock_timestamp()
);
create index notes_by_case on notes (case_id);
-- Erasing a dossier or a note is a duty of law; rewriting one is never right.
create trigger never_rewritten before update on dossiers
  for each statement execute function refuse_change();
create trigger never_rewritten before update on notes
  for each statement execute function refuse_change();

do $$
declare name text;
begin
  foreach name in array array['mechanisms', 'events', 'refusals'] loop
    execute format(
      'create trigger append_only before update or delete or truncate on %I
         for each statement execute function refuse_change()', name);
    -- "always": also when a session calls itself a replica to get round triggers.
    execute format('alter table %I enable always trigger append_only', name);
    -- Against an owner in a hurry; the trigger holds against a superuser too.
    execute format('revoke update, delete, truncate on %I from public, current_user', name);
  end loop;
end $$;
alter table commands enable always trigger written_once;
alter table commands enable always trigger never_removed;
revoke delete, truncate on commands from public, current_user;
`;
