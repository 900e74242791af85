/** Mechanisms by version: written once, kept in memory once read, as they never change. */
import { isDeepStrictEqual } from 'node:util';
import type { Pool, PoolClient } from 'pg';
import { mechanismShape, rulesOf } from '../../contracts/mechanism/mechanism';
import type { Mechanism } from '../../contracts/mechanism/mechanism';
import { faultsAfter } from '../../contracts/mechanism/after';
import type { FoundAfter } from '../../contracts/mechanism/after';
import { isSameMechanism } from '../../contracts/mechanism/same-mechanism';
import { canonicalHash } from '../../contracts/seal';
import type { SealKeys } from '../../contracts/seal';
import { isVouched } from '../../contracts/voucher';
import type { Voucher } from '../../contracts/voucher';
import { withClosingsOf } from '../../domain/facts/closed';
import type { MechanismRef, MechanismRules } from '../../domain/model/mechanism';
import { addPlaces } from './places';
import { RecordError } from '../postgres/record-error';
import { begin, commit, query, retrying, pipeline } from '../postgres/transaction';
import { voucherRow, vouchersOf, writeVouchers } from './vouchers';

/**
 * What cases and officials did names parties, sites, places and officials: a version that loses one is not kept. An official
 * may be missing from none of the versions before, nor from one that is kept already; all else is compared with the version
 * right before it, and only once, as cases run under what an earlier release has kept.
 */
async function assertFollows(client: PoolClient, mechanism: Mechanism, isKept: boolean): Promise<void> {
  const { id, version } = mechanism;
  const { rows } = await query<{ content: unknown }>(client, {
    text: 'select content from mechanisms where id = $1 and version < $2 order by version desc',
    values: [id, version],
  });
  for (const [at, { content }] of rows.entries()) {
    const older = mechanismShape.parse(content);
    const faults = faultsAfter(older, mechanism).filter(
      ({ code }) => code === 'official-removed' || (at === 0 && !isKept),
    );
    if (faults.length > 0) throw breaksEarlier(older, mechanism, faults);
  }
}

const breaksEarlier = (older: Mechanism, { id, version }: Mechanism, faults: readonly FoundAfter[]) =>
  new RecordError(
    faults.some(({ code }) => code === 'official-removed') ? 'official-removed' : 'mechanism-breaks-earlier',
    [
      `mechanism ${id} version ${version} does not follow version ${older.version}:`,
      ...faults.map(({ path, message }) => `${path.join('.')}: ${message}`),
    ].join('\n  '),
    false,
  );

export interface KeptMechanism {
  readonly mechanism: Mechanism;
  readonly rules: MechanismRules;
  /** Kept by one who has the record's key. By another nobody is in office; a case under it does not pass the gate. */
  readonly isVouched: boolean;
}
/** What every stream says of the rules under which it is. */
export interface Ruled {
  readonly mechanism: MechanismRef;
  readonly closings?: { readonly version: number };
}
/** Events after which a case is judged by other rules. */
const rulesChange: readonly string[] = ['CaseOpened', 'MechanismMoved', 'ClosingsNoted'];
export const changesRules = ({ type }: { readonly type: string }): boolean => rulesChange.includes(type);

export type Mechanisms = ReturnType<typeof createMechanisms>;

interface StoredMechanism {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly version: number;
  readonly content: unknown;
  readonly vouchers: readonly Voucher[];
}
const stored = /* sql */ `
  select id, version, content, ${vouchersOf('mechanism', 'mechanisms.id', 'mechanisms.version')} as vouchers
    from mechanisms`;
/** Postgres's largest integer. */
const maxVersion = 2_147_483_647;

/** Without keys, as for operators, every version counts as vouched for. */
export function createMechanisms(pool: Pool, keys?: SealKeys) {
  const known = new Map<string, KeptMechanism>();
  const overlaid = new Map<string, MechanismRules>();

  async function findOn(
    client: PoolClient,
    { id, version }: MechanismRef,
  ): Promise<KeptMechanism | undefined> {
    const key = `${id} ${version}`;
    const found = known.get(key);
    if (found) return found;
    const { rows } = await query<StoredMechanism>(client, {
      name: 'find-mechanism',
      text: `${stored} where id = $1 and version = $2`,
      values: [id, version],
    });
    if (!rows[0]) return undefined;
    const isVouched = isVouchedFor(rows[0]);
    // Parsed anew, so that what was added to the shape since it was saved has its default.
    const mechanism = mechanismShape.parse(rows[0].content);
    const kept = { mechanism, rules: rulesOf(mechanism), isVouched };
    // One that is not may be, a moment later.
    if (isVouched) known.set(key, kept);
    return kept;
  }

  const isVouchedFor = ({ id, version, content, vouchers }: StoredMechanism): boolean =>
    keys === undefined || isVouched({ kind: 'mechanism', id, version, content }, vouchers, keys);

  /** Throws `unknown-mechanism`. */
  async function rulesOn(client: PoolClient, ref: MechanismRef): Promise<MechanismRules> {
    const kept = await findOn(client, ref);
    if (kept) return kept.rules;
    throw new RecordError('unknown-mechanism', `no mechanism ${ref.id} version ${ref.version}`, false);
  }

  /**
   * The rules by which a case or a group is judged: of its own version, with what a later one has closed or opened, once that
   * is noted in it. Throws `unknown-mechanism`.
   */
  async function rulesOfStream(client: PoolClient, { mechanism, closings }: Ruled): Promise<MechanismRules> {
    const own = await rulesOn(client, mechanism);
    if (!closings) return own;
    const later = await rulesOn(client, { id: mechanism.id, version: closings.version });
    return withClosings(later, own);
  }

  /** Whether somebody who has the record's key kept every version by which it is judged. */
  async function areVouchedFor(client: PoolClient, { mechanism, closings }: Ruled): Promise<boolean> {
    const own = await findOn(client, mechanism);
    const later = closings && (await findOn(client, { id: mechanism.id, version: closings.version }));
    return own?.isVouched === true && (!closings || later?.isVouched === true);
  }

  /** A group has no closings noted: it is read anew whenever it is asked about, and what hinders it is noted then. */
  async function rulesOfGroup(client: PoolClient, { mechanism }: Ruled): Promise<MechanismRules> {
    const own = await rulesOn(client, mechanism);
    const latest = (await latestOn(client, mechanism.id))?.rules ?? own;
    return latest.version > own.version ? withClosings(latest, own) : own;
  }

  /** One for all that are judged alike. */
  function withClosings(later: MechanismRules, own: MechanismRules): MechanismRules {
    const key = `${own.id} ${own.version} ${later.version}`;
    const rules = overlaid.get(key) ?? withClosingsOf(later, own);
    overlaid.set(key, rules);
    return rules;
  }

  async function latestOn(client: PoolClient, id: string): Promise<KeptMechanism | undefined> {
    for (let below = maxVersion; ;) {
      const { rows } = await query<{ version: number }>(client, {
        name: 'latest-mechanism',
        text: 'select version from mechanisms where id = $1 and version < $2 order by version desc limit 1',
        values: [id, below],
      });
      if (!rows[0]) return undefined;
      const found = await findOn(client, { id, version: rows[0].version });
      if (found?.isVouched) return found;
      below = rows[0].version;
    }
  }

  async function outdatedOn(
    client: PoolClient,
    id: string,
  ): Promise<{ readonly latest: number; readonly outdated: readonly number[] } | undefined> {
    const latest = await latestOn(client, id);
    if (!latest) return undefined;
    const { rows } = await query<{ version: number }>(client, {
      name: 'earlier-mechanisms',
      text: 'select version from mechanisms where id = $1 and version < $2 order by version',
      values: [id, latest.rules.version],
    });
    const outdated: number[] = [];
    for (const { version } of rows) {
      const own = await rulesOn(client, { id, version });
      if (!isDeepStrictEqual(withClosings(latest.rules, own), own)) outdated.push(version);
    }
    return { latest: latest.rules.version, outdated };
  }

  async function listUnvouched(client: PoolClient): Promise<StoredMechanism[]> {
    const { rows } = await query<StoredMechanism>(client, { name: 'all-mechanisms', text: stored });
    return rows.filter((row) => !isVouchedFor(row));
  }

  return {
    findOn,
    rulesOn,
    rulesOfStream,
    rulesOfGroup,
    areVouchedFor,
    /** Versions of a mechanism whose cases would be judged otherwise by what the latest says is open, and that latest. */
    outdatedOn,
    latestOn,
    listUnvouched,

    /** Vouches for the versions that were kept before anything was vouched for, and again for those of an earlier key. */
    adopt: (): Promise<void> =>
      retrying(pool, async (client) => {
        const key = keys?.[0];
        if (key === undefined) return;
        const { rows } = await query<StoredMechanism & { old: boolean }>(client, {
          text: stored.replace(
            'select',
            `select (id, version) in (select id, upto from unvouched where kind = 'mechanism') as old,`,
          ),
        });
        const vouchers = rows
          .filter((row) => row.old || isVouchedFor(row))
          .map(({ id, version, content }) =>
            voucherRow({ kind: 'mechanism', id, version, content }, key, 'adopted'),
          );
        if (vouchers.length > 0) await query(client, writeVouchers(vouchers));
      }),

    find: (ref: MechanismRef) => retrying(pool, (client) => findOn(client, ref)),

    /** The newest version, or undefined while none is saved. */
    latest: (id: string) => retrying(pool, (client) => latestOn(client, id)),

    /**
     * Keeps a mechanism and gives its sites their places; again and again is the same as once. A version that
     * is there already with another content is refused (`mechanism-differs`): cases run under it. One that an
     * earlier release kept stays as it is, with the defaults of its day. Refused is also a version that breaks with those
     * before it (`official-removed`, `mechanism-breaks-earlier`).
     */
    save: (mechanism: Mechanism) =>
      retrying(pool, async (client) => {
        const { id, version } = mechanism;
        const hash = canonicalHash(mechanism);
        const results = await pipeline<{ hash: string; content: unknown }>(client, [
          begin,
          {
            text: `insert into mechanisms (id, version, content, hash, saved_at) values ($1, $2, $3, $4, clock_timestamp())
                   on conflict do nothing`,
            values: [id, version, JSON.stringify(mechanism), hash],
          },
          {
            text: 'select hash, content from mechanisms where id = $1 and version = $2',
            values: [id, version],
          },
        ]);
        const kept = results[2]?.rows[0];
        await assertFollows(client, mechanism, results[1]?.rowCount === 0);
        if (!kept || (kept.hash !== hash && !isSameMechanism(kept.content, mechanism))) {
          throw new RecordError(
            'mechanism-differs',
            `mechanism ${id} version ${version} is already kept with another content; give the change a new version`,
            false,
          );
        }
        // Whoever starts Homeward with this file keeps it, whoever wrote the same row before.
        const content = kept.content;
        const vouchers = keys ? [voucherRow({ kind: 'mechanism', id, version, content }, keys[0])] : [];
        await pipeline(client, [
          ...(vouchers.length > 0 ? [writeVouchers(vouchers)] : []),
          ...rulesOf(mechanism).sites.map((site) => addPlaces(id, site)),
          commit,
        ]);
      }),
  };
}
