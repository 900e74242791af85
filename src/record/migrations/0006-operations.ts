/**
 * What the upkeep and the operators' tools remember of their own work: it follows from nothing and nothing follows
 * from it. Only references, codes and instants.
 */
export const operations = /* sql */ `
-- The last whole run of each task of the upkeep, so that a lag can be seen.
create table upkeep_rounds (
  task text primary key,
  at timestamptz(3) not null,
  took_ms integer not null,
  counts jsonb not null
);

-- Every run of a case's process that ended from outside, and what was done about it. The run makes it once.
create table process_restarts (
  case_id text not null,
  -- The run that ended; 'none' where the engine knew of none.
  run_id text not null,
  cause text not null,
  at timestamptz(3) not null,
  primary key (case_id, run_id, at)
);
create unique index process_restarts_once on process_restarts (case_id, run_id) where run_id <> 'none';
create index process_restarts_by_time on process_restarts (at);

-- Cases whose workflow tasks fail again and again, as the last look found them.
create table stuck_processes (
  case_id text primary key,
  run_id text not null,
  attempt integer not null,
  since timestamptz(3) not null
);
`;
