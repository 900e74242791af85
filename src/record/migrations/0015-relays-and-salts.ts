/**
 * Whose name a note was written in: a side reads what was entered for it, what was entered before included. And the salt
 * of each dossier's hash.
 */
export const relaysAndSalts = /* sql */ `
alter table notes add column in_name_of text;
alter table notes disable trigger never_rewritten;
update notes n set in_name_of = e.event ->> 'party'
  from events e
 where e.type = 'DecisionRelayed' and e.case_id = n.case_id
   and exists (select from jsonb_path_query(e.event, 'strict $.decision.**.note') as note
                where note #>> '{}' = n.id::text);
alter table notes enable trigger never_rewritten;
-- Of the hash that events carry. Versions of before have none, and their hash stays as it was.
alter table dossiers add column salt text;
alter table staged_dossiers add column salt text;
`;
