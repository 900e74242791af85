/** What the rules may know of a dossier, taken from it by Postgres: nothing else of it leaves its row. */
import type { PoolClient } from 'pg';
import type { DossierFacts } from '../../domain/model/dossier-facts';
import type { CaseId } from '../../domain/model/ids';
import { query } from '../postgres/transaction';

/** Within the transaction of a command; undefined when there is no such version any more. */
export async function findDossierFacts(
  client: PoolClient,
  id: CaseId,
  version: number,
): Promise<DossierFacts | undefined> {
  const { rows } = await query<{ facts: DossierFacts }>(client, {
    name: 'dossier-facts',
    text: `
      select jsonb_strip_nulls(jsonb_build_object(
               'version', version,
               'ofAgeOn', to_char(of_age_on(content), 'YYYY-MM-DD'),
               'documents', coalesce(
                 (select jsonb_agg(jsonb_build_object(
                           'ref', d -> 'id', 'kind', d -> 'kind', 'holder', d -> 'holder', 'sha256', d -> 'sha256',
                           'issuedOn', d -> 'issuedOn', 'expiresOn', d -> 'expiresOn') order by place)
                    from jsonb_array_elements(content -> 'documents') with ordinality as listed (d, place)), '[]'),
               'recipients', coalesce(
                 (select jsonb_agg(jsonb_build_object(
                           'ref', r -> 'id', 'kinshipEvidence', r #> '{kinship,evidence}',
                           'custody', (
                             select coalesce(jsonb_agg(jsonb_build_object(
                                      'validFrom', c -> 'validFrom', 'validUntil', c -> 'validUntil',
                                      'evidence', c -> 'evidence')), '[]')
                               from jsonb_array_elements(r -> 'custody') as basis (c))) order by place)
                    from jsonb_array_elements(content -> 'recipients') with ordinality as listed (r, place)), '[]')
             )) as facts
        from dossiers where case_id = $1 and version = $2`,
    values: [id, version],
  });
  return rows[0]?.facts;
}
