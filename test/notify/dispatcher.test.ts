import { startDispatcher } from '../../src/notify/dispatcher';
import type { Dispatcher } from '../../src/notify/dispatcher';
import { createMailer } from '../../src/notify/mailer';
import { giveUpAfter, retryInMs } from '../../src/notify/retry';
import type { CaseId } from '../../src/domain/ids';
import { openRecordRoom } from '../register/support/record-room';
import type { RecordRoom } from '../register/support/record-room';
import { eventually, quiet } from '../workflows/support/process-room';
import { openPostOffice, openSilence } from './support/post-office';
import type { PostOffice } from './support/post-office';

describe('mails out of the outbox', () => {
  let room: RecordRoom;
  let office: PostOffice;
  const running = new Set<Dispatcher>();
  beforeAll(async () => {
    room = await openRecordRoom();
  });
  beforeEach(async () => {
    office = await openPostOffice();
    await room.pool.query(`update outbox set status = 'silenced' where status = 'pending'`);
  });
  afterEach(async () => {
    await Promise.all([...running].map((dispatcher) => dispatcher.stop()));
    running.clear();
    await office.stop();
  });
  afterAll(() => room.close());

  const dispatcherAt = (smtpUrl = office.url): Dispatcher => {
    const dispatcher = startDispatcher({
      outbox: room.register.outbox,
      mailer: createMailer(smtpUrl),
      findMechanism: room.register.findMechanism,
      frame: { from: 'Homeward <homeward@mediator.example>', publicUrl: 'https://homeward.example' },
      logger: quiet,
      lookEveryMs: 50,
    });
    running.add(dispatcher);
    return dispatcher;
  };
  /** A hold by the holding side tells the mediator’s four and the requesting side’s three officials. */
  const placeHold = async (): Promise<CaseId> => {
    const { case: id } = await room.open();
    await room.act('ru-official-1', id, { type: 'placeHold', hold: 'h1', reason: 'safety' });
    return id;
  };
  const rowsOf = async (id: CaseId) => {
    const { rows } = await room.pool.query<{
      party: string;
      status: string;
      attempts: number;
      sent_to: string[];
      last_error_code: string | null;
    }>(
      'select party, status, attempts, sent_to, last_error_code from outbox where case_id = $1 order by party',
      [id],
    );
    return rows;
  };
  const rowOf = async (id: CaseId, party: string) => (await rowsOf(id)).find((row) => row.party === party)!;
  /** As if the time until the next attempt had passed. */
  const hurry = (id: CaseId) =>
    room.pool.query(
      `update outbox set next_attempt_at = clock_timestamp() where case_id = $1 and status = 'pending'`,
      [id],
    );
  /** Tried so often, and in nobody's hands: a lease lasts longer than the pause before the next attempt. */
  const areResting = async (id: CaseId, attempts: number): Promise<boolean> => {
    const { rows } = await room.pool.query<{ resting: boolean }>(
      `select bool_and(attempts = $2 and next_attempt_at < clock_timestamp() + interval '1 minute') as resting
         from outbox where case_id = $1`,
      [id, attempts],
    );
    return rows[0]!.resting;
  };
  const statusIs = (id: CaseId, status: string) =>
    eventually(async () => ((await rowsOf(id)).every((row) => row.status === status) ? true : undefined));

  it('go to every official meant, one mail each, and to nobody else', async () => {
    const id = await placeHold();
    dispatcherAt();
    await statusIs(id, 'sent');
    const receivers = office.received.map(({ to }) => [to].flat().map((each) => each?.text)[0]).sort();
    expect(receivers).toEqual(
      [
        'decider@requesting.example',
        'duty@mediator.example',
        'lead@mediator.example',
        'official-1@requesting.example',
        'official-2@requesting.example',
        'officer-1@mediator.example',
        'officer-2@mediator.example',
      ].sort(),
    );
    expect(new Set(office.received.map(({ messageId }) => messageId)).size).toBe(7);
    expect(office.received.every(({ subject }) => subject?.includes(`[${id}]`))).toBe(true);
  });

  it('are sent once, though three dispatchers and a flush look at once', async () => {
    const ids = await Promise.all([1, 2, 3, 4].map(placeHold));
    const dispatchers = [dispatcherAt(), dispatcherAt(), dispatcherAt()];
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.dispatchDue()));
    for (const id of ids) await statusIs(id, 'sent');
    expect(office.received).toHaveLength(28);
    expect(new Set(office.received.map(({ messageId }) => messageId)).size).toBe(28);
  });

  it('put off by the server (4xx) are tried again, and whoever has theirs is not written to twice', async () => {
    office.mood.set('lead@mediator.example', 451);
    const id = await placeHold();
    dispatcherAt();
    const waiting = await eventually(async () => {
      const row = await rowOf(id, 'qatar');
      return row.last_error_code === null ? undefined : row;
    });
    expect(waiting).toMatchObject({ status: 'pending', last_error_code: 'smtp-451' });
    expect(waiting.sent_to.sort()).toEqual(['qa-duty', 'qa-officer-1', 'qa-officer-2']);
    office.mood.clear();
    await hurry(id);
    await statusIs(id, 'sent');
    expect(office.to('lead@mediator.example')).toHaveLength(1);
    expect(office.to('officer-1@mediator.example')).toHaveLength(1);
  });

  it('refused for good (5xx) are given up after some attempts, and the reason stays without the address', async () => {
    office.mood.set('*', 550);
    const id = await placeHold();
    dispatcherAt();
    for (let attempt = 1; attempt < giveUpAfter; attempt += 1) {
      await eventually(async () => ((await areResting(id, attempt)) ? true : undefined));
      expect((await rowsOf(id)).map(({ status }) => status)).toEqual(['pending', 'pending']);
      await hurry(id);
    }
    await statusIs(id, 'dead');
    expect((await rowsOf(id)).map(({ last_error_code: code }) => code)).toEqual(['smtp-550', 'smtp-550']);
  });

  it('wait while no server answers, and go out when it is back', async () => {
    const gone = await openPostOffice();
    await gone.stop();
    const id = await placeHold();
    const waiting = dispatcherAt(gone.url);
    await eventually(async () => ((await areResting(id, 1)) ? true : undefined));
    expect((await rowsOf(id)).every(({ status }) => status === 'pending')).toBe(true);
    await waiting.stop();
    running.delete(waiting);
    await hurry(id);
    dispatcherAt();
    await statusIs(id, 'sent');
    expect(office.received).toHaveLength(7);
  });

  it('survive a server that hangs up in the middle', async () => {
    office.mood.set('*', 'hang-up');
    const id = await placeHold();
    dispatcherAt();
    await eventually(async () => ((await areResting(id, 1)) ? true : undefined));
    office.mood.clear();
    await hurry(id);
    await statusIs(id, 'sent');
    expect(office.received).toHaveLength(7);
  });

  it('are not held up for ever by a server that says nothing', async () => {
    const silence = await openSilence();
    const mailer = createMailer(silence.url);
    const started = Date.now();
    const delivery = await mailer.deliver({
      from: 'homeward@mediator.example',
      to: 'lead@mediator.example',
      subject: 'x',
      text: 'x',
      messageId: '<x@mediator.example>',
      headers: {},
    });
    expect(delivery.delivery).toBe('deferred');
    expect(Date.now() - started).toBeLessThan(15_000);
    mailer.close();
    silence.stop();
  });

  it('that concern a child’s safety go before all others', async () => {
    const { case: id } = await room.open();
    for (let hold = 1; hold <= 12; hold += 1) {
      await room.act('ru-official-1', id, { type: 'placeHold', hold: `h${hold}`, reason: 'legal' });
    }
    await room.act('ru-official-1', id, { type: 'reportMedicalEmergency' });
    const dispatcher = dispatcherAt();
    await statusIs(id, 'sent');
    await dispatcher.stop();
    const urgent = office.received.map(({ subject }) =>
      /^(URGENT|ТЕРМІНОВО|СРОЧНО|عاجل)/.test(subject ?? ''),
    );
    const lastUrgent = urgent.lastIndexOf(true);
    expect(urgent.filter(Boolean).length).toBeGreaterThan(5);
    // The first batch holds all of them, and goes out side by side with a few others; the rest comes after.
    expect(lastUrgent).toBeLessThan(35);
    expect(office.received.length).toBeGreaterThan(90);
  });

  it('are not sent any more once the obligation they remind of is met', async () => {
    const { case: id } = await room.open();
    await room.pool.query(
      `insert into outbox (id, case_id, version, notice, party, roles, safety, obligation, created_at, next_attempt_at)
       select $1 || ':x:1', $1, 1, $2, 'qatar', '{lead}', false, key, clock_timestamp(), clock_timestamp() + interval '1 hour'
         from obligations where case_id = $1 and kind = 'acknowledge-case'`,
      [
        id,
        JSON.stringify({
          key: `${id}:x:1`,
          kind: 'reminder',
          party: 'qatar',
          roles: ['lead'],
          safety: false,
          facts: { obligation: 'acknowledge-case' },
        }),
      ],
    );
    await room.act('qa-officer-1', id, { type: 'acknowledgeCase' });
    await hurry(id);
    await dispatcherAt().dispatchDue();
    expect((await rowsOf(id)).map(({ status }) => status)).toEqual(['silenced']);
    expect(office.received).toHaveLength(0);
  });

  it('in hand when the worker stops are finished first', async () => {
    const id = await placeHold();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    office.onMail = () => held;
    const dispatcher = dispatcherAt();
    await eventually(async () =>
      (await rowsOf(id)).every(({ attempts }) => attempts === 1) ? true : undefined,
    );
    const stopped = dispatcher.stop();
    release();
    await stopped;
    await statusIs(id, 'sent');
    expect(office.received).toHaveLength(7);
  });
});

describe('the pause before a mail is tried again', () => {
  it('grows to an hour, for safety to a minute, and is never the same for all', () => {
    const even = (): number => 0.5;
    expect([1, 2, 3, 20].map((attempts) => retryInMs(attempts, false, even))).toEqual([
      5_000, 10_000, 20_000, 3_600_000,
    ]);
    expect(retryInMs(20, true, even)).toBe(60_000);
    expect([retryInMs(1, false, () => 0), retryInMs(1, false, () => 1)]).toEqual([3_750, 6_250]);
  });
});
