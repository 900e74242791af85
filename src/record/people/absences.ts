/**
 * Absences: append-only acts, declared and ended. Declared one after the other within a party, so that no two that
 * are asked for at once can make a chain or a cycle.
 */
import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { findAbsenceFault, maySpeakFor } from '../../contracts/absence';
import type { Absence, AbsenceFault } from '../../contracts/absence';
import { findOfficial } from '../../contracts/mechanism/mechanism';
import { canonicalHash } from '../../contracts/seal';
import type { SealKeys } from '../../contracts/seal';
import { isVouched } from '../../contracts/voucher';
import type { Voucher } from '../../contracts/voucher';
import type { CaseId, OfficialId, PartyId } from '../../domain/model/ids';
import type { Instant } from '../../domain/calendar/time';
import type { Mechanisms } from '../store/mechanisms';
import { RecordError } from '../postgres/record-error';
import { begin, commit, query, retrying, pipeline } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';
import { voucherRow, vouchersOf, writeVouchers } from '../store/vouchers';

export interface DeclareAbsence {
  readonly mechanism: string;
  /** Who asks: an official who is still in office. */
  readonly by: OfficialId;
  /** Who asks and under which key; a repeat gets the first answer. */
  readonly request: string;
  readonly official: OfficialId;
  readonly deputy: OfficialId;
  /** From now on unless given. */
  readonly from?: Instant;
  readonly until: Instant;
}
export interface EndAbsence {
  readonly mechanism: string;
  readonly by: OfficialId;
  readonly request: string;
  readonly id: string;
}
export type AbsenceResult =
  | { readonly outcome: 'recorded' | 'repeated'; readonly absence: Absence }
  | { readonly fault: AbsenceFault | { readonly code: 'command-id-reused' | 'not-found' | 'absence-over' } };

/** A case in whose timeline an absence is to be noted. */
export interface AbsenceToNote {
  readonly case: CaseId;
  readonly absence: string;
  readonly official: OfficialId;
  readonly party: PartyId;
  readonly deputy: OfficialId;
  readonly until: Instant;
}

interface AbsenceRow extends Omit<Absence, 'endedAt' | 'endedBy'> {
  readonly [column: string]: unknown;
  readonly mechanism: string;
  readonly endedAt: Instant | null;
  readonly endedBy: OfficialId | null;
  readonly endRequest: string | null;
  readonly request: string;
  readonly requestHash: string;
  readonly vouchers: readonly Voucher[];
}
const select = /* sql */ `
  select a.id, a.mechanism_id as mechanism, a.party, a.official, a.deputy, a.starts_at as "from", a.until,
         a.declared_by as "declaredBy", a.declared_at as "declaredAt", e.ended_by as "endedBy",
         e.ended_at as "endedAt", e.request as "endRequest", a.request, a.request_hash as "requestHash",
         ${vouchersOf('absence', 'a.id', '1')} as vouchers
    from absences a left join absence_ends e on e.absence_id = a.id`;

const absenceOf = ({ endedAt, endedBy, ...row }: AbsenceRow): Absence => ({
  id: row.id,
  party: row.party,
  official: row.official,
  deputy: row.deputy,
  from: row.from,
  until: row.until,
  declaredBy: row.declaredBy,
  declaredAt: row.declaredAt,
  ...(endedAt !== null && { endedAt }),
  ...(endedBy !== null && { endedBy }),
});

/** Those that run or are still to come. */
const notOver = (mechanism: string): Statement => ({
  name: 'absences-not-over',
  text: `${select} where a.mechanism_id = $1 and a.until > clock_timestamp() and e.absence_id is null
          order by a.starts_at, a.id`,
  values: [mechanism],
});
/** What a voucher speaks of: everything that lends a role. That it ended only takes. */
const vouchedAbsence = (row: Omit<Absence, 'endedAt' | 'endedBy' | 'declaredAt'> & { mechanism: string }) =>
  ({
    kind: 'absence',
    id: row.id,
    content: {
      ...{ mechanism: row.mechanism, party: row.party, official: row.official, deputy: row.deputy },
      ...{ from: row.from, until: row.until, declaredBy: row.declaredBy },
    },
  }) as const;

/** Those that run or are to come, within a transaction that is under way. One that nobody vouches for lends nothing. */
export const absencesNotOver = async (
  client: PoolClient,
  mechanism: string,
  keys: SealKeys | undefined,
): Promise<Absence[]> =>
  (await query<AbsenceRow>(client, notOver(mechanism))).rows
    .filter((row) => keys === undefined || isVouched(vouchedAbsence(row), row.vouchers, keys))
    .map(absenceOf);

/** Of all that were ever declared; with those of before there were vouchers, when asked. */
async function readUnvouched(client: PoolClient, keys: SealKeys): Promise<(AbsenceRow & { old: boolean })[]> {
  const { rows } = await query<AbsenceRow & { old: boolean }>(client, {
    name: 'all-absences',
    text: `select all_absences.*, exists (select from unvouched where kind = 'absence' and unvouched.id = all_absences.id) as old
             from (${select}) as all_absences`,
  });
  return rows.filter((row) => !isVouched(vouchedAbsence(row), row.vouchers, [keys[0]]));
}

/** Whoever waits here sees what the one before did: each statement after it reads anew. */
const inTurn = (mechanism: string, party: PartyId): Statement => ({
  text: 'select pg_advisory_xact_lock(hashtextextended($1, 0))',
  values: [`absences ${mechanism} ${party}`],
});
const theTime: Statement = { text: 'select clock_timestamp()::timestamptz(3) as now' };

export type Absences = ReturnType<typeof createAbsences>;
export function createAbsences(pool: Pool, mechanisms: Mechanisms, keys?: SealKeys) {
  const newest = async (client: PoolClient, id: string) => {
    const kept = await mechanisms.latestOn(client, id);
    if (!kept) throw new RecordError('unknown-mechanism', `no mechanism ${id}`, false);
    return kept.mechanism;
  };

  async function declare(client: PoolClient, asked: DeclareAbsence): Promise<AbsenceResult> {
    const { by, official, deputy, until, request } = asked;
    const mechanism = await newest(client, asked.mechanism);
    const party = findOfficial(mechanism, by)?.party;
    if (party === undefined) return { fault: { code: 'not-permitted' } };
    const requestHash = canonicalHash({ official, deputy, from: asked.from ?? null, until });
    const [, , earlier, others, clock] = await pipeline<AbsenceRow>(client, [
      begin,
      inTurn(mechanism.id, party),
      { name: 'absence-by-request', text: `${select} where a.request = $1`, values: [request] },
      notOver(mechanism.id),
      theTime,
    ]);
    const first = earlier?.rows[0];
    const refuse = async (fault: Extract<AbsenceResult, { fault: unknown }>['fault']) => {
      await query(client, commit);
      return { fault };
    };
    if (first && first.requestHash !== requestHash) return refuse({ code: 'command-id-reused' });
    if (first) {
      await query(client, commit);
      return { outcome: 'repeated', absence: absenceOf(first) };
    }

    const now = clock?.rows[0]?.now as Instant;
    // Nobody was deputy before it was said.
    const from = asked.from === undefined || asked.from < now ? now : asked.from;
    const planned = { official, deputy, from, until };
    const ofParty = (others?.rows ?? []).map(absenceOf).filter((absence) => absence.party === party);
    const fault = findAbsenceFault(mechanism, by, planned, ofParty, now);
    if (fault) return refuse(fault);
    const absence: Absence = { id: randomUUID(), party, ...planned, declaredBy: by, declaredAt: now };
    await pipeline(client, [
      {
        name: 'declare-absence',
        text: `insert into absences (id, mechanism_id, party, official, deputy, starts_at, until, declared_by,
                                     declared_at, request, request_hash)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        values: [
          ...[absence.id, mechanism.id, party, official, deputy, from, until, by, now],
          ...[request, requestHash],
        ],
      },
      ...(keys
        ? [writeVouchers([voucherRow(vouchedAbsence({ ...absence, mechanism: mechanism.id }), keys[0])])]
        : []),
      commit,
    ]);
    return { outcome: 'recorded', absence };
  }

  async function end(client: PoolClient, asked: EndAbsence): Promise<AbsenceResult> {
    const { by, request, id } = asked;
    const mechanism = await newest(client, asked.mechanism);
    const party = findOfficial(mechanism, by)?.party ?? '';
    const [, , found, clock] = await pipeline<AbsenceRow>(client, [
      begin,
      inTurn(mechanism.id, party),
      {
        name: 'absence-to-end',
        text: `${select} where a.id = $1 or e.request = $2`,
        values: [id, request],
      },
      theTime,
    ]);
    const rows = found?.rows ?? [];
    const row = rows.find((each) => each.id === id);
    const now = clock?.rows[0]?.now as Instant;
    const verdict = verdictOf();
    if (!row || verdict) {
      await query(client, commit);
      return verdict ?? { fault: { code: 'not-found' } };
    }
    await pipeline(client, [
      {
        name: 'end-absence',
        text: 'insert into absence_ends (absence_id, ended_by, ended_at, request) values ($1, $2, $3, $4)',
        values: [id, by, now, request],
      },
      commit,
    ]);
    return { outcome: 'recorded', absence: { ...absenceOf(row), endedAt: now, endedBy: by } };

    function verdictOf(): AbsenceResult | undefined {
      if (rows.some((each) => each.id !== id)) return { fault: { code: 'command-id-reused' } };
      // One of another party is not there for whoever asks.
      if (row?.mechanism !== mechanism.id || row.party !== party) return { fault: { code: 'not-found' } };
      if (row.endRequest === request) return { outcome: 'repeated', absence: absenceOf(row) };
      if (row.endedAt !== null || row.until <= now) return { fault: { code: 'absence-over' } };
      return maySpeakFor(mechanism, by, row) ? undefined : { fault: { code: 'not-permitted' } };
    }
  }

  return {
    declare: (asked: DeclareAbsence): Promise<AbsenceResult> =>
      retrying(pool, (client) => declare(client, asked)),

    /** Before its time: the deputy has nothing of it from then on. */
    end: (asked: EndAbsence): Promise<AbsenceResult> => retrying(pool, (client) => end(client, asked)),

    /** Those of a mechanism that run or are still to come, and were not ended. */
    current: (mechanism: string): Promise<Absence[]> =>
      retrying(pool, (client) => absencesNotOver(client, mechanism, keys)),

    /** Those that nobody with one of the keys has declared. */
    listUnvouched: (client: PoolClient): Promise<string[]> =>
      keys === undefined
        ? Promise.resolve([])
        : readUnvouched(client, keys).then((rows) =>
            rows.filter((row) => !isVouched(vouchedAbsence(row), row.vouchers, keys)).map(({ id }) => id),
          ),

    /** Vouches for those declared before anything was vouched for, and again for those of an earlier key. */
    adopt: (): Promise<void> =>
      retrying(pool, async (client) => {
        if (keys === undefined) return;
        const vouchers = (await readUnvouched(client, keys))
          .filter((row) => row.old || isVouched(vouchedAbsence(row), row.vouchers, keys))
          .map((row) => voucherRow(vouchedAbsence(row), keys[0], 'adopted'));
        if (vouchers.length > 0) await query(client, writeVouchers(vouchers));
      }),

    /** All of one party, the newest first: also those that are over. */
    listFor: (mechanism: string, party: PartyId, limit = 500): Promise<Absence[]> =>
      retrying(pool, async (client) => {
        const { rows } = await query<AbsenceRow>(client, {
          name: 'absences-of-party',
          text: `${select} where a.mechanism_id = $1 and a.party = $2 order by a.starts_at desc, a.id limit $3`,
          values: [mechanism, party, limit],
        });
        return rows.map(absenceOf);
      }),

    /**
     * Open cases in which an absence that runs matters, since an office of the absent official owes something, and
     * whose timeline does not say so yet. One statement when nobody is away.
     */
    listToNote: (limit = 500): Promise<AbsenceToNote[]> =>
      retrying(pool, async (client) => {
        const { rows } = await query<AbsenceRow>(client, {
          name: 'absences-running',
          text: `${select} where a.starts_at <= clock_timestamp() and a.until > clock_timestamp()
                  and e.absence_id is null`,
        });
        const running = [];
        for (const row of rows) {
          const official = findOfficial(await newest(client, row.mechanism), row.official);
          if (official?.active) running.push({ ...row, roles: official.roles });
        }
        if (running.length === 0) return [];
        const found = await query<AbsenceToNote & Record<string, unknown>>(client, {
          name: 'absences-to-note',
          text: toNote,
          values: [JSON.stringify(running), limit],
        });
        return found.rows;
      }),
  };
}

const toNote = /* sql */ `
  with away as (
    select * from jsonb_to_recordset($1::jsonb) as row(
      id text, mechanism text, party text, official text, deputy text, until timestamptz(3), roles text[]))
  select o.case_id as "case", away.id as absence, away.official, away.party, away.deputy, away.until
    from away join obligations o on o.mechanism_id = away.mechanism and o.party = away.party
                                and (o.roles = '{}' or o.roles && away.roles) and o.since <= clock_timestamp()
   where not exists (select from events e where e.type = 'AbsenceNoted' and e.event ->> 'absence' = away.id
                                            and e.case_id = o.case_id)
   group by o.case_id, away.id, away.official, away.party, away.deputy, away.until
   order by o.case_id, away.id limit $2`;
