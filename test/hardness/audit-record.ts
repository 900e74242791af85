/** The auditor over a whole record, read raw: of all cases and groups, whether an event is missing, too. */
import type { RecordedGroupEvent } from '../../src/domain/group/group';
import type { RecordedEvent } from '../../src/domain/model/events';
import type { MechanismRules } from '../../src/domain/model/mechanism';
import { createPool } from '../../src/record/postgres/database';
import { faultsOf } from './group-audit';

export async function auditRecord(connectionString: string, rules: MechanismRules): Promise<string[]> {
  const pool = createPool({ connectionString, max: 2 });
  try {
    const { rows } = await pool.query<RecordedEvent>(
      `select case_id as "case", version, at, actor, command_id as "commandId", event from events
        order by case_id, version`,
    );
    const streams = new Map<string, RecordedEvent[]>();
    for (const row of rows) streams.set(row.case, [...(streams.get(row.case) ?? []), row]);
    const isGroup = (id: string): boolean => id.startsWith('G-');
    const groups = [...streams].filter(([id]) => isGroup(id)).map(([, events]) => events as unknown);
    const gaps = [...streams].flatMap(([id, events]) =>
      events.every(({ version }, index) => version === index + 1) ? [] : [`${id} lacks an event`],
    );
    const cases = new Map([...streams].filter(([id]) => !isGroup(id)));
    return [...gaps, ...faultsOf(groups as RecordedGroupEvent[][], cases, rules)];
  } finally {
    await pool.end();
  }
}
