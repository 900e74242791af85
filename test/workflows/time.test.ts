import { Client } from 'pg';
import { createPool } from '../../src/record/postgres/database';
import { createRecord } from '../../src/record/record';
import { sealKey } from '../record/support/record-room';
import { searchAttributes } from '../../workflows/child-return/search-attributes';
import { eventually, openProcessRoom } from './support/process-room';
import type { ProcessRoom } from './support/process-room';
import { acceptance, approvalBy, play, proposal, verification } from './support/plain-return';

/** Days as seconds: the first reminder to acknowledge a case comes after five of them, the escalation after seven. */
describe('the passing of time in a case', () => {
  let room: ProcessRoom;
  beforeAll(async () => {
    room = await openProcessRoom('time', { mechanism: 'fast' });
    await room.startWorker();
  });
  afterAll(() => room.close());

  it('reminds, then escalates, then reminds again, without anybody doing anything', async () => {
    const id = await room.open();
    await room.until(
      id,
      ({ ladderSteps }) =>
        Object.entries(ladderSteps).some(([key, steps]) => key.startsWith('acknowledge-case') && steps >= 3),
      30_000,
    );
    const steps = (await room.events(id)).flatMap(({ event, at, actor }) =>
      event.type === 'LadderStepTaken' && event.kind === 'acknowledge-case' ? [{ ...event, at, actor }] : [],
    );
    expect(steps.map(({ act, party }) => `${act} ${party}`).slice(0, 3)).toEqual([
      'remind qatar',
      'escalate qatar',
      'remind qatar',
    ]);
    expect(steps.every(({ actor }) => 'system' in actor && actor.system === 'process')).toBe(true);
    const { rows } = await room.pool.query('select notice from outbox where case_id = $1', [id]);
    expect(rows.length).toBeGreaterThanOrEqual(steps.length);

    const openedAt = Date.parse((await room.state(id)).openedAt);
    expect(Date.parse(steps[0]!.at) - openedAt).toBeGreaterThanOrEqual(5_000);
    expect(Date.parse(steps[0]!.at) - openedAt).toBeLessThan(8_000);
  });

  it('takes back what has run out: an approval lapses by itself', async () => {
    const short = await openProcessRoom('time-approval', {
      mechanism: 'fast',
      change: (mechanism) => ({ ...mechanism, approvalValidFor: 'PT3S', approvalNotice: 'PT1S' }),
    });
    try {
      await short.startWorker();
      const id = await short.open();
      await play(short, id, [...acceptance, ...verification, proposal, approvalBy('ua-decider')]);
      const { decisions } = await short.until(id, (state) => state.decisions.ukraine?.lapsed !== undefined);
      expect(decisions.ukraine?.lapsed?.reason).toBe('expired');
    } finally {
      await short.close();
    }
  });

  it('tells of evidence before it lapses, while nobody does anything', async () => {
    const validUntil = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
    // It is over when it is over in Doha and Moscow.
    const tellIn = 12_000;
    const seconds = Math.round((Date.parse(`${validUntil}T21:00:00.000Z`) - Date.now() - tellIn) / 1000);
    const dated = await openProcessRoom('time-expiry', {
      mechanism: 'fast',
      change: (mechanism) => ({ ...mechanism, expiryNotice: `PT${seconds}S` }),
    });
    try {
      await dated.startWorker();
      const id = await dated.open();
      await play(dated, id, acceptance);
      await dated.submit('ua-official-1', id, {
        type: 'attestFacet',
        facet: 'custody',
        finding: 'confirmed',
        evidence: ['doc-1'],
        validUntil,
      });
      const { expiriesNoted } = await dated.until(
        id,
        (state) => state.expiriesNoted !== undefined,
        tellIn + 20_000,
      );
      expect(expiriesNoted).toEqual([`custody@${validUntil}`]);
      const { rows } = await dated.pool.query<{ party: string }>(
        `select party from outbox where case_id = $1 and notice ->> 'kind' = 'lapses-soon' order by party`,
        [id],
      );
      expect(rows.map(({ party }) => party)).toEqual(['qatar', 'ukraine']);
    } finally {
      await dated.close();
    }
  });

  it('does not spin when the record’s clock is behind the process’s: it waits and looks again', async () => {
    const behind = await openProcessRoom('time-skew', { mechanism: 'fast' });
    try {
      // A function of that name in front of Postgres’s own: the record reads a clock that is four seconds slow.
      const superuser = new Client({ connectionString: behind.database.superuserUrl });
      await superuser.connect();
      await superuser.query(`
        create schema slow;
        grant usage on schema slow to public;
        create function slow.clock_timestamp() returns timestamptz language sql volatile
          as $$ select pg_catalog.clock_timestamp() - interval '4 seconds' $$;
        alter database ${behind.database.name} set search_path = slow, pg_catalog, public;
      `);
      await superuser.end();
      const pool = createPool({ connectionString: behind.database.connectionString });
      const record = createRecord({ pool, sealKey });
      await behind.startWorker({ record });
      // Opened by the right clock, so that the slow one starts behind the case itself.
      const id = await behind.open();
      await behind.until(
        id,
        ({ ladderSteps }) => Object.values(ladderSteps).some((steps) => steps >= 1),
        30_000,
      );
      // One marker for each time the record was asked: once for the case, then what the time was.
      const types = await behind.historyTypes(id);
      const asked = types.filter((type) => type.startsWith('marker')).length;
      expect(asked).toBeGreaterThanOrEqual(4);
      expect(asked).toBeLessThan(12);
      expect(types.filter((type) => type.startsWith('timer')).length).toBeLessThan(20);
      await behind.close();
      await pool.end();
    } catch (error) {
      await behind.close();
      throw error;
    }
  });

  it('shows an operator what is due first, at the latest when a burst of commands has calmed down', async () => {
    const calm = await openProcessRoom('time-view');
    try {
      await calm.startWorker();
      const id = await calm.open();
      await play(calm, id, [...acceptance, ...verification.slice(0, 5)]);
      const { rows } = await calm.pool.query<{ due: string }>('select due from cases where id = $1', [id]);
      await eventually(async () => {
        const { typedSearchAttributes: shown } = await calm.handle(id).describe();
        return shown.get(searchAttributes.due)?.toISOString() === rows[0]!.due ? true : undefined;
      }, 20_000);
    } finally {
      await calm.close();
    }
  });

  it('keeps one timer, and leaves it alone when what is due first does not come sooner', async () => {
    const calm = await openProcessRoom('time-timer');
    try {
      await calm.startWorker();
      const id = await calm.open();
      await play(calm, id, acceptance);
      for (let hold = 1; hold <= 10; hold += 1) {
        await calm.submit('ru-official-1', id, { type: 'placeHold', hold: `h${hold}`, reason: 'safety' });
      }
      await calm.until(id, ({ checks }) => checks !== undefined);
      await eventually(async () => (await calm.unreadNews(id)) === 0 || undefined);
      const types = await calm.historyTypes(id);
      expect(types.filter((type) => type.startsWith('timerStarted')).length).toBeLessThanOrEqual(2);
      const { raw } = await calm.handle(id).describe();
      expect(raw.pendingActivities ?? []).toHaveLength(0);
    } finally {
      await calm.close();
    }
  });
});
