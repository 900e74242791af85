/**
 * Beds at hosting sites. Never-rule 5: no two bookings that stand share a bed and a night (an exclusion constraint), and a
 * case has one that stands for its child and one for its carer. Who takes a bed or gives it back locks its row of `places` first; so whoever waits for the lock
 * sees what became of the bed, and is refused only when none is free.
 */
import type { PoolClient } from 'pg';
import { bedOf, bedsFor, roomFor, siteDayOf } from '../../domain/facts/beds';
import type { Nights, Sleeper } from '../../domain/model/beds';
import type { Instant } from '../../domain/calendar/time';
import type { CaseId } from '../../domain/model/ids';
import type { Site } from '../../domain/model/mechanism';
import { query } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';
import { afterChange, freedBy, placeChangeOf } from './bookings';
import type { Booking, Moving, PlaceChange, PlaceMove } from './bookings';

/** Rows for every bed of a site up to its capacity; those that are there stay as they are. */
export const addPlaces = (mechanism: string, { id, capacity }: Site): Statement => ({
  name: 'add-places',
  text: `insert into places (mechanism_id, site, number)
         select $1, $2, number from generate_series(1, $3::integer) as number on conflict do nothing`,
  values: [mechanism, id, capacity],
});

export interface Claim extends Moving {
  readonly case: CaseId;
  readonly sleeper: Sleeper;
  /** So many children of a family are to get beds, this one the first. */
  readonly family?: number;
  /** The child beside whom this one is to lie. */
  readonly beside?: CaseId;
}

/** Makes the move; gives the bed's number when one was newly taken, `none-free` when it was to be and could not. */
export async function movePlace(
  client: PoolClient,
  claim: Claim,
  move: PlaceMove,
): Promise<number | 'none-free' | undefined> {
  const { case: caseId, sleeper, at, rules } = claim;
  const current = await findBooking(client, caseId, sleeper);
  const change = placeChangeOf(current, move, claim);
  if (!change) return undefined;
  const keeps = current && change.next?.keeps !== undefined && (await keep(client, claim, change));
  const number = change.next && !keeps ? await take(client, claim, change.next) : null;
  if (number === 'none-free') return number;
  const parts = { case: caseId, mechanism: rules.id, sleeper, at, number };
  const after = afterChange({ ...(current && { current }), past: [] }, change, parts);
  if (current) await query(client, { name: 'drop-booking', text: dropStanding, values: [caseId, sleeper] });
  const freed = freedBy(current, change, number);
  if (freed) await query(client, noteFreed(freed, at));
  await query(client, writeBookings([...after.past, ...(after.current ? [after.current] : [])]));
  return number ?? undefined;
}

/** Locks its bed: whoever looks for one waits until it is known whether this one is given back. */
async function findBooking(
  client: PoolClient,
  caseId: CaseId,
  sleeper: Sleeper,
): Promise<Booking | undefined> {
  const { rows } = await query<Omit<Booking, 'nights' | 'leftAt'> & { from: string; to: string | null }>(
    client,
    {
      name: 'find-booking',
      text: `select b.case_id as "case", b.mechanism_id as mechanism, b.site, b.number, b.sleeper, b.occupied, b.since,
                  lower(b.nights)::text as "from", upper(b.nights)::text as "to"
             from bookings b join places p
               on (p.mechanism_id, p.site, p.number) = (b.mechanism_id, b.site, b.number)
            where b.case_id = $1 and b.sleeper = $2 and b.left_at is null for update of p`,
      values: [caseId, sleeper],
    },
  );
  const [row] = rows;
  if (!row) return undefined;
  const { from, to, ...booking } = row;
  return { ...booking, nights: { from, ...(to !== null && { to }) } };
}

/** A bed in which nobody else lies or is to lie on these nights; who should have left and is still there lies there tonight. */
const isFree = `not exists (
  select from bookings b
   where (b.mechanism_id, b.site, b.number) = (p.mechanism_id, p.site, p.number)
     and b.left_at is null and (b.case_id, b.sleeper) <> ($3, $7)
     and (b.nights && daterange($4::date, $5::date)
          or (b.occupied and upper(b.nights) <= $6::date and $4::date <= $6::date)))`;
const valuesOf = (
  { case: caseId, sleeper, at, rules }: Claim,
  site: Site,
  { from, to }: Nights,
): unknown[] => [...[rules.id, site.id, caseId, from, to ?? null], siteDayOf(site, at, rules), sleeper];
const siteOf = ({ rules }: Claim, id: string): Site =>
  rules.sites.find((site) => site.id === id) ?? { id, party: '', capacity: 0 };

/** Whether the case can have its own bed for the nights it now wants. Its row is locked by `findBooking`. */
async function keep(client: PoolClient, claim: Claim, { next }: PlaceChange): Promise<boolean> {
  if (!next?.keeps) return false;
  const { number, nights } = next.keeps;
  const { rowCount } = await query(client, {
    name: 'keep-bed',
    text: `select from places p where mechanism_id = $1 and site = $2 and number = $8 and ${isFree}`,
    values: [...valuesOf(claim, siteOf(claim, next.site), nights), number],
  });
  return rowCount === 1;
}

async function take(
  client: PoolClient,
  claim: Claim,
  next: NonNullable<PlaceChange['next']>,
): Promise<number | 'none-free'> {
  const site = siteOf(claim, next.site);
  const { nights, letsIn, keeps } = next;
  // Moved to another bed, it needs one like its own.
  const bed = next.bed ?? (keeps ? bedOf(site, keeps.number).kind : 'usual');
  const values = valuesOf(claim, site, nights);
  const room = await roomOf(client, claim, site, nights, values);
  const beds = bedsFor(site, { nights, ...(!letsIn && { kind: bed }), ...(room !== undefined && { room }) });
  const among = [...values, beds];
  const found =
    (await findFree(client, 'take-bed', 'skip locked', among)) ?? (await findInTurn(client, among));
  if (found !== undefined) return found;
  if (!letsIn) return 'none-free';
  const { rows } = await query<{ number: number }>(client, {
    name: 'take-bed-beyond',
    text: `insert into places (mechanism_id, site, number)
           select $1, $2, greatest(max(number), $3::integer) + 1 from places where mechanism_id = $1 and site = $2
           returning number`,
    values: [values[0], values[1], site.capacity],
  });
  return rows[0]?.number ?? 'none-free';
}

/** The room for a family: that in which all of it has room, or that of the sibling who has a bed. */
async function roomOf(
  client: PoolClient,
  { family = 1, beside }: Claim,
  site: Site,
  nights: Nights,
  values: readonly unknown[],
): Promise<string | undefined> {
  if (beside !== undefined) {
    const sibling = await findBooking(client, beside, 'child');
    return sibling?.site === site.id ? bedOf(site, sibling.number).room : undefined;
  }
  if (family < 2) return undefined;
  await lockAll(client, values);
  const { rows } = await query<{ number: number }>(client, {
    name: 'free-beds',
    text: `select number from places p where mechanism_id = $1 and site = $2 and number = any ($8::integer[]) and ${isFree}`,
    values: [...values, bedsFor(site, { nights, kind: 'usual' })],
  });
  return roomFor(
    site,
    rows.map(({ number }) => number),
    family,
  );
}

/** Passes over beds that others are just taking, so that confirmations for one site do not queue. */
async function findFree(
  client: PoolClient,
  name: string,
  locking: string,
  values: readonly unknown[],
): Promise<number | undefined> {
  const { rows } = await query<{ number: number }>(client, {
    name,
    text: `select number from places p
            where mechanism_id = $1 and site = $2 and number = any ($8::integer[]) and ${isFree}
            order by array_position($8::integer[], number) limit 1 for update ${locking}`,
    values,
  });
  const number = rows[0]?.number;
  if (number === undefined) return undefined;
  // What was committed between the look and the lock is only seen by a look after the lock.
  const { rowCount } = await query(client, {
    name: 'look-again',
    text: `select from places p where mechanism_id = $1 and site = $2 and number = any ($8::integer[]) and ${isFree}`,
    values: [...values.slice(0, 7), [number]],
  });
  return rowCount === 1 ? number : undefined;
}

/** Those passed over may yet be given back by a transaction that fails: waits for all, then looks again. */
async function findInTurn(client: PoolClient, values: readonly unknown[]): Promise<number | undefined> {
  await lockAll(client, values);
  return findFree(client, 'take-bed-waiting', '', values);
}

async function lockAll(client: PoolClient, [mechanism, site]: readonly unknown[]): Promise<void> {
  await query(client, {
    name: 'lock-places',
    text: 'select number from places where mechanism_id = $1 and site = $2 order by number for update',
    values: [mechanism, site],
  });
}

export const noteFreed = ({ mechanism, site, number }: Booking, at: Instant): Statement => ({
  name: 'note-freed',
  text: `update places set freed_at = greatest(freed_at, $4::timestamptz)
          where mechanism_id = $1 and site = $2 and number = $3`,
  values: [mechanism, site, number, at],
});
const dropStanding = 'delete from bookings where case_id = $1 and sleeper = $2 and left_at is null';
export const writeBookings = (bookings: readonly Booking[]): Statement => ({
  name: 'write-bookings',
  text: `insert into bookings (mechanism_id, site, number, case_id, sleeper, nights, occupied, since, left_at)
         select mechanism, site, number, "case", sleeper, daterange((nights ->> 'from')::date, (nights ->> 'to')::date),
                occupied, since, "leftAt"
           from jsonb_to_recordset($1::jsonb) as row("case" text, mechanism text, site text, number integer,
             sleeper text, nights jsonb, occupied boolean, since timestamptz, "leftAt" timestamptz)`,
  values: [JSON.stringify(bookings)],
});
