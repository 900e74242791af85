/** The inbox: what officials with these roles owe now, the dangerous first, then what is due first. */
import { sql } from 'kysely';
import type { CommandType } from '../domain/commands';
import type { CaseId, PartyId } from '../domain/ids';
import type { ObligationKind } from '../domain/obligation-kinds';
import type { Role } from '../domain/parties';
import type { Stage } from '../domain/stages';
import type { Instant } from '../domain/time';
import { clampLimit, decodeCursor, pageOf } from './cursor';
import type { Page, Paged } from './cursor';
import type { Database } from './database';
import type { CaseReader } from './reader';

export interface InboxEntry {
  readonly case: CaseId;
  readonly key: string;
  readonly kind: ObligationKind;
  readonly subject?: string;
  readonly party: PartyId;
  /** Empty: any official of the party. */
  readonly roles: readonly Role[];
  readonly since: Instant;
  readonly due: Instant;
  readonly safety: boolean;
  /** Commands that meet it. */
  readonly commands: readonly CommandType[];
  readonly stage: Stage;
  readonly urgent: boolean;
}

export const createInbox =
  (db: Database) =>
  async (reader: CaseReader, page: Page): Promise<Paged<InboxEntry>> => {
    const limit = clampLimit(page.limit);
    const after = decodeCursor(page.cursor, 4);
    let query = db
      .selectFrom('obligations as o')
      .innerJoin('cases as c', 'c.id', 'o.case_id')
      .select(['o.case_id as case', 'o.key', 'o.kind', 'o.subject', 'o.party', 'o.roles', 'o.since', 'o.due'])
      .select(['o.safety', 'o.commands', 'c.stage', 'c.urgent'])
      .where('o.mechanism_id', '=', reader.mechanism)
      .where('o.party', '=', reader.party)
      .where(sql<boolean>`(o.roles = '{}' or o.roles && ${[...reader.roles]}::text[])`)
      // Rows lie ready for what only time will bring.
      .where(sql<boolean>`o.since <= clock_timestamp()`)
      .orderBy('o.safety', 'desc')
      .orderBy('o.due')
      .orderBy('o.case_id')
      .orderBy('o.key')
      .limit(limit + 1);
    if (after) {
      const [safety, due, id, key] = after;
      query = query.where(
        sql<boolean>`(not o.safety, o.due, o.case_id, o.key)
                   > (not ${safety === 1}::boolean, ${due}::timestamptz, ${id}, ${key})`,
      );
    }
    const { items, ...rest } = pageOf(await query.execute(), limit, (row) => [
      row.safety ? 1 : 0,
      row.due,
      row.case,
      row.key,
    ]);
    return {
      items: items.map(({ subject, ...row }) => ({ ...row, ...(subject ? { subject } : {}) })),
      ...rest,
    };
  };
