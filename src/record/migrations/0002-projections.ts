/**
 * What lists, inboxes and mail read: everything here follows from the events and can be made anew from them,
 * except how far each mail got and which workflows have yet to be told.
 */
export const projections = /* sql */ `
create table cases (
  id text primary key,
  mechanism_id text not null,
  mechanism_version integer not null,
  version integer not null,
  -- The command of the last event: tells a cached state from one that a restored backup has overtaken.
  head text not null,
  opened_at timestamptz(3) not null,
  last_at timestamptz(3) not null,
  stage text not null,
  stage_since timestamptz(3) not null,
  requesting_party text not null,
  holding_party text not null,
  parties text[] not null,
  siblings text[] not null,
  dossier_version integer not null,
  waiting_on text[] not null,
  waiting_kind text,
  waiting_since timestamptz(3),
  due timestamptz(3),
  safety boolean not null,
  stalled_since timestamptz(3),
  urgent boolean not null,
  hosted boolean not null,
  on_hold boolean not null,
  outcome text
);
create index cases_by_due on cases (mechanism_id, coalesce(due, 'infinity'), id);
create index cases_by_opening on cases (mechanism_id, opened_at, id);
create index cases_open on cases (id) where stage <> 'closed';

-- A link binds both cases, whichever of them told it.
create table sibling_links (
  case_id text not null,
  sibling text not null,
  primary key (case_id, sibling)
);
create index sibling_links_back on sibling_links (sibling);

create table obligations (
  case_id text not null,
  key text not null,
  mechanism_id text not null,
  kind text not null,
  subject text,
  party text not null,
  roles text[] not null,
  since timestamptz(3) not null,
  due timestamptz(3) not null,
  safety boolean not null,
  commands text[] not null,
  primary key (case_id, key)
);
create index obligations_by_party on obligations (mechanism_id, party, safety desc, due, case_id, key);

-- One row per place of a site: a place has at most one case and a case at most one place, by construction.
create table places (
  mechanism_id text not null,
  site text not null,
  number integer not null check (number > 0),
  case_id text unique,
  since timestamptz(3),
  primary key (mechanism_id, site, number),
  check ((case_id is null) = (since is null))
);

create table outbox (
  id text primary key,
  case_id text not null,
  version integer not null,
  notice jsonb not null,
  party text not null,
  roles text[] not null,
  safety boolean not null,
  obligation text,
  created_at timestamptz(3) not null,
  status text not null default 'pending' check (status in ('pending', 'sent', 'dead', 'silenced')),
  attempts integer not null default 0,
  next_attempt_at timestamptz(3) not null,
  sent_to text[] not null default '{}',
  sent_at timestamptz(3),
  last_error_code text
);
create index outbox_pending on outbox (safety desc, next_attempt_at, id) where status = 'pending';
create index outbox_by_obligation on outbox (case_id, obligation) where status = 'pending';

create table nudges (
  case_id text primary key,
  version integer not null,
  at timestamptz(3) not null
);
`;
