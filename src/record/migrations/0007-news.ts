/**
 * News for the processes of cases: what a process has not read yet, one row per command. Written in the transaction of
 * the command, deleted when the process itself has read the case that far. Replaces `nudges`, which knew the case only.
 */
export const news = /* sql */ `
create table news (
  case_id text not null,
  -- Of the case after the command.
  version integer not null,
  -- The command's type, and the party of its sender; none for the system's own.
  command text not null,
  party text,
  at timestamptz(3) not null,
  -- Signals sent by the delivery, beside the first one of the process that wrote the row.
  tries integer not null default 0,
  next_at timestamptz(3) not null,
  primary key (case_id, version)
);
create index news_by_turn on news (next_at);
insert into news (case_id, version, command, at, next_at) select case_id, version, 'nudge', at, at from nudges;
drop table nudges;

-- When time next has something to do for the child's safety. Normally the case's process does it; when no upkeep
-- reports, because Temporal is away or somebody stopped it, whoever notices does it by this.
alter table cases add column alarm_at timestamptz(3);
create index cases_by_alarm on cases (alarm_at) where alarm_at is not null;
-- Something fell due and nothing has happened since: their processes may be stuck, and are looked at first.
create index cases_silent on cases (due) where stage <> 'closed' and last_at < due;
`;
