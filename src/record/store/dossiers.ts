/**
 * Dossiers by version: the only rows with personal data beside the notes. A revision is laid ready under its
 * hash first and becomes a version in the transaction of the command that names it.
 */
import type { Pool, PoolClient } from 'pg';
import type { Dossier } from '../../contracts/dossier/dossier';
import { dossierHashOf } from '../../contracts/seal';
import type { CaseId, Sha256 } from '../../domain/model/ids';
import type { Instant } from '../../domain/calendar/time';
import { RecordError } from '../postgres/record-error';
import { query, retrying } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';

export interface DossierRef {
  readonly version: number;
  readonly hash: Sha256;
}
export interface KeptDossier extends DossierRef {
  readonly dossier: Dossier;
  readonly at: Instant;
}

/** The salt never leaves the record but with the whole dossier. */
export interface Salted {
  readonly dossier: Dossier;
  readonly salt?: string;
}

/** Throws `dossier-differs` when the reference is not to this dossier: the caller has mixed up two. */
export function assertIsDossier({ dossier, salt }: Salted, { hash }: DossierRef): void {
  if (dossierHashOf(dossier, salt) === hash) return;
  throw new RecordError('dossier-differs', 'the command names another dossier than the one given', false);
}

export const firstDossier = (
  id: CaseId,
  { dossier, salt }: Salted,
  ref: DossierRef,
  at: Instant,
): Statement => ({
  name: 'first-dossier',
  text: 'insert into dossiers (case_id, version, content, hash, at, salt) values ($1, $2, $3, $4, $5, $6)',
  values: [id, ref.version, JSON.stringify(dossier), ref.hash, at, salt ?? null],
});

/** Makes the dossier laid ready under this hash the version named, and gives it; undefined when none lies ready. */
export async function acceptDossier(
  client: PoolClient,
  id: CaseId,
  { version, hash }: DossierRef,
  at: Instant,
): Promise<Dossier | undefined> {
  const { rows } = await query<{ dossier: Dossier }>(client, {
    name: 'accept-dossier',
    text: `with ready as (delete from staged_dossiers where case_id = $1 and hash = $2 returning content, salt)
           insert into dossiers (case_id, version, content, hash, at, salt)
           select $1, $3, content, $2, $4, salt from ready
           returning content as dossier`,
    values: [id, hash, version, at],
  });
  return rows[0]?.dossier;
}

export const createDossiers = (pool: Pool) => ({
  /**
   * Lays a revision ready and gives the version it may become: the next one of the case. Does not touch the
   * case. The same dossier twice is once. Throws nothing for an unknown case: the command will be refused.
   */
  stage: (id: CaseId, dossier: Dossier, salt?: string): Promise<DossierRef> =>
    retrying(pool, async (client) => {
      const hash = dossierHashOf(dossier, salt);
      const { rows } = await query<{ next: number }>(client, {
        name: 'stage-dossier',
        text: `with staged as (
                 insert into staged_dossiers (case_id, hash, content, salt, staged_at)
                 values ($1, $2, $3, $4, clock_timestamp())
                 on conflict (case_id, hash) do update set staged_at = excluded.staged_at)
               select coalesce(max(version), 0) + 1 as next from dossiers where case_id = $1`,
        values: [id, hash, JSON.stringify(dossier), salt ?? null],
      });
      return { version: rows[0]?.next ?? 1, hash };
    }),

  /** The newest version of each case that has one. Who may read them is for the caller to know. */
  newestOf: (ids: readonly CaseId[]): Promise<ReadonlyMap<CaseId, Dossier>> =>
    retrying(pool, async (client) => {
      const { rows } = await query<{ id: CaseId; dossier: Dossier }>(client, {
        name: 'newest-dossiers',
        text: `select id, d.content as dossier from unnest($1::text[]) as id cross join lateral (
                 select content from dossiers where case_id = id order by version desc limit 1) as d`,
        values: [ids],
      });
      return new Map(rows.map(({ id, dossier }) => [id, dossier]));
    }),

  /** The newest version unless one is named. Who may read it is for the caller to know. */
  find: (id: CaseId, version?: number): Promise<KeptDossier | undefined> =>
    retrying(pool, async (client) => {
      const { rows } = await query<KeptDossier & Record<string, unknown>>(client, {
        name: 'find-dossier',
        text: `select version, hash, content as dossier, at from dossiers
                where case_id = $1 and ($2::integer is null or version = $2) order by version desc limit 1`,
        values: [id, version ?? null],
      });
      return rows[0];
    }),

  /** A revision that lies ready, for whoever is to confirm it. */
  findStaged: (id: CaseId, hash: Sha256): Promise<Dossier | undefined> =>
    retrying(pool, async (client) => {
      const { rows } = await query<{ dossier: Dossier }>(client, {
        name: 'find-staged',
        text: 'select content as dossier from staged_dossiers where case_id = $1 and hash = $2',
        values: [id, hash],
      });
      return rows[0]?.dossier;
    }),

  /**
   * Removes revisions that no command took up: personal data must not lie about. One that waits for its second person
   * stays as long as it waits. Gives their number.
   */
  forgetStaged: (olderThanMs: number): Promise<number> =>
    retrying(pool, async (client) => {
      const { rowCount } = await query(client, {
        name: 'forget-staged',
        text: `delete from staged_dossiers s
                where staged_at < clock_timestamp() - $1 * interval '1 millisecond'
                  and not exists (
                      select from events p where p.case_id = s.case_id and p.type = 'ActProposed'
                         and p.event #>> '{act,dossier,hash}' = s.hash and not exists (
                             select from events e where e.case_id = p.case_id
                                and e.type in ('ProposalConfirmed', 'ProposalRejected')
                                and e.event ->> 'proposal' = p.event ->> 'proposal'))`,
        values: [olderThanMs],
      });
      return rowCount ?? 0;
    }),
});
