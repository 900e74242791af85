/**
 * Places at hosting sites. Never-rule 5: a row of `places` has room for one case, so a place can't be given
 * twice, and a case's row is unique, so none stays behind when the case takes another.
 */
import type { PoolClient } from 'pg';
import type { CaseEvent } from '../../domain/model/events';
import type { CaseId, SiteId } from '../../domain/model/ids';
import type { MechanismRules, Site } from '../../domain/model/mechanism';
import type { Instant } from '../../domain/calendar/time';
import { query } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';

/** What an event does to the place of its case. */
export type PlaceMove =
  /** Needs a free place. */
  | { readonly move: 'hold'; readonly site: SiteId }
  /** The child is there: keeps its place, or takes one, even beyond the site's capacity. */
  | { readonly move: 'occupy'; readonly site: SiteId }
  | { readonly move: 'leave' };

export function findPlaceMoveOf(event: CaseEvent): PlaceMove | undefined {
  switch (event.type) {
    case 'PlaceHeld':
      return { move: 'hold', site: event.site };
    case 'ArrivedAtSite':
      return { move: 'occupy', site: event.site };
    case 'PlaceReleased':
    case 'Departed':
    case 'CaseClosed':
      return { move: 'leave' };
    default:
      return undefined;
  }
}

/** Rows for every place of a site up to its capacity; those that are there stay as they are. */
export const addPlaces = (mechanism: string, { id, capacity }: Site): Statement => ({
  name: 'add-places',
  text: `insert into places (mechanism_id, site, number)
         select $1, $2, number from generate_series(1, $3::integer) as number on conflict do nothing`,
  values: [mechanism, id, capacity],
});

export interface Claim {
  readonly case: CaseId;
  readonly at: Instant;
  readonly rules: MechanismRules;
}

/** Makes the move; gives the place's number when one was newly taken, `none-free` when it was to be and could not. */
export async function movePlace(
  client: PoolClient,
  { case: caseId, at, rules }: Claim,
  move: PlaceMove,
): Promise<number | 'none-free' | undefined> {
  if (move.move === 'leave') {
    await query(client, leave(caseId));
    return undefined;
  }
  const capacity = rules.sites.find(({ id }) => id === move.site)?.capacity ?? 0;
  if (move.move === 'occupy') {
    const kept = await query<{ site: SiteId }>(client, {
      name: 'find-place',
      text: 'select site from places where case_id = $1 and mechanism_id = $2',
      values: [caseId, rules.id],
    });
    if (kept.rows[0]?.site === move.site) return undefined;
  }
  await query(client, leave(caseId));
  const values = [rules.id, move.site, caseId, at, capacity];
  const taken = (await take(client, takeUncontended, values)) ?? (await takeInTurn(client, values));
  if (taken !== undefined) return taken;
  return move.move === 'hold' ? 'none-free' : take(client, takeBeyondCapacity, values);
}

const leave = (caseId: CaseId): Statement => ({
  name: 'leave-place',
  text: 'update places set case_id = null, since = null where case_id = $1',
  values: [caseId],
});

const takeFree = (locking: string): string => `
  update places set case_id = $3, since = $4
   where (mechanism_id, site, number) = (
     select mechanism_id, site, number from places
      where mechanism_id = $1 and site = $2 and number <= $5 and case_id is null
      order by number limit 1 for update ${locking})
  returning number`;
/** Passes over places that others are just taking, so that confirmations for one site do not queue. */
const takeUncontended: Statement = { name: 'take-place', text: takeFree('skip locked') };
const takeWaiting: Statement = { name: 'take-place-waiting', text: takeFree('') };
const takeBeyondCapacity: Statement = {
  name: 'take-place-beyond',
  text: `insert into places (mechanism_id, site, number, case_id, since)
         select $1, $2, greatest(max(number), $5::integer) + 1, $3, $4 from places
          where mechanism_id = $1 and site = $2
         returning number`,
};

/** Those passed over may yet be given back by a transaction that fails: waits for all, then looks again. */
async function takeInTurn(client: PoolClient, values: readonly unknown[]): Promise<number | undefined> {
  await query(client, {
    name: 'lock-places',
    text: `select number from places where mechanism_id = $1 and site = $2 and number <= $3
            order by number for update`,
    values: [values[0], values[1], values[4]],
  });
  return take(client, takeWaiting, values);
}

async function take(
  client: PoolClient,
  statement: Statement,
  values: readonly unknown[],
): Promise<number | undefined> {
  const { rows } = await query<{ number: number }>(client, { ...statement, values });
  return rows[0]?.number;
}
