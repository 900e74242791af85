import type { PlanRouting } from '../../src/contracts/letters';
import { eventually } from '../workflows/support/process-room';
import { openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

let room: RecordRoom;
beforeEach(async () => {
  room = await openRecordRoom();
});
afterEach(() => room.close());

const aHold = async (): Promise<string> => {
  const { case: id } = await room.open();
  await room.act('ru-official-1', id, { type: 'placeHold', hold: 'h', reason: 'legal' });
  return id;
};
const statuses = async () =>
  (await room.pool.query<{ status: string }>('select distinct status from outbox order by status')).rows.map(
    ({ status }) => status,
  );
/** One letter to the lead about each notice. */
const toTheLead: PlanRouting = ({ notices, now }) => ({
  letters: notices.map(({ id, mechanism, notice }) => ({
    id: `${id}:qa-lead`,
    kind: 'notice',
    mechanism_id: mechanism,
    party: 'qatar',
    official: 'qa-lead',
    safety: notice.safety,
    send_at: now,
  })),
  links: notices.map(({ id }) => ({ notice_id: id, receiver: 'qa-lead', letter_id: `${id}:qa-lead` })),
  nobody: [],
});
/** All into one digest, or into the next slot when that takes no more. */
const intoDigest =
  (at: string, next: string): PlanRouting =>
  ({ notices, closed }) => {
    const slot = closed.has(`digest:${at}`) ? next : at;
    return {
      letters: [
        {
          id: `digest:${slot}`,
          kind: 'digest',
          mechanism_id: 'doha',
          party: 'qatar',
          official: 'qa-lead',
          safety: false,
          send_at: slot,
        },
      ],
      links: notices.map(({ id }) => ({ notice_id: id, receiver: 'qa-lead', letter_id: `digest:${slot}` })),
      nobody: [],
    };
  };
const linksOf = async (letter: string) =>
  (await room.pool.query('select notice_id from letter_notices where letter_id = $1', [letter])).rowCount;

describe('the outbox', () => {
  it('hands the router the notices that events imply, with the newest version of their mechanism', async () => {
    const id = await aHold();
    await room.record.saveMechanism({ ...room.mechanism, version: 17 });
    const seen: Parameters<PlanRouting>[0][] = [];
    await room.record.outbox.route(50, (batch) => {
      seen.push(batch);
      return toTheLead(batch);
    });
    const held = seen[0]!.notices.filter(({ notice }) => notice.kind === 'hold-placed');
    expect(held.map(({ notice }) => notice.party).sort()).toEqual(['qatar', 'ukraine']);
    expect(held[0]).toMatchObject({ case: id, mechanism: 'doha', told: [] });
    expect(seen[0]!.mechanisms.get('doha')?.version).toBe(17);
    await expect(statuses()).resolves.toEqual(['routed']);
  });

  it('silences what waits to be said about an obligation once somebody has seen it, and nothing else', async () => {
    const { case: id } = await room.open();
    await room.record.outbox.route(50, toTheLead);
    const { rows } = await room.pool.query<{ key: string }>(
      `select key from obligations where case_id = $1 and kind = 'acknowledge-case'`,
      [id],
    );
    const obligation = rows[0]!.key;
    const until = new Date(Date.now() + 86_400_000).toISOString();
    await room.act('qa-officer-1', id, { type: 'acknowledgeObligation', obligation, until });
    const { rows: told } = await room.pool.query<{ obligation: string; status: string }>(
      'select obligation, status from outbox where case_id = $1 and obligation is not null',
      [id],
    );
    expect(told.filter((row) => row.obligation === obligation).map(({ status }) => status)).toEqual([
      'silenced',
    ]);
    expect(told.some(({ status }) => status === 'routed')).toBe(true);
  });

  it.each(['acknowledgeObligation', 'acknowledgeCase'] as const)(
    'tells nobody what fell due in the very command that answers it: %s',
    async (type) => {
      const soon = { due: 'PT0.3S', steps: [{ after: 'PT0.2S', act: 'remind' as const }], thenEvery: 'PT1H' };
      const version = room.mechanism.version + 1;
      const ladders = { ...room.mechanism.ladders, 'acknowledge-case': soon };
      await room.record.saveMechanism({ ...room.mechanism, version, ladders });
      const { case: id } = await room.open();
      await room.act('qa-lead', id, { type: 'moveMechanism', version });
      // No worker was there when the step fell due.
      await new Promise((resolve) => setTimeout(resolve, 400));
      const [obligation] = (
        await room.pool.query<{ key: string }>(
          `select key from obligations where case_id = $1 and kind = 'acknowledge-case'`,
          [id],
        )
      ).rows.map(({ key }) => key);
      const until = new Date(Date.now() + 3_600_000).toISOString();
      await room.act(
        'qa-officer-1',
        id,
        type === 'acknowledgeCase' ? { type } : { type, obligation: obligation!, until },
      );
      const { rows } = await room.pool.query<{ status: string }>(
        `select status from outbox where case_id = $1 and notice ->> 'kind' in ('reminder', 'escalation')
            and obligation = $2`,
        [id, obligation],
      );
      // What is met is mostly not even recorded as reminded of.
      if (type === 'acknowledgeObligation') expect(rows).toHaveLength(1);
      expect(rows.map(({ status }) => status)).toEqual(rows.map(() => 'silenced'));
    },
  );

  it('lets nobody talk over an escalation that the clock has brought, not even in the same command', async () => {
    const steps = [
      { after: 'PT0.1S', act: 'remind' as const },
      { after: 'PT0.2S', act: 'escalate' as const },
    ];
    const version = room.mechanism.version + 1;
    const ladders = {
      ...room.mechanism.ladders,
      'acknowledge-case': { due: 'PT0.2S', steps, thenEvery: 'PT1H' },
    };
    await room.record.saveMechanism({ ...room.mechanism, version, ladders });
    const { case: id } = await room.open();
    await room.act('qa-lead', id, { type: 'moveMechanism', version });
    await new Promise((resolve) => setTimeout(resolve, 400));
    const { rows: owed } = await room.pool.query<{ key: string }>(
      `select key from obligations where case_id = $1 and kind = 'acknowledge-case'`,
      [id],
    );
    const obligation = owed[0]!.key;
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const told = async () =>
      (
        await room.pool.query<{ told: string }>(
          `select concat_ws(' ', notice ->> 'kind', status) as told from outbox
            where case_id = $1 and obligation = $2 and notice ->> 'kind' <> 'waiting' order by 1`,
          [id, obligation],
        )
      ).rows.map((row) => row.told);
    await room.act('qa-officer-1', id, { type: 'acknowledgeObligation', obligation, until });
    expect(await told()).toEqual(['escalation pending', 'reminder silenced']);
    await room.record.outbox.route(50, toTheLead);
    expect(await told()).toEqual(['escalation routed', 'reminder silenced']);
    // Met is met: then nobody need hear of it.
    await room.act('qa-officer-1', id, { type: 'acknowledgeCase' });
    expect(await told()).toEqual(['escalation silenced', 'reminder silenced']);
  });

  it('silences what is told of a thing that lapses, once the case rests on it no more', async () => {
    const validUntil = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
    // It is over when it is over in Doha and Moscow.
    const until = Date.parse(`${validUntil}T21:00:00.000Z`);
    const version = room.mechanism.version + 1;
    // Told in some seconds: after it was attested, however slow the machine is.
    const expiryNotice = `PT${Math.floor((until - Date.now() - 8_000) / 1_000)}S`;
    await room.record.saveMechanism({ ...room.mechanism, version, expiryNotice });
    const { case: id } = await room.open();
    await room.act('qa-lead', id, { type: 'moveMechanism', version });
    const custody = {
      type: 'attestFacet',
      facet: 'custody',
      finding: 'confirmed',
      evidence: ['doc-1'],
    } as const;
    await room.act('qa-officer-1', id, { type: 'acceptFile' });
    await room.act('ua-official-1', id, { ...custody, validUntil });
    const told = async () =>
      (
        await room.pool.query<{ told: string }>(
          `select concat_ws(' ', party, notice -> 'facts' ->> 'lapsing', status) as told from outbox
            where case_id = $1 and notice ->> 'kind' = 'lapses-soon' order by 1`,
          [id],
        )
      ).rows.map((row) => row.told);
    await eventually(async () => {
      await room.act({ system: 'process' }, id, { type: 'observeTime' });
      return (await told()).length > 0 ? true : undefined;
    });
    expect(await told()).toEqual(['qatar custody pending', 'ukraine custody pending']);
    await room.act('qa-reviewer', id, { type: 'reviewAttestation', facet: 'custody', verdict: 'returned' });
    expect(await told()).toEqual(['qatar custody silenced', 'ukraine custody silenced']);
  });

  it('hands a notice to one router only, though ten ask at once', async () => {
    for (let count = 0; count < 15; count += 1) await aHold();
    const { rowCount } = await room.pool.query('select from outbox');
    const { outbox } = room.another().record;
    const seen: string[] = [];
    await Promise.all(
      Array.from({ length: 10 }, () =>
        outbox.route(10, (batch) => {
          seen.push(...batch.notices.map(({ id }) => id));
          return toTheLead(batch);
        }),
      ),
    );
    expect(seen.length).toBeGreaterThanOrEqual(Math.min(rowCount!, 90));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('keeps a notice as it was when the router dies over it', async () => {
    await aHold();
    await expect(
      room.record.outbox.route(50, () => {
        throw new Error('killed');
      }),
    ).rejects.toThrow();
    await expect(statuses()).resolves.toEqual(['pending']);
    await room.record.outbox.route(50, toTheLead);
    await expect(statuses()).resolves.toEqual(['routed']);
    // Again is nothing.
    await expect(room.record.outbox.route(50, toTheLead)).resolves.toMatchObject({ routed: 0 });
  });

  it('routes those of safety first', async () => {
    await aHold();
    const { case: id } = await room.open();
    await room.act('qa-lead', id, { type: 'reportMedicalEmergency' });
    let first: boolean | undefined;
    await room.record.outbox.route(1, (batch) => {
      first = batch.notices[0]!.notice.safety;
      return toTheLead(batch);
    });
    expect(first).toBe(true);
  });

  it('tells nobody twice of one notice, whatever the router says', async () => {
    await aHold();
    await room.record.outbox.route(50, toTheLead);
    await room.pool.query(`update outbox set status = 'pending'`);
    await room.record.outbox.route(50, intoDigest('2030-01-01T08:00:00.000Z', ''));
    await expect(linksOf('digest:2030-01-01T08:00:00.000Z')).resolves.toBe(0);
  });

  it('puts a notice into the next digest when one is being sent', async () => {
    const at = new Date(Date.now() - 1_000).toISOString();
    const next = new Date(Date.now() + 3_600_000).toISOString();
    await aHold();
    const { routed } = await room.record.outbox.route(50, intoDigest(at, next));
    const [letter] = await room.record.letters.claim('mail', 5, 60_000);
    expect(letter).toMatchObject({ id: `digest:${at}`, notices: { length: routed } });
    await aHold();
    const { routed: more } = await room.record.outbox.route(50, intoDigest(at, next));
    await expect(linksOf(`digest:${at}`)).resolves.toBe(routed);
    await expect(linksOf(`digest:${next}`)).resolves.toBe(more);
  });

  it('finds the next digest also when a clock that was set back meets many that are out already', async () => {
    const slotOf = (hour: number): string =>
      new Date(Math.ceil(Date.now() / 3_600_000 + hour) * 3_600_000).toISOString();
    const firstOpen: PlanRouting = (batch) => {
      for (let hour = 1; ; hour += 1)
        if (!batch.closed.has(`digest:${slotOf(hour)}`)) return intoDigest(slotOf(hour), '')(batch);
    };
    for (let hour = 1; hour <= 9; hour += 1)
      await room.pool.query(
        `insert into letters (id, kind, mechanism_id, party, official, safety, send_at, next_attempt_at, status)
         values ($1, 'digest', 'doha', 'qatar', 'qa-lead', false, $2, $2, 'sent')`,
        [`digest:${slotOf(hour)}`, slotOf(hour)],
      );
    await aHold();
    const { routed } = await room.record.outbox.route(50, firstOpen);
    await expect(linksOf(`digest:${slotOf(10)}`)).resolves.toBe(routed);
  });

  it('gives up a notice for which there is nobody at all', async () => {
    await aHold();
    const { nobody } = await room.record.outbox.route(50, ({ notices }) => ({
      letters: [],
      links: [],
      nobody: notices.map(({ id }) => id),
    }));
    expect(nobody.length).toBeGreaterThan(0);
    await expect(statuses()).resolves.toEqual(['dead']);
  });

  it.each(['pending', 'routed'])(
    'silences a %s reminder of an obligation in the moment it is met, and no other',
    async (status) => {
      const id = await aHold();
      const { pool } = room;
      await pool.query(`update outbox set obligation = null`);
      await pool.query(
        `insert into outbox (id, case_id, version, notice, party, roles, safety, obligation, created_at, next_attempt_at, status)
         select 'a reminder', case_id, 1, '{}', 'qatar', '{}', false, key, since, since, $2
           from obligations where case_id = $1 and kind = 'acknowledge-case'`,
        [id, status],
      );
      const before = await statuses();
      await room.act('qa-officer-1', id, { type: 'acknowledgeCase' });
      const { rows } = await pool.query(`select status from outbox where id = 'a reminder'`);
      expect(rows).toEqual([{ status: 'silenced' }]);
      expect(before).toContain('pending');
      await expect(statuses()).resolves.toContain('pending');
    },
  );
});
