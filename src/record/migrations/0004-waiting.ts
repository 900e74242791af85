/**
 * How long parties were waited for, and what inbox, board and figures filter by. All of it follows from the events;
 * a database with cases from before has its lists made anew once, see `projections-version.ts`.
 */
export const waiting = /* sql */ `
-- The earliest instant at which an approval, a finding, a paper or the plan's window ends by itself.
alter table cases add column lapses_at timestamptz(3);

alter table obligations
  add column paused_kind text check (paused_kind in ('acknowledged', 'snoozed')),
  add column paused_until timestamptz(3),
  add column paused_by text,
  add column paused_by_party text;

-- What was owed and is no longer, written by the command that ended it.
create table past_obligations (
  case_id text not null,
  -- Of the case after that command. A key may come back, so it alone is no key here.
  version integer not null,
  key text not null,
  mechanism_id text not null,
  kind text not null,
  subject text,
  party text not null,
  -- Of the case while it was owed, at its end.
  stage text not null,
  since timestamptz(3) not null,
  due timestamptz(3) not null,
  safety boolean not null,
  ended_at timestamptz(3) not null,
  -- met: by one of its own commands; void: something else took the ground from under it.
  ended text not null check (ended in ('met', 'void')),
  primary key (case_id, version, key)
);
create index past_obligations_by_end on past_obligations (mechanism_id, ended_at)
  include (case_id, party, stage, since, ended);

-- Stages that a case has left. One that it passed through within one command took no time and is not there.
create table past_stages (
  case_id text not null,
  version integer not null,
  mechanism_id text not null,
  stage text not null,
  since timestamptz(3) not null,
  ended_at timestamptz(3) not null,
  primary key (case_id, version)
);
create index past_stages_by_end on past_stages (mechanism_id, ended_at) include (case_id, stage, since);

-- For the figures: some of a hundred events.
create index events_of_decisions on events (at)
  where type in ('PlanApproved', 'PlanObjected', 'ApprovalWithdrawn');

-- By which code the lists were made; one row.
create table projections_version (
  single boolean primary key default true check (single),
  version integer not null
);
insert into projections_version (version) select case when exists (select from events) then 1 else 2 end;

-- What the stream of changes asks every second, whoever listens.
create index cases_changed on cases (last_at);
create index obligations_beginning on obligations (since);
create index obligations_falling_due on obligations (due);
create index obligations_waking on obligations (paused_until) where paused_until is not null;
-- The board's filters.
create index cases_lapsing on cases (mechanism_id, lapses_at) where lapses_at is not null;
create index cases_by_waiting on cases (mechanism_id, coalesce(waiting_since, 'infinity'), id);
create index cases_stalled on cases (mechanism_id, stalled_since) where stalled_since is not null;
create index cases_hosted on cases (mechanism_id) where hosted;
create index cases_urgent on cases (mechanism_id) where urgent;
create index obligations_of_kind on obligations (mechanism_id, kind, party, case_id);
create index obligations_of_case on obligations (case_id) include (party, since, due);
create index cases_ended on cases (mechanism_id, stage_since) where stage = 'closed';
create index events_decisions on events (at) where type in ('PlanApproved', 'PlanObjected', 'ApprovalWithdrawn');
`;
