/**
 * Absences and what belongs to officials themselves: calendar feeds, generations of webhook secrets. What was
 * declared is never changed; what ends it is written beside it.
 */
export const officials = /* sql */ `
create table absences (
  id text primary key,
  mechanism_id text not null,
  party text not null,
  official text not null,
  deputy text not null check (deputy <> official),
  starts_at timestamptz(3) not null,
  until timestamptz(3) not null check (until > starts_at),
  declared_by text not null,
  declared_at timestamptz(3) not null,
  -- Who asked, under which Idempotency-Key, and for what: a repeat is recognised by it.
  request text not null unique,
  request_hash text not null
);
create index absences_by_end on absences (mechanism_id, until);
create table absence_ends (
  absence_id text primary key,
  ended_by text not null,
  ended_at timestamptz(3) not null,
  request text not null unique
);

create table calendar_feeds (
  -- SHA-256 of the token: the link itself is not kept.
  token_hash text primary key,
  mechanism_id text not null,
  official text not null,
  created_at timestamptz(3) not null default clock_timestamp(),
  revoked_at timestamptz(3)
);
-- One link that works per official, by construction.
create unique index calendar_feeds_working on calendar_feeds (mechanism_id, official) where revoked_at is null;

-- The first generation needs no row. The secrets follow from the seal key and are not kept.
create table webhook_secrets (
  mechanism_id text not null,
  party text not null,
  generation integer not null check (generation > 1),
  raised_by text not null,
  raised_at timestamptz(3) not null default clock_timestamp(),
  request text not null unique,
  primary key (mechanism_id, party, generation)
);

do $$
declare name text;
begin
  foreach name in array array['absences', 'absence_ends', 'webhook_secrets'] loop
    execute format(
      'create trigger append_only before update or delete or truncate on %I
         for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger append_only', name);
    execute format('revoke update, delete, truncate on %I from public, current_user', name);
  end loop;
end $$;

-- In which cases an absence is noted, and which name an official: asked every minute, of every case.
create index events_absences on events ((event ->> 'absence'), case_id) where type = 'AbsenceNoted';
create index events_naming on events ((case type when 'EscortAssigned' then event ->> 'escort'
    when 'OfficialSubstituted' then event ->> 'by' else actor ->> 'official' end), case_id)
  where type in ('EscortAssigned', 'OfficialSubstituted', 'ObligationAcknowledged', 'ObligationSnoozed');
`;
