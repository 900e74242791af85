/**
 * How many cases and obligations there are, so that whoever looks every quarter minute need not count them. Kept by
 * the transaction that changes them, whichever release or tool it belongs to, as differences in rows of its own: no
 * two commands wait for one counter. The upkeep adds up what has come together.
 */

/** Obligations begin and fall due by time alone: they are counted by the day, and today's are read as they are. */
const ofObligations = (from: string): string => `
  select kind.what, o.mechanism_id, o.party, (kind.at at time zone 'UTC')::date, o.number
    from (${from}) as o, lateral (values ('begun', o.since), ('late', greatest(o.since, o.due))) as kind(what, at)`;
const ofCases = (from: string): string => `
  select kind.what, c.mechanism_id, c.stage, date '-infinity', c.number
    from (${from}) as c, lateral (values ('in-stage', true), ('stalled', c.is_stalled)) as kind(what, counts)
   where kind.counts`;
const summed = (rows: string): string => `
  insert into tallies (what, mechanism_id, subject, day, number)
  select what, mechanism_id, subject, day, sum(number)
    from (${rows}) as row(what, mechanism_id, subject, day, number)
   group by what, mechanism_id, subject, day having sum(number) <> 0`;

const obligation = (table: string, number: 1 | -1): string =>
  `select mechanism_id, party, since, due, ${number} as number from ${table}`;
const caseOf = (table: string, number: 1 | -1): string =>
  `select mechanism_id, stage, stalled_since is not null and stage <> 'closed' as is_stalled, ${number} as number
     from ${table}`;

const keptBy = (table: string, of: (from: string) => string, row: typeof obligation): string => `
create function tally_${table}() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then ${summed(of(row('came', 1)))};
  elsif tg_op = 'DELETE' then ${summed(of(row('went', -1)))};
  else ${summed(of(`${row('came', 1)} union all ${row('went', -1)}`))};
  end if;
  return null;
end $$;
create trigger tallied_insert after insert on ${table} referencing new table as came
  for each statement execute function tally_${table}();
create trigger tallied_update after update on ${table} referencing old table as went new table as came
  for each statement execute function tally_${table}();
create trigger tallied_delete after delete on ${table} referencing old table as went
  for each statement execute function tally_${table}();
${summed(of(row(table, 1)))};`;

export const tallies = /* sql */ `
create table tallies (
  what text not null check (what in ('in-stage', 'stalled', 'begun', 'late')),
  mechanism_id text not null,
  -- A stage of cases, a party of obligations.
  subject text not null,
  -- In UTC; of cases there is none.
  day date not null,
  number integer not null
);
${keptBy('obligations', ofObligations, obligation)}
${keptBy('cases', ofCases, caseOf)}
`;
