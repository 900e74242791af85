/**
 * The record looks at itself: at the gate at one case, and over a day at all of them. What it finds is kept for the
 * operators and keeps the gate shut; nothing here changes what is recorded.
 */
import type { Pool, PoolClient } from 'pg';
import { dossierHashOf } from '../../contracts/seal';
import type { SealKeys } from '../../contracts/seal';
import { keyIdOf } from '../../contracts/voucher';
import type { StreamKindName } from '../../contracts/voucher';
import type { CaseId } from '../../domain/model/ids';
import type { Absences } from '../people/absences';
import type { EventRow } from '../store/case-reader';
import { commandsBehind, doubtsOf, doubtsOfOld, eventsIn, vouchedVersions } from './doubts';
import type { Doubt, StoredStream, StoredCommand, StoredRange } from './doubts';
import type { Mechanisms } from '../store/mechanisms';
import { begin, commit, query, retrying, pipeline } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';
import { streamVoucherRow, vouchedEventOf, writeVouchers } from '../store/vouchers';

/** Every case at least so often. */
const checkEveryHours = 20;

export interface FoundDoubt extends Doubt {
  readonly kind: StreamKindName | 'mechanism' | 'absence';
  readonly id: string;
}

interface OfStream {
  readonly kind: StreamKindName;
  readonly id: string;
}

async function readStored(client: PoolClient, { kind, id }: OfStream): Promise<StoredStream> {
  const [events, commands, ranges] = await pipeline(client, [
    {
      name: 'stored-events',
      text: `select case_id, version, at, event, actor, command_id, place from events
              where case_id = $1 order by version`,
      values: [id],
    },
    {
      name: 'stored-commands',
      text: `select id, case_id as "case", envelope, answer -> 'receipt' as receipt from commands
              where status = 'recorded' and id in (select command_id from events where case_id = $1)`,
      values: [id],
    },
    {
      name: 'stored-vouchers',
      text: `select after, upto, how, key_id as "keyId", seal from vouchers
              where kind = $2 and id = $1 order by upto`,
      values: [id, kind],
    },
  ]);
  return {
    kind,
    id,
    events: (events?.rows as unknown as EventRow[]).map(vouchedEventOf),
    commands: new Map((commands?.rows as unknown as StoredCommand[]).map((row) => [row.id, row])),
    ranges: ranges?.rows as unknown as StoredRange[],
  };
}

/** What is wrong with a case or a group as it is stored now; on the connection of the transaction that rests on it. */
export const doubtsAbout = async (client: PoolClient, stream: OfStream, keys: SealKeys): Promise<Doubt[]> =>
  doubtsIn(client, await readStored(client, stream), keys);

const doubtsIn = async (client: PoolClient, stored: StoredStream, keys: SealKeys): Promise<Doubt[]> => [
  ...doubtsOf(stored, keys),
  ...(stored.kind === 'case' ? await dossierDoubts(client, stored) : []),
];

/** The newest dossier must be the one that the events name: whoever reads the case reads that. */
async function dossierDoubts(client: PoolClient, { id, events }: StoredStream): Promise<Doubt[]> {
  const named = events
    .flatMap(({ event }) => ('dossier' in event ? [event.dossier as { version: number; hash: string }] : []))
    .at(-1);
  const { rows } = await query<{ version: number; hash: string; content: unknown; salt: string | null }>(
    client,
    {
      name: 'newest-dossier',
      text: 'select version, hash, content, salt from dossiers where case_id = $1 order by version desc limit 1',
      values: [id],
    },
  );
  const newest = rows[0];
  // One that was erased is not there, and that is no doubt.
  if (!newest) return [];
  const isNamed =
    newest.version === named?.version &&
    newest.hash === named.hash &&
    dossierHashOf(newest.content, newest.salt) === named.hash;
  return isNamed ? [] : [{ version: events.at(-1)?.version ?? 0, code: 'dossier-differs' }];
}

/** Replaces what was known about one case, group, mechanism or absence; gives what is new. Within a transaction. */
export async function noteDoubts(
  client: PoolClient,
  { kind, id }: Pick<FoundDoubt, 'kind' | 'id'>,
  doubts: readonly Doubt[],
): Promise<FoundDoubt[]> {
  const found = JSON.stringify(doubts);
  const rows = `jsonb_to_recordset($3::jsonb) as given(version integer, code text)`;
  const [, added] = await pipeline<FoundDoubt>(client, [
    {
      name: 'drop-doubts',
      text: `delete from doubts where kind = $1 and id = $2
                and not exists (select from ${rows} where given.version = doubts.version and given.code = doubts.code)`,
      values: [kind, id, found],
    },
    {
      name: 'note-doubts',
      text: `insert into doubts (kind, id, version, code, found_at)
             select distinct $1, $2, version, code, clock_timestamp() from ${rows}
             on conflict do nothing returning kind, id, version, code`,
      values: [kind, id, found],
    },
  ]);
  return added?.rows ?? [];
}

const noteCheck = (id: string, keyId: string): Statement => ({
  name: 'note-check',
  text: `insert into record_checks (case_id, checked_at, key_id) values ($1, clock_timestamp(), $2)
         on conflict (case_id) do update set checked_at = excluded.checked_at, key_id = excluded.key_id`,
  values: [id, keyId],
});

export function createSelfCheck(pool: Pool, mechanisms: Mechanisms, absences: Absences, keys: SealKeys) {
  const [key] = keys;

  /** Looks at one case or group, and vouches with the present key for what an earlier one vouched for. */
  const check = (stream: OfStream): Promise<FoundDoubt[]> =>
    retrying(pool, async (client) => {
      await query(client, begin);
      const stored = await readStored(client, stream);
      const doubts = await doubtsIn(client, stored, keys);
      const found = await noteDoubts(client, stream, doubts);
      await pipeline(client, [
        ...(doubts.length === 0 ? renewed(stored) : []),
        noteCheck(stream.id, keyIdOf(key)),
        commit,
      ]);
      return found;
    });

  function renewed(stored: StoredStream): Statement[] {
    if (keys.length === 1) return [];
    const have = vouchedVersions(stored, [key]);
    const rows = stored.ranges
      .filter(({ upto, keyId }) => keyId !== keyIdOf(key) && !have.has(upto))
      .map(({ after, upto, how }) => vouchedRange(stored, after, upto, how));
    return rows.length > 0 ? [writeVouchers(rows)] : [];
  }

  function vouchedRange(stored: StoredStream, after: number, upto: number, how: StoredRange['how']) {
    const events = eventsIn(stored, after, upto);
    const commands = commandsBehind(events, stored.commands);
    return streamVoucherRow({ kind: stored.kind, id: stored.id, after, upto, how, commands, events }, key);
  }

  const adoptCase = (id: CaseId, upto: number): Promise<FoundDoubt[]> =>
    retrying(pool, async (client) => {
      await query(client, begin);
      const stored = await readStored(client, { kind: 'case', id });
      const doubts = doubtsOfOld(stored, upto, keys);
      const found = await noteDoubts(client, { kind: 'case', id }, doubts);
      const adopted = doubts.length === 0 ? [writeVouchers([vouchedRange(stored, 0, upto, 'adopted')])] : [];
      await pipeline(client, [...adopted, commit]);
      return found;
    });

  async function checkOthers(): Promise<FoundDoubt[]> {
    return retrying(pool, async (client) => {
      const versions = (await mechanisms.listUnvouched(client)).map(({ id, version }) => ({
        ...({ kind: 'mechanism', id, version, code: 'mechanism-unvouched' } as const),
      }));
      const declared = (await absences.listUnvouched(client)).map((id) => ({
        ...({ kind: 'absence', id, version: 1, code: 'absence-unvouched' } as const),
      }));
      const found: FoundDoubt[] = [];
      await pipeline(client, [begin, { text: `delete from doubts where kind in ('mechanism', 'absence')` }]);
      for (const doubt of [...versions, ...declared])
        found.push(...(await noteDoubts(client, doubt, [doubt])));
      await query(client, commit);
      return found;
    });
  }

  const checkCase = (id: CaseId): Promise<FoundDoubt[]> => check({ kind: 'case', id });

  return {
    checkCase,

    /**
     * Vouches for what was there before this release, as far as the seals of its commands bear it out. What has been
     * added since by somebody else is never among it. Safe to repeat; a few milliseconds once it is done.
     */
    async adopt(): Promise<{ adopted: number; doubts: readonly FoundDoubt[] }> {
      await mechanisms.adopt();
      await absences.adopt();
      const doubts: FoundDoubt[] = [];
      let adopted = 0;
      for (let after = ''; ;) {
        const batch = await retrying(pool, async (client) => {
          const text = `select id, upto from unvouched as u
                         where kind = 'case' and id > $1 and not exists (
                               select from vouchers as v where v.kind = 'case' and v.id = u.id and v.upto = u.upto)
                         order by id limit 200`;
          return (await query<{ id: CaseId; upto: number }>(client, { text, values: [after] })).rows;
        });
        for (const { id, upto } of batch) doubts.push(...(await adoptCase(id, upto)));
        adopted += batch.length;
        const last = batch.at(-1);
        if (!last) return { adopted, doubts };
        after = last.id;
      }
    },

    /** Some of the cases and groups whose turn it is, and all mechanisms and absences; gives what it found for the first time. */
    async round(
      limit: number,
      beat: (done: number) => void = () => undefined,
    ): Promise<{ checked: number; left: number; found: readonly FoundDoubt[] }> {
      const found = await checkOthers();
      const due = await retrying(pool, async (client) => {
        const { rows } = await query<OfStream & { left: number }>(client, {
          name: 'checks-due',
          text: `select stream.kind, stream.id, (count(*) over ())::integer as left
                   from (select 'case' as kind, id from cases union all select 'group', id from groups) as stream
                   left join record_checks as done on done.case_id = stream.id
                  where done.checked_at is null or done.key_id <> $2
                     or done.checked_at < clock_timestamp() - $3 * interval '1 hour'
                  order by done.checked_at nulls first, stream.id limit $1`,
          values: [limit, keyIdOf(key), checkEveryHours],
        });
        return rows;
      });
      for (const [index, { kind, id }] of due.entries()) {
        found.push(...(await check({ kind, id })));
        beat(index);
      }
      return { checked: due.length, left: (due[0]?.left ?? 0) - due.length, found };
    },

    /**
     * An operator takes what is stored of a case as true: for a record whose keys were lost. An event without a command,
     * or whose command was sealed by nobody although the key is there, stays in doubt.
     */
    vouchByHand: (id: CaseId): Promise<readonly Doubt[]> =>
      retrying(pool, async (client) => {
        await query(client, begin);
        const stored = await readStored(client, { kind: 'case', id });
        const last = stored.events.at(-1);
        const rows = last ? [vouchedRange(stored, 0, last.version, 'by-hand')] : [];
        await pipeline(client, [...(rows.length > 0 ? [writeVouchers(rows)] : []), commit]);
        await checkCase(id);
        return doubtsAbout(client, { kind: 'case', id }, keys);
      }),

    listDoubts: (limit = 1_000): Promise<FoundDoubt[]> =>
      retrying(pool, async (client) => {
        const text =
          'select kind, id, version, code from doubts order by found_at, kind, id, version limit $1';
        const { rows } = await query<FoundDoubt & Record<string, unknown>>(client, {
          name: 'list-doubts',
          text,
          values: [limit],
        });
        return rows;
      }),
  };
}
