import { createMailer } from '../../src/notify/send/mailer';
import { planRouting } from '../../src/notify/routing/route-notices';
import { giveUpAfter, retryInMs } from '../../src/notify/send/retry';
import type { CaseId } from '../../src/domain/model/ids';
import { noteUnheardAlarms } from '../../src/temporal/unheard-alarms';
import { eventually, quiet } from '../workflows/support/process-room';
import { openDispatchRoom } from './support/dispatch-room';
import type { DispatchRoom } from './support/dispatch-room';
import { openPostOffice, openSilence } from './support/post-office';

let room: DispatchRoom;
beforeAll(async () => {
  room = await openDispatchRoom();
  await room.change({ digest: 'at-once', quietHours: 'none' });
});
beforeEach(() => room.clear());
afterEach(() => room.restDispatchers());
afterAll(() => room.close());

const statusIs = (id: CaseId, status: string) =>
  eventually(async () => {
    const letters = await room.lettersOf(id);
    return letters.length > 0 && letters.every((letter) => letter.status === status) ? letters : undefined;
  });
const route = (limit: number) =>
  room.recordRoom.record.outbox.route(limit, planRouting(room.recordRoom.record.absences.current));
const letterTo = async (id: CaseId, official: string) =>
  (await room.lettersOf(id)).find((letter) => letter.official === official);
/** Tried so often, and in nobody's hands. */
const areResting = (id: CaseId, attempts: number) =>
  eventually(async () => {
    const { rows } = await room.recordRoom.pool.query<{ resting: boolean }>(
      `select bool_and(attempts = $2 and leased_until is null) as resting
         from letters where split_part(id, ':', 1) = $1`,
      [id, attempts],
    );
    return rows[0]!.resting ? true : undefined;
  });
/** As if the time had passed for which repeats are gathered. */
const sendFolded = () =>
  room.recordRoom.pool.query(
    `update letters set send_at = clock_timestamp(), next_attempt_at = clock_timestamp() where id like '%:many:%'`,
  );
const addressesOf = () =>
  room.office.received.map(({ to }) => [to].flat().map((each) => each?.text)[0]!).sort();
const meant = [
  'decider@requesting.example',
  'duty@mediator.example',
  'lead@mediator.example',
  'official-1@requesting.example',
  'official-2@requesting.example',
  'officer-1@mediator.example',
  'officer-2@mediator.example',
].sort();

describe('letters', () => {
  it('go to every official meant, one mail each, and to nobody else', async () => {
    const id = await room.placeHold();
    room.dispatcherAt();
    await statusIs(id, 'sent');
    expect(addressesOf()).toEqual(meant);
    expect(new Set(room.office.received.map(({ messageId }) => messageId)).size).toBe(7);
    expect(room.office.received.every(({ subject }) => subject?.includes(`[${id}]`))).toBe(true);
    expect(await room.noticesOf(id)).toEqual(['sent', 'sent']);
  });

  it('tell one person once of a step that goes to two of their offices, also when it is routed in two batches', async () => {
    await room.change(({ officials }) => ({
      officials: officials.map((each) =>
        each.id === 'qa-lead' ? { ...each, roles: ['lead', 'duty-officer'] } : each,
      ),
    }));
    const { case: id } = await room.recordRoom.open();
    await room.recordRoom.pool.query(`update outbox set status = 'silenced' where case_id = $1`, [id]);
    // As an observation of time writes them: one event for each office.
    const step = (version: number, role: string, at: string) =>
      room.recordRoom.pool.query(
        `insert into outbox (id, case_id, version, notice, party, roles, safety, obligation, created_at, next_attempt_at)
         select $1 || ':' || $2::int || ':1', $1, $2::int, $3, 'qatar', '{}', true, 'check-in:1', $4::timestamptz, $4::timestamptz`,
        [
          id,
          version,
          JSON.stringify({
            ...{ key: `${id}:${version}:1`, kind: 'escalation', party: 'qatar', roles: [role], safety: true },
            ...{ obligation: 'check-in:1', facts: { stage: 'transit', obligation: 'check-in', due: at } },
          }),
          at,
        ],
      );
    const first = new Date(Date.now() - 60_000).toISOString();
    await step(90, 'lead', first);
    await step(91, 'duty-officer', first);
    await route(1);
    await route(1);
    // The next round of the same ladder is told anew.
    const second = new Date(Date.now() - 1_000).toISOString();
    await step(92, 'lead', second);
    await step(93, 'duty-officer', second);
    await route(500);
    room.dispatcherAt();
    await statusIs(id, 'sent');
    expect(room.office.to('lead@mediator.example')).toHaveLength(2);
    expect(room.office.to('duty@mediator.example')).toHaveLength(2);
    const { rows } = await room.recordRoom.pool.query(
      `select status from outbox where case_id = $1 and version >= 90`,
      [id],
    );
    expect(rows).toEqual(Array(4).fill({ status: 'sent' }));
    await room.change(({ officials }) => ({
      officials: officials.map((each) => (each.id === 'qa-lead' ? { ...each, roles: ['lead'] } : each)),
    }));
  });

  it('are sent once, though three dispatchers and a flush look at once', async () => {
    const ids = await Promise.all([1, 2, 3, 4].map(room.placeHold));
    const dispatchers = [room.dispatcherAt(), room.dispatcherAt(), room.dispatcherAt()];
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.dispatchDue()));
    for (const id of ids) await statusIs(id, 'sent');
    expect(room.office.received).toHaveLength(28);
    expect(new Set(room.office.received.map(({ messageId }) => messageId)).size).toBe(28);
  });

  it('put off by the server (4xx, greylisting) are tried again, and nobody who has theirs is written to twice', async () => {
    room.office.mood.set('lead@mediator.example', 451);
    const id = await room.placeHold();
    room.dispatcherAt();
    const waiting = await eventually(async () => {
      const letter = await letterTo(id, 'qa-lead');
      return letter?.last_error_code ? letter : undefined;
    });
    expect(waiting).toMatchObject({ status: 'pending', last_error_code: 'smtp-451', attempts: 1 });
    room.office.mood.clear();
    await room.hurry();
    await statusIs(id, 'sent');
    expect(addressesOf()).toEqual(meant);
  });

  it('for somebody whom the server does not know are given up after some attempts, and the reason stays without the address', async () => {
    room.office.mood.set('*', '550 5.1.1 no such user');
    const id = await room.placeHold();
    room.dispatcherAt();
    for (let attempt = 1; attempt < giveUpAfter; attempt += 1) {
      await areResting(id, attempt);
      await room.hurry();
    }
    const dead = await statusIs(id, 'dead');
    expect(new Set(dead.map(({ last_error_code: code }) => code))).toEqual(new Set(['smtp-550-5.1.1']));
    // Still told, should the address be mended.
    expect(await room.noticesOf(id)).toEqual(['routed', 'routed']);
  });

  it.each([
    ['a block list', '550 5.7.1 Service unavailable, client host blocked', 'ours'],
    ['a full mailbox', '552 5.2.2 Mailbox full', 'passing'],
    ['a mailbox that is switched off', '550 5.2.1 disabled', 'passing'],
    ['a server that can’t', '554 5.3.0 cannot', 'ours'],
    ['a server that says no more than 550', '550 Requested action not taken', 'passing'],
  ] as const)('refused for %s outlive it, and no address is blamed', async (_why, answer, fault) => {
    room.office.mood.set('*', answer);
    const id = await room.placeHold();
    room.dispatcherAt();
    for (let attempt = 1; attempt <= giveUpAfter + 1; attempt += 1) {
      await areResting(id, attempt);
      await room.hurry();
    }
    const { rows } = await room.recordRoom.pool.query<{ status: string; fault: string }>(
      `select distinct status, fault from letters where split_part(id, ':', 1) = $1`,
      [id],
    );
    expect(rows).toEqual([{ status: 'pending', fault }]);
    await expect(room.recordRoom.record.addressFaults.listToRaise()).resolves.toEqual([]);
    room.office.mood.clear();
    await room.hurry();
    await statusIs(id, 'sent');
  });

  it('of safety live on where an ordinary one is given up, and the address is told of all the same', async () => {
    room.office.mood.set('duty@mediator.example', '550 5.1.1 no such user');
    const { case: id } = await room.recordRoom.open();
    await room.recordRoom.pool.query(`update outbox set status = 'silenced' where case_id = $1`, [id]);
    await room.recordRoom.act('ru-official-1', id, { type: 'reportMedicalEmergency' });
    room.dispatcherAt();
    for (let attempt = 1; attempt <= giveUpAfter + 2; attempt += 1) {
      await eventually(async () => {
        const { rows } = await room.recordRoom.pool.query(
          `select from letters where official = 'qa-duty' and status = 'pending' and safety
              and attempts = $1 and leased_until is null`,
          [attempt],
        );
        return rows.length === 1 ? true : undefined;
      });
      await room.hurry();
    }
    await expect(room.recordRoom.record.addressFaults.listToRaise()).resolves.toMatchObject([
      { case: id, official: 'qa-duty', code: 'smtp-550-5.1.1' },
    ]);
    room.office.mood.clear();
    await room.hurry();
    await statusIs(id, 'sent');
    await expect(room.recordRoom.record.addressFaults.listToRaise()).resolves.toEqual([]);
  });

  it('of safety that fail once are told to others at once, by other channels too, until they come through', async () => {
    room.office.mood.set('duty@mediator.example', '550 5.7.1 blocked');
    const { case: id } = await room.recordRoom.open();
    await room.recordRoom.pool.query(`update outbox set status = 'silenced' where case_id = $1`, [id]);
    await room.recordRoom.act('ru-official-1', id, { type: 'reportMedicalEmergency' });
    const started = Date.now();
    room.dispatcherAt();
    const owed = () =>
      eventually(async () => {
        const { rows } = await room.recordRoom.pool.query<object>(
          `select party, roles, safety from obligations
            where case_id = $1 and kind = 'pass-on-alarm' and subject = 'qa-duty'`,
          [id],
        );
        return rows[0];
      });
    expect(await owed()).toEqual({ party: 'qatar', roles: ['duty-officer', 'lead'], safety: true });
    expect(Date.now() - started).toBeLessThan(10_000);
    // Whoever else is of the mediator, and not the one whom it did not reach.
    const told = await eventually(() => {
      const found = room.office.received.filter(({ headers }) =>
        (headers.get('x-homeward-kinds') as string).includes('alarm-undelivered'),
      );
      return found.length === 5 ? found : undefined;
    });
    expect(told.map(({ to }) => [to].flat()[0]!.text)).not.toContain('duty@mediator.example');
    expect(await room.recordRoom.record.systemStatus()).toMatchObject({ safetyLettersUndelivered: 1 });
    room.office.mood.clear();
    await room.hurry();
    await eventually(async () => {
      const { rows } = await room.recordRoom.pool.query(
        `select from obligations where case_id = $1 and kind = 'pass-on-alarm'`,
        [id],
      );
      return rows.length === 0 ? true : undefined;
    });
    expect(await room.recordRoom.record.systemStatus()).toMatchObject({ safetyLettersUndelivered: 0 });
  });

  it('of safety that no worker takes in hand are seen, and told to the case, by whoever looks', async () => {
    const { case: id } = await room.recordRoom.open();
    await room.recordRoom.pool.query(`update outbox set status = 'silenced' where case_id = $1`, [id]);
    await room.recordRoom.act('ru-official-1', id, { type: 'reportMedicalEmergency' });
    await route(500);
    const { record } = room.recordRoom;
    await expect(record.unheardAlarms.list()).resolves.toEqual([]);
    await room.recordRoom.pool.query(
      `update letters set send_at = send_at - interval '31 seconds' where safety and official is not null`,
    );
    await expect(noteUnheardAlarms({ record, logger: quiet })).resolves.toBe(1);
    // Of all that could not be reached at once there is one word, not one for each of them.
    const { rows } = await room.recordRoom.pool.query<{ receivers: number }>(
      `select jsonb_array_length(event -> 'receivers') as receivers from events
        where case_id = $1 and type = 'AlarmUndelivered'`,
      [id],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.receivers).toBeGreaterThan(5);
    await expect(noteUnheardAlarms({ record, logger: quiet })).resolves.toBe(0);
  });

  it('wait while no server answers, and go out when it is back', async () => {
    const gone = await openPostOffice();
    await gone.stop();
    const id = await room.placeHold();
    room.dispatcherAt(gone.url);
    await eventually(async () =>
      (await room.lettersOf(id)).some(({ last_error_code: code }) => code !== null) ? true : undefined,
    );
    await room.restDispatchers();
    // One after the other is tried, not all of them worn out.
    expect((await room.lettersOf(id)).every(({ status }) => status === 'pending')).toBe(true);
    await room.hurry();
    room.dispatcherAt();
    await statusIs(id, 'sent');
    expect(addressesOf()).toEqual(meant);
  });

  it('survive a server that hangs up in the middle', async () => {
    room.office.mood.set('*', 'hang-up');
    const id = await room.placeHold();
    room.dispatcherAt();
    await eventually(async () =>
      (await room.lettersOf(id)).some(({ last_error_code: code }) => code !== null) ? true : undefined,
    );
    await room.restDispatchers();
    room.office.mood.clear();
    await room.hurry();
    room.dispatcherAt();
    await statusIs(id, 'sent');
    expect(addressesOf()).toEqual(meant);
  });

  it('are not held up for ever by a server that says nothing', async () => {
    const silence = await openSilence();
    const mailer = createMailer(silence.url);
    const started = Date.now();
    const delivery = await mailer.deliver(
      {
        from: 'homeward@mediator.example',
        to: 'lead@mediator.example',
        subject: 'x',
        text: 'x',
        html: 'x',
        messageId: '<x@mediator.example>',
        inReplyTo: '<r@mediator.example>',
        references: '<r@mediator.example>',
        headers: {},
      },
      'mail',
    );
    expect(delivery.delivery).toBe('unreachable');
    expect(Date.now() - started).toBeLessThan(15_000);
    mailer.close();
    silence.stop();
  });

  it('that concern a child’s safety go before all others', async () => {
    const { case: id } = await room.recordRoom.open();
    for (let hold = 1; hold <= 12; hold += 1) {
      await room.recordRoom.act('ru-official-1', id, {
        type: 'placeHold',
        hold: `h${hold}`,
        reason: 'legal',
      });
    }
    await room.recordRoom.act('ru-official-1', id, { type: 'reportMedicalEmergency' });
    await route(500);
    await sendFolded();
    room.dispatcherAt();
    await statusIs(id, 'sent');
    const urgent = room.office.received.map(({ subject }) =>
      /^(URGENT|ТЕРМІНОВО|СРОЧНО|عاجل)/.test(subject ?? ''),
    );
    const lastUrgent = urgent.lastIndexOf(true);
    expect(urgent.filter(Boolean).length).toBeGreaterThan(5);
    // They have connections of their own, so at most as many others go out meanwhile.
    expect(lastUrgent).toBeLessThan(2 * urgent.filter(Boolean).length + 4);
    // Three of the twelve holds one by one, the others in one letter each.
    expect(room.office.received.length - urgent.filter(Boolean).length).toBeLessThan(40);
  });

  it('are not sent any more once the obligation they remind of is met, though a letter stands ready', async () => {
    const { case: id } = await room.recordRoom.open();
    const dispatcher = room.dispatcherAt(undefined, { lookEveryMs: 3_600_000 });
    const owed = await eventually(async () => {
      const { rows } = await room.recordRoom.pool.query<{ id: string; obligation: string }>(
        `select id, obligation from outbox where case_id = $1 and obligation like 'acknowledge-case%'`,
        [id],
      );
      return rows[0];
    });
    // Deferred, as by quiet hours.
    await room.recordRoom.record.outbox.route(50, ({ notices, now }) => ({
      letters: notices.map((notice) => ({
        id: `${notice.id}:qa-lead`,
        kind: 'notice',
        mechanism_id: 'doha',
        party: 'qatar',
        official: 'qa-lead',
        safety: false,
        send_at: new Date(Date.parse(now) + 3_600_000).toISOString(),
      })),
      links: notices.map((notice) => ({
        notice_id: notice.id,
        receiver: 'qa-lead',
        letter_id: `${notice.id}:qa-lead`,
      })),
      nobody: [],
    }));
    await room.recordRoom.act('qa-officer-1', id, { type: 'acknowledgeCase' });
    await room.recordRoom.pool.query(
      `update outbox set status = 'silenced' where case_id = $1 and id <> $2 and status <> 'silenced'`,
      [id, owed.id],
    );
    await room.hurry();
    await dispatcher.dispatchDue();
    const { rows } = await room.recordRoom.pool.query('select status from outbox where id = $1', [owed.id]);
    expect(rows).toEqual([{ status: 'silenced' }]);
    expect(room.office.received).toHaveLength(0);
    expect((await letterTo(id, 'qa-lead'))?.status).toBe('silenced');
  });

  it('in hand when the worker stops are finished first', async () => {
    const id = await room.placeHold();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    room.office.onMail = () => held;
    const dispatcher = room.dispatcherAt();
    const inHand = await eventually(async () => {
      const letters = (await room.lettersOf(id)).filter(({ attempts }) => attempts === 1);
      return letters.length >= 4 ? letters : undefined;
    });
    const stopped = dispatcher.stop();
    release();
    await stopped;
    const sent = (await room.lettersOf(id)).filter(({ status }) => status === 'sent');
    expect(sent.map(({ id: letter }) => letter)).toEqual(
      expect.arrayContaining(inHand.map(({ id: letter }) => letter)),
    );
    expect(room.office.received).toHaveLength(sent.length);
    expect((await room.lettersOf(id)).every(({ status }) => ['sent', 'pending'].includes(status))).toBe(true);
  });
});

describe('a flood', () => {
  const holdsBy = async (official: string, id: CaseId, many: number) => {
    for (let hold = 1; hold <= many; hold += 1)
      await room.recordRoom.act(official, id, {
        type: 'placeHold',
        hold: `${official}-${hold}`,
        reason: 'legal',
      });
  };

  it('of holds by one official is a few letters; each hold is recorded, and another’s hold is told at once', async () => {
    const { case: id } = await room.recordRoom.open();
    await room.recordRoom.pool.query(`update outbox set status = 'silenced' where case_id = $1`, [id]);
    await holdsBy('ru-official-1', id, 30);
    await holdsBy('ru-official-2', id, 1);
    while ((await route(500)).routed > 0);
    const letters = (await room.lettersOf(id)).filter(({ official }) => official === 'qa-lead');
    const folded = letters.filter(({ id: letter }) => letter.includes(':many:'));
    expect([letters.length, folded.length]).toEqual([3 + 1 + 1, 1]);
    const { rows } = await room.recordRoom.pool.query<{ holds: number }>(
      `select count(*) as holds from events where case_id = $1 and type = 'HoldPlaced'`,
      [id],
    );
    expect(rows).toEqual([{ holds: 31 }]);
    await sendFolded();
    room.dispatcherAt();
    await statusIs(id, 'sent');
    const toLead = room.office.to('lead@mediator.example');
    expect(toLead).toHaveLength(5);
    const many = toLead.find(({ subject }) => subject?.includes('× 27'));
    for (let hold = 4; hold <= 30; hold += 1) expect(many?.text).toContain(`ru-official-1-${hold}`);
  });

  it('of one party’s doing keeps no emergency from going, nor the letters of others', async () => {
    const { case: flooded } = await room.recordRoom.open();
    const { case: other } = await room.recordRoom.open();
    await room.recordRoom.pool.query(`update outbox set status = 'silenced' where case_id = any ($1)`, [
      [flooded, other],
    ]);
    await room.recordRoom.act('ru-official-1', flooded, { type: 'placeHold', hold: 'h1', reason: 'legal' });
    await room.recordRoom.act('ua-official-1', other, { type: 'placeHold', hold: 'h1', reason: 'legal' });
    await room.recordRoom.act('ua-official-1', other, { type: 'reportMedicalEmergency' });
    await route(500);
    // Thousands of the one, all of them due before the others.
    await room.recordRoom.pool.query(
      `insert into letters (id, kind, mechanism_id, party, official, safety, send_at, next_attempt_at, cause)
       select id || ':' || n, kind, mechanism_id, party, official, safety, send_at, next_attempt_at - interval '1 hour', cause
         from letters, generate_series(1, 2000) as n where id like $1 || ':%' and official = 'qa-lead'`,
      [flooded],
    );
    const { letters } = room.recordRoom.record;
    const first = await letters.claim('first', 50, 60_000);
    expect(first.length).toBeGreaterThan(5);
    expect(first.every(({ id }) => id.startsWith(other))).toBe(true);
    const mail = await letters.claim('mail', 4, 60_000);
    const [ofFlood, ofOther] = [flooded, other].map((id) => mail.filter((each) => each.id.startsWith(id)));
    expect([ofFlood!.length, ofOther!.length]).toEqual([2, 2]);
  });

  it('of refused commands leaves a few rows, and each its own answer', async () => {
    const { case: id } = await room.recordRoom.open();
    for (let count = 0; count < 25; count += 1)
      await room.recordRoom.send('ru-official-1', id, { type: 'acceptFile' });
    const { rows } = await room.recordRoom.pool.query<{ refusals: number; answers: number }>(
      `select (select count(*) from refusals where case_id = $1) as refusals,
              (select count(*) from commands where case_id = $1 and status = 'refused') as answers`,
      [id],
    );
    expect(rows).toEqual([{ refusals: 20, answers: 25 }]);
  });
});

describe('the pause before a letter is tried again', () => {
  it('grows to an hour, for safety to a minute, and is never the same for all', () => {
    const chance = (): number => 0.5;
    expect([1, 2, 3, 20].map((attempts) => retryInMs(attempts, false, { chance }))).toEqual([
      5_000, 10_000, 20_000, 3_600_000,
    ]);
    expect(retryInMs(20, true, { chance })).toBe(60_000);
    expect([retryInMs(1, false, { chance: () => 0 }), retryInMs(1, false, { chance: () => 1 })]).toEqual([
      3_750, 6_250,
    ]);
  });
});
