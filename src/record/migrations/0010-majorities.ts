/**
 * When the child of a case comes of age, so that no dossier is read to find out. It is of the dossier and goes with
 * it when that is erased; no list and no event has it.
 */
export const majorities = /* sql */ `
create table majorities (
  case_id text primary key,
  -- Of the newest dossier.
  version integer not null,
  -- Null when it names no birth date: the upkeep removes the row.
  of_age_on date,
  -- Nothing is to be noted before this day; '-infinity' until the upkeep has looked.
  look_on date not null default '-infinity',
  foreign key (case_id, version) references dossiers (case_id, version) on delete cascade
);
create index majorities_to_look_at on majorities (look_on, case_id);

-- Of an estimated birth date the earliest day counts: consent asked too early harms nobody, too late it may.
create function of_age_on(dossier jsonb) returns date language sql stable as $$
  select (coalesce(dossier #>> '{child,birthDate,exact}', dossier #>> '{child,birthDate,estimated,from}')::date
          + interval '18 years')::date
$$;

create function keep_majority() returns trigger language plpgsql as $$
begin
  insert into majorities (case_id, version, of_age_on)
  values (new.case_id, new.version, of_age_on(new.content))
  on conflict (case_id) do update
     set version = excluded.version, of_age_on = excluded.of_age_on, look_on = excluded.look_on
   where majorities.version < excluded.version;
  return null;
end $$;
create trigger majority_kept after insert on dossiers for each row execute function keep_majority();

insert into majorities (case_id, version, of_age_on)
select c.id, d.version, of_age_on(d.content)
  from cases c join dossiers d on d.case_id = c.id and d.version = c.dossier_version
 where c.stage <> 'closed';
`;
