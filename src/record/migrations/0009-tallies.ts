/**
 * How many cases and obligations there are, so that whoever looks every quarter minute need not count them. Kept by
 * the transaction that changes them, whichever release or tool it belongs to, as differences in rows of its own: no
 * two commands wait for one counter. The upkeep adds up what has come together.
 */

/** The rows of one obligation. It begins and falls due by time alone, so it is counted by the day, in UTC. */
const ofObligation = (o: string, number: 1 | -1): string => `
    ('begun', ${o}.mechanism_id, ${o}.party, (${o}.since at time zone 'UTC')::date, ${number}),
    ('late', ${o}.mechanism_id, ${o}.party, (greatest(${o}.since, ${o}.due) at time zone 'UTC')::date, ${number})`;
/** A closed case is never stalled. */
const ofCase = (c: string, number: 1 | -1): string => `
    ('in-stage', ${c}.mechanism_id, ${c}.stage, '-infinity'::date, ${number}),
    ('stalled', ${c}.mechanism_id, ${c}.stage, '-infinity'::date,
     case when ${c}.stalled_since is null or ${c}.stage = 'closed' then 0 else ${number} end)`;

/** Most commands change neither stage nor dates of a row: their triggers do not even run. */
const kept = (table: string, rowsOf: typeof ofCase, counted: string): string => `
create function tally_${table}() returns trigger language plpgsql as $$
begin
  if tg_op <> 'DELETE' then insert into tallies values ${rowsOf('new', 1)}; end if;
  if tg_op <> 'INSERT' then insert into tallies values ${rowsOf('old', -1)}; end if;
  return null;
end $$;
create trigger tallied after insert or delete on ${table} for each row execute function tally_${table}();
create trigger tallied_again after update on ${table} for each row
  when ((${columnsOf('old', counted)}) is distinct from (${columnsOf('new', counted)}))
  execute function tally_${table}();
insert into tallies
select row.what, row.mechanism_id, row.subject, row.day, sum(row.number)
  from ${table} as t, lateral (values ${rowsOf('t', 1)}) as row(what, mechanism_id, subject, day, number)
 group by row.what, row.mechanism_id, row.subject, row.day having sum(row.number) <> 0;`;
const columnsOf = (row: string, columns: string): string =>
  columns
    .split(' ')
    .map((column) => `${row}.${column}`)
    .join(', ');

export const tallies = /* sql */ `
create table tallies (
  what text not null check (what in ('in-stage', 'stalled', 'begun', 'late')),
  mechanism_id text not null,
  -- A stage of cases, a party of obligations.
  subject text not null,
  -- Of cases there is none.
  day date not null,
  number integer not null
);
${kept('obligations', ofObligation, 'mechanism_id party since due')}
${kept('cases', ofCase, 'mechanism_id stage stalled_since')}
`;
