import { planRouting } from '../../src/notify/routing/route-notices';
import type { CaseId } from '../../src/domain/model/ids';
import { eventually } from '../workflows/support/process-room';
import { openDispatchRoom } from './support/dispatch-room';
import type { DispatchRoom } from './support/dispatch-room';
import { openPostOffice } from './support/post-office';

let room: DispatchRoom;
beforeAll(async () => {
  room = await openDispatchRoom();
});
beforeEach(async () => {
  await room.clear();
  await room.change({ digest: { every: 'PT1S' }, quietHours: 'none' });
});
afterEach(() => room.restDispatchers());
afterAll(() => room.close());

/** Never looks by itself. */
const still = () => room.dispatcherAt(undefined, { lookEveryMs: 3_600_000 });
/** Makes letters and sends none, as a worker does that dies in between. */
const route = () =>
  room.recordRoom.record.outbox.route(500, planRouting(room.recordRoom.record.absences.current));
const aSecond = () => new Promise((resolve) => setTimeout(resolve, 1_100));
const toLead = () => room.office.to('lead@mediator.example');
const tells = (mail: { text?: string | undefined } | undefined, ids: readonly CaseId[]): boolean[] =>
  ids.map((id) => mail?.text?.includes(id) ?? false);

describe('a digest', () => {
  it('waits for the next working morning of each official, in their own zone', async () => {
    await room.change({ digest: { every: 'day', at: '08:30' } });
    await room.placeHold();
    await still().dispatchDue();
    const { rows } = await room.recordRoom.pool.query<{ official: string; kind: string; send_at: string }>(
      `select official, kind, send_at from letters where status = 'pending'`,
    );
    expect(rows).toHaveLength(7);
    expect(room.office.received).toEqual([]);
    for (const { official, kind, send_at: at } of rows) {
      expect(kind).toBe('digest');
      const isQatari = official.startsWith('qa');
      const timeZone = isQatari ? 'Asia/Qatar' : 'Europe/Kyiv';
      expect(new Date(at).toLocaleTimeString('en-GB', { timeZone })).toBe('08:30:00');
      const weekday = new Date(at).toLocaleDateString('en-GB', { timeZone, weekday: 'long' });
      expect(isQatari ? ['Friday', 'Saturday'] : ['Saturday', 'Sunday']).not.toContain(weekday);
    }
  });

  it('is one after a weekend in which everything stood still: fourteen notices, a mail each', async () => {
    const ids: CaseId[] = [];
    for (const holds of [3, 2, 2]) {
      for (let count = 0; count < holds; count += 1) ids.push(await room.placeHold());
      await route();
      await aSecond();
    }
    const dispatchers = [still(), still()];
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.dispatchDue()));
    await dispatchers[0]!.dispatchDue();
    expect(room.office.received).toHaveLength(7);
    expect(toLead()).toHaveLength(1);
    expect(tells(toLead()[0], ids)).not.toContain(false);
    for (const id of ids) expect(await room.noticesOf(id)).toEqual(['sent', 'sent']);
  });

  it('that may be out goes again as it was, not into the next, where nobody could drop the repeat', async () => {
    const early = await room.placeHold();
    await route();
    await aSecond();
    room.office.dropsAfterData = true;
    await still().dispatchDue();
    await room.restDispatchers();
    const unheard = toLead().length;
    expect(unheard).toBeGreaterThan(0);
    room.office.dropsAfterData = false;
    // Then it is away altogether, as a mail server goes down: that says nothing of the first attempt.
    await room.hurry();
    await room.dispatcherAt('smtp://127.0.0.1:1', { lookEveryMs: 3_600_000 }).dispatchDue();
    await room.restDispatchers();
    const late = await room.placeHold();
    await route();
    await aSecond();
    await room.hurry();
    await still().dispatchDue();
    const ids = toLead().map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(2);
    // Whoever drops what they have already has been told once of each.
    expect(new Set(ids.slice(0, unheard)).size).toBe(1);
    expect(ids.slice(unheard)).toContain(ids[0]);
    for (const id of [early, late]) expect(await room.noticesOf(id)).toEqual(['sent', 'sent']);
  });

  it('that surely never left becomes one with the next', async () => {
    await room.placeHold();
    await route();
    await aSecond();
    const { url } = room.office;
    await room.office.stop();
    await room.dispatcherAt(url, { lookEveryMs: 3_600_000 }).dispatchDue();
    await room.restDispatchers();
    const { rows } = await room.recordRoom.pool.query<{ may_be_out: boolean }>(
      'select may_be_out from letters where attempts > 0',
    );
    expect(rows.map((row) => row.may_be_out)).toEqual(rows.map(() => false));
    expect(rows.length).toBeGreaterThan(0);
    await room.placeHold();
    await route();
    await aSecond();
    await room.hurry();
    const again = await openPostOffice();
    await room.dispatcherAt(again.url, { lookEveryMs: 3_600_000 }).dispatchDue();
    expect(again.to('lead@mediator.example')).toHaveLength(1);
    await room.restDispatchers();
    await again.stop();
  });

  it('takes nothing in while it is being sent: that comes with the next, and neither is lost nor told twice', async () => {
    const early = await room.placeHold();
    await route();
    await aSecond();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let begun = 0;
    room.office.onMail = () => {
      begun += 1;
      return held;
    };
    const dispatcher = still();
    const sending = dispatcher.dispatchDue();
    await eventually(() => (begun >= 4 ? true : undefined));
    const late = await room.placeHold();
    await route();
    release();
    await sending;
    await aSecond();
    await dispatcher.dispatchDue();
    const [first, second, ...more] = toLead();
    expect(more).toEqual([]);
    // What still waits is listed in both; what is new is not.
    const isNews = (mail: typeof first, id: CaseId): boolean => {
      const blocks = mail!.text!.split('\n\n');
      return blocks[blocks.indexOf('مستجدات') + 1]!.includes(id);
    };
    expect([isNews(first, early), isNews(first, late)]).toEqual([true, false]);
    expect([isNews(second, early), isNews(second, late)]).toEqual([false, true]);
    expect(await room.noticesOf(late)).toEqual(['sent', 'sent']);
  });

  it('of which nothing is left to say is not sent', async () => {
    const id = await room.placeHold();
    await route();
    await room.recordRoom.pool.query(`update outbox set status = 'silenced' where case_id = $1`, [id]);
    await aSecond();
    await still().dispatchDue();
    expect(room.office.received).toEqual([]);
    expect((await room.lettersOf(id)).every(({ status }) => status === 'silenced')).toBe(true);
  });

  it('shows all that waits for its reader, the most urgent first, and a reminder of it only once', async () => {
    const { case: id } = await room.recordRoom.open();
    await route();
    await aSecond();
    await still().dispatchDue();
    const officer = room.office.to('officer-1@mediator.example')[0]!;
    const lines = officer.text!.split('\n').filter((line) => line.includes(id) && line.startsWith('- '));
    // Acknowledge the case and accept the file; told under “to do”, not under “new” as well.
    expect(lines.length).toBeGreaterThanOrEqual(1);
    expect(new Set(lines).size).toBe(lines.length);
    expect(officer.text).not.toMatch(/undefined|\{\w+\}/);
  });

  it('begins with the reader’s own cases, as officer, as deputy, or for a colleague who is away', async () => {
    const { record, pool, act, open } = room.recordRoom;
    const [own, seconded, absent, other] = [await open(), await open(), await open(), await open()].map(
      ({ case: id }) => id,
    ) as [CaseId, CaseId, CaseId, CaseId];
    const give = (id: CaseId, officer: string, deputy?: string) =>
      act('qa-lead', id, { type: 'assignOfficer', officer, ...(deputy !== undefined && { deputy }) });
    await give(own, 'qa-officer-1');
    await give(seconded, 'qa-lead', 'qa-officer-1');
    await give(absent, 'qa-officer-2');
    // More urgent than any of their own.
    await pool.query(
      `update obligations set due = clock_timestamp() - interval '9 days' where case_id = $1`,
      [other],
    );
    const sections = async (): Promise<Record<string, string>> => {
      const before = room.office.to('officer-1@mediator.example').length;
      await room.placeHold();
      await route();
      await aSecond();
      await still().dispatchDue();
      const { text = '' } = room.office.to('officer-1@mediator.example')[before]!;
      const blocks = text.split('\n\n');
      return Object.fromEntries(blocks.map((block, at) => [block, blocks[at + 1] ?? '']));
    };
    const [heading, rest] = ['في قضاياكم، الأكثر إلحاحًا أولًا', 'في قضايا أخرى'];
    const first = await sections();
    expect(tells({ text: first[heading] }, [own, seconded, absent, other])).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(tells({ text: first[rest] }, [own, seconded, absent, other])).toEqual([false, false, true, true]);
    expect(Object.keys(first).indexOf(heading)).toBeLessThan(Object.keys(first).indexOf(rest));
    const { absence } = (await record.absences.declare({
      mechanism: 'doha',
      by: 'qa-officer-2',
      request: 'away-from-cases',
      official: 'qa-officer-2',
      deputy: 'qa-officer-1',
      until: new Date(Date.now() + 86_400_000).toISOString(),
    })) as { absence: { id: string } };
    const standingIn = await sections();
    expect(tells({ text: standingIn[heading] }, [own, seconded, absent, other])).toEqual([
      true,
      true,
      true,
      false,
    ]);
    await record.absences.end({
      mechanism: 'doha',
      by: 'qa-officer-2',
      request: 'back-to-cases',
      id: absence.id,
    });
    await pool.query('delete from obligations');
  });

  it('names nobody, and stands in one conversation with the digests before it', async () => {
    await room.placeHold();
    await route();
    await aSecond();
    const dispatcher = still();
    await dispatcher.dispatchDue();
    await room.placeHold();
    await route();
    await aSecond();
    await dispatcher.dispatchDue();
    const [first, second] = toLead();
    expect(first!.inReplyTo).toBe(second!.inReplyTo);
    expect(first!.messageId).not.toBe(second!.messageId);
    for (const { name } of room.recordRoom.mechanism.officials)
      expect(`${first!.subject}${first!.text}${String(first!.html)}`).not.toContain(name);
  });

  it('shows a lead the stalled cases with the reason, until a person has put the review off', async () => {
    const stalled = await room.placeHold();
    await room.recordRoom.pool.query(
      `update cases set stalled_since = clock_timestamp() - interval '2 days' where id = $1`,
      [stalled],
    );
    await room.recordRoom.pool.query(
      `insert into obligations (case_id, key, mechanism_id, kind, party, roles, since, due, safety, commands)
       values ($1, 'review-stalled::qatar@x', 'doha', 'review-stalled', 'qatar', '{lead}',
               clock_timestamp() - interval '2 days', clock_timestamp() + interval '5 days', false, '{}')`,
      [stalled],
    );
    await route();
    await aSecond();
    await still().dispatchDue();
    const review = 'حالات متوقفة للمراجعة';
    expect(toLead()[0]!.text).toContain(review);
    expect(toLead()[0]!.text!.slice(toLead()[0]!.text!.indexOf(review))).toContain(stalled);
    expect(room.office.to('officer-1@mediator.example')[0]!.text).not.toContain(review);
  });

  it('is cut where nobody reads on, and says how much more there is', async () => {
    const id = await room.placeHold();
    await room.recordRoom.pool.query(
      `insert into obligations (case_id, key, mechanism_id, kind, party, roles, since, due, safety, commands)
       select $1, 'attest-facet:' || n, 'doha', 'attest-facet', 'qatar', '{lead}',
              clock_timestamp() - interval '2 days', clock_timestamp() + n * interval '1 hour', false, '{}'
         from generate_series(1, 150) as n`,
      [id],
    );
    await route();
    await aSecond();
    await still().dispatchDue();
    const { text } = toLead()[0]!;
    expect(text!.split('\n').filter((line) => line.startsWith('- ')).length).toBeLessThan(130);
    expect(text).toMatch(/… و\d+ أخرى/);
    await room.recordRoom.pool.query('delete from obligations where case_id = $1', [id]);
  });
});

describe('letters find the person who is there', () => {
  const addressesOf = () =>
    room.office.received.map(({ to }) => [to].flat().map((each) => each?.text)[0]!).sort();
  const atOnce = () => room.change({ digest: 'at-once' });

  it('when somebody left: whoever replaced them, also after the letter was made', async () => {
    await room.change({ digest: 'at-once' });
    const id = await room.placeHold();
    await route();
    const before = await room.change(({ officials }) => ({
      officials: officials.map((each) =>
        each.id === 'qa-lead' ? { ...each, active: false, replacedBy: 'qa-reviewer' } : each,
      ),
    }));
    const dispatcher = still();
    await dispatcher.dispatchDue();
    await dispatcher.dispatchDue();
    expect(addressesOf()).toContain('reviewer@mediator.example');
    expect(addressesOf()).not.toContain('lead@mediator.example');
    expect(addressesOf()).toHaveLength(7);
    expect(await room.noticesOf(id)).toEqual(['sent', 'sent']);
    await room.change({
      officials: before.officials.map(({ replacedBy: _none, ...each }) => ({ ...each, active: true })),
    });
  });

  it('when somebody is away: their deputy, once, even if the deputy is meant as well', async () => {
    await atOnce();
    const declared = await room.recordRoom.record.absences.declare({
      mechanism: 'doha',
      by: 'qa-officer-1',
      request: 'away',
      official: 'qa-officer-1',
      deputy: 'qa-officer-2',
      until: new Date(Date.now() + 86_400_000).toISOString(),
    });
    expect(declared).toHaveProperty('absence');
    await room.placeHold();
    await still().dispatchDue();
    expect(room.office.to('officer-1@mediator.example')).toEqual([]);
    expect(room.office.to('officer-2@mediator.example')).toHaveLength(1);
    if ('absence' in declared)
      await room.recordRoom.record.absences.end({
        mechanism: 'doha',
        by: 'qa-officer-1',
        request: 'back',
        id: declared.absence.id,
      });
  });

  it('when an office stands empty: the whole party; when a party does, an operator', async () => {
    await atOnce();
    // While there is still somebody who may open it.
    const id = await room.placeHold();
    const everybody = (
      await room.change(({ officials }) => ({
        officials: officials.map((each) =>
          each.party === 'ukraine' ||
          each.roles.some(
            (role) => ['case-officer', 'lead', 'duty-officer'].includes(role) && each.party === 'qatar',
          )
            ? { ...each, active: false }
            : each,
        ),
      }))
    ).officials;
    await still().dispatchDue();
    expect(addressesOf()).toEqual(['interviewer@mediator.example', 'reviewer@mediator.example']);
    expect((await room.noticesOf(id)).sort()).toEqual(['dead', 'sent']);
    await room.change({ officials: everybody.map((each) => ({ ...each, active: true })) });
    await room.recordRoom.record.deadLetters.reviveMended();
    await still().dispatchDue();
    expect(await room.noticesOf(id)).toEqual(['sent', 'sent']);
  });
});
