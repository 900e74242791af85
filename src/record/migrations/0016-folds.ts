/**
 * What of a case's newest dossier is looked for, folded by `contracts/fold.ts`, so that a search and the look for
 * duplicates read no dossier. Personal data as much as the dossier itself: it goes with it when that is erased.
 */
export const folds = /* sql */ `
create table dossier_folds (
  case_id text not null,
  version integer not null,
  -- 'name': a written form of child or recipient, for the search. The others are the child's, for duplicates.
  kind text not null check (kind in ('name', 'same-name', 'same-number', 'same-zone')),
  value text not null,
  -- Of 'same-name': between which days the child was born.
  born_from date,
  born_to date,
  foreign key (case_id, version) references dossiers (case_id, version) on delete cascade
);
create index dossier_folds_of_case on dossier_folds (case_id, kind);
create index dossier_folds_alike on dossier_folds (kind, value) where kind <> 'name';

-- Dossiers that have not been compared with the others yet.
create table dossiers_to_compare (
  case_id text primary key,
  since timestamptz(3) not null
);

-- What somebody owes and no event says: it is nobody's business but theirs, and changes nothing in the case. Of the
-- same shape as obligations, so that one inbox asks both the same.
create table suggestions (like obligations including indexes);
alter table suggestions add column grounds text[] not null default '{}';
create index suggestions_about on suggestions (subject);
-- One for a pair, in whichever of the two cases it was found.
create unique index suggestions_once on suggestions (kind, least(case_id, subject), greatest(case_id, subject));

create view owed as
  select case_id, key, mechanism_id, kind, subject, party, roles, since, due, safety, commands,
         paused_kind, paused_until, paused_by, paused_by_party from obligations
  union all
  select case_id, key, mechanism_id, kind, subject, party, roles, since, due, safety, commands,
         paused_kind, paused_until, paused_by, paused_by_party from suggestions;
`;
