import type { NewLetter, PlanRouting } from '../../src/contracts/letters';
import type { CaseId } from '../../src/domain/model/ids';
import { openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

let room: RecordRoom;
beforeEach(async () => {
  room = await openRecordRoom();
});
afterEach(() => room.close());

const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();
/** A notice to the mediator about a new case. */
const aNotice = async (): Promise<CaseId> => {
  const { case: id } = await room.open();
  await room.pool.query(
    `update outbox set status = 'silenced' where case_id = $1 and id <> (select min(id) from outbox where case_id = $1)`,
    [id],
  );
  return id;
};
const digestOf = (official: string, at: string, change: Partial<NewLetter> = {}): NewLetter => ({
  id: `digest:doha:${official}:${at}`,
  kind: 'digest',
  mechanism_id: 'doha',
  party: 'qatar',
  official,
  safety: false,
  send_at: at,
  ...change,
});
const into =
  (...letters: NewLetter[]): PlanRouting =>
  ({ notices }) => ({
    letters,
    links: letters.flatMap(({ id, official, party }) =>
      notices.map((notice) => ({
        notice_id: notice.id,
        receiver: official ?? `webhook:${party}`,
        letter_id: id,
      })),
    ),
    nobody: [],
  });
const route = (...letters: NewLetter[]) => room.record.outbox.route(100, into(...letters));
const rowOf = async (id: string) =>
  (await room.pool.query<Record<string, unknown>>('select * from letters where id = $1', [id])).rows[0]!;
const noticeStatuses = async () =>
  (
    await room.pool.query<{ status: string }>(
      `select status from outbox where status <> 'silenced' order by status`,
    )
  ).rows.map(({ status }) => status);
const address = 'lead@mediator.example';
/** Tried once and given up. */
const giveUp = async (letter: NewLetter, code = 'smtp-550') => {
  await aNotice();
  await route(letter);
  const lane = letter.kind === 'webhook' ? 'webhook' : 'mail';
  const [held] = await room.record.letters.claim(lane, 1, 60_000);
  await room.record.letters.markFailed(held!, { code, fault: 'address', address });
};

describe('letters', () => {
  it('are handed to one dispatcher only, and given back when that one died', async () => {
    await aNotice();
    await route(digestOf('qa-lead', inMs(-5)));
    const { letters } = room.another().record;
    const claims = await Promise.all(Array.from({ length: 6 }, () => letters.claim('mail', 4, 80)));
    expect(claims.flat()).toHaveLength(1);
    await expect(letters.claim('mail', 4, 80)).resolves.toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await expect(letters.claim('mail', 4, 80)).resolves.toMatchObject([{ attempts: 2 }]);
  });

  it('that were sent have told their notices, and are never taken again', async () => {
    await aNotice();
    await route(digestOf('qa-lead', inMs(-5)), digestOf('qa-duty', inMs(-5)));
    const [first, second] = await room.record.letters.claim('mail', 4, 60_000);
    const shown = first!.notices.map(({ id }) => id);
    await room.record.letters.markSent(first!, { shown, address });
    // The other one still owes it.
    await expect(noticeStatuses()).resolves.toEqual(['routed']);
    await room.record.letters.markSent(second!, { shown, address });
    await expect(noticeStatuses()).resolves.toEqual(['sent']);
    // One who took too long and comes back changes nothing.
    await room.record.letters.markFailed(first!, { code: 'too-late', fault: 'address', address });
    await expect(rowOf(first!.id)).resolves.toMatchObject({ status: 'sent', address });
  });

  it('say what has not been met meanwhile, and nothing else', async () => {
    const id = await aNotice();
    const other = await aNotice();
    const { id: letter } = digestOf('qa-lead', inMs(-5));
    await route(digestOf('qa-lead', inMs(-5), { id: letter }));
    await room.pool.query(`update outbox set status = 'silenced' where case_id = $1`, [id]);
    const [held] = await room.record.letters.claim('mail', 4, 60_000);
    expect(held!.notices.map((notice) => notice.case)).toEqual([other]);
    await room.record.letters.markSent(held!, { shown: held!.notices.map((notice) => notice.id), address });
    const { rowCount } = await room.pool.query('select from letter_notices where letter_id = $1', [letter]);
    expect(rowCount).toBe(1);
  });

  it('of one official that were missed become the newest of them', async () => {
    const days = [-3, -2, -1].map((day) => inMs(day * 86_400_000));
    for (const at of days) {
      await aNotice();
      await route(digestOf('qa-lead', at));
    }
    await aNotice();
    await route(digestOf('qa-duty', days[0]!), digestOf('qa-lead', inMs(3_600_000)));
    const claimed = await room.record.letters.claim('mail', 10, 60_000);
    expect(claimed.map(({ id, notices }) => [id, notices.length]).sort()).toEqual([
      [`digest:doha:qa-duty:${days[0]}`, 1],
      [`digest:doha:qa-lead:${days[2]}`, 3],
    ]);
    await expect(room.record.letters.claim('mail', 10, 60_000)).resolves.toEqual([]);
  });

  it('that were tried once take over nothing: a receiver that has them would drop the second', async () => {
    await aNotice();
    await route(digestOf('qa-lead', inMs(-1_000)));
    const [tried] = await room.record.letters.claim('mail', 1, 60_000);
    await room.record.letters.markFailed(tried!, { code: 'x', fault: 'passing', address, retryInMs: 0 });
    await aNotice();
    await route(digestOf('qa-lead', inMs(-86_400_000)));
    const claimed = await room.record.letters.claim('mail', 10, 60_000);
    expect(claimed.map(({ notices }) => notices.length)).toEqual([1, 1]);
  });

  it('to one who left are routed anew, and nobody who has the notice gets it twice', async () => {
    await aNotice();
    await route(digestOf('qa-lead', inMs(-5)), digestOf('qa-duty', inMs(-5)));
    const [duty, lead] = (await room.record.letters.claim('mail', 4, 60_000)).sort((a, b) =>
      a.id < b.id ? -1 : 1,
    );
    await room.record.letters.markSent(duty!, { shown: duty!.notices.map(({ id }) => id), address });
    await room.record.letters.readdress(lead!);
    await expect(noticeStatuses()).resolves.toEqual(['pending']);
    const told: string[][] = [];
    await room.record.outbox.route(10, (batch) => {
      told.push(...batch.notices.map((notice) => [...notice.told].sort()));
      return { letters: [], links: [], nobody: [] };
    });
    expect(told).toEqual([['qa-duty']]);
    // Nobody is left who lacks it.
    await expect(noticeStatuses()).resolves.toEqual(['sent']);
  });

  it('to one who left lose nobody else’s, though theirs is taken in hand before the notice is routed again', async () => {
    await aNotice();
    await route(digestOf('qa-lead', inMs(-5)), digestOf('qa-duty', inMs(-5)));
    const [lead] = (await room.record.letters.claim('mail', 4, 0)).filter(
      ({ official }) => official === 'qa-lead',
    );
    await room.record.letters.readdress(lead!);
    // The notice waits for its router; this letter has nothing to say that is not to be said anew.
    const [duty] = await room.record.letters.claim('mail', 4, 60_000);
    expect([duty!.official, duty!.notices]).toEqual(['qa-duty', []]);
    await room.record.letters.markSilenced(duty!);
    const told: string[][] = [];
    await room.record.outbox.route(10, (batch) => {
      told.push(...batch.notices.map((notice) => [...notice.told]));
      return into(digestOf('qa-duty', inMs(-1)))(batch);
    });
    expect(told).toEqual([[]]);
    const [again] = await room.record.letters.claim('mail', 4, 60_000);
    expect(again).toMatchObject({ official: 'qa-duty', notices: [expect.anything()] });
    await expect(noticeStatuses()).resolves.toEqual(['routed']);
  });

  it('that may be out stay so, whatever becomes of later attempts', async () => {
    await aNotice();
    await route(digestOf('qa-lead', inMs(-50)));
    const [first] = await room.record.letters.claim('mail', 1, 60_000);
    expect(first!.mayBeOut).toBe(false);
    const failed = { code: 'ECONNECTION', address, retryInMs: 0, fault: 'passing' } as const;
    await room.record.letters.markFailed(first!, { ...failed, mayBeOut: true });
    const [second] = await room.record.letters.claim('mail', 1, 0);
    expect(second!.mayBeOut).toBe(true);
    // Its worker died with it; the next one knows all the same.
    const [third] = await room.record.letters.claim('mail', 1, 60_000);
    expect(third!.mayBeOut).toBe(true);
  });

  it('that went from one to another come back, when the first is here again and the other is not', async () => {
    await aNotice();
    const slot = inMs(-5);
    const claimOne = async () => (await room.record.letters.claim('mail', 1, 60_000))[0]!;
    for (const official of ['qa-lead', 'qa-duty']) {
      await route(digestOf(official, slot));
      await room.record.letters.readdress(await claimOne());
    }
    await route(digestOf('qa-lead', slot));
    const again = await claimOne();
    expect(again).toMatchObject({ official: 'qa-lead', notices: [{}] });
    await expect(noticeStatuses()).resolves.toEqual(['routed']);
  });

  it('to one system are no other system’s business', async () => {
    await aNotice();
    const webhook = (party: string): NewLetter =>
      digestOf('x', inMs(-5), { id: `w:${party}`, kind: 'webhook', official: null, party });
    await route(webhook('qatar'), webhook('ukraine'));
    const { webhook: due } = await room.record.letters.look();
    expect(due).toHaveLength(2);
    const claimed = await room.record.letters.claim('webhook', 9, 60_000, {
      mechanism: 'doha',
      party: 'ukraine',
    });
    expect(claimed.map(({ id }) => id)).toEqual(['w:ukraine']);
  });
});

describe('letters given up', () => {
  it('are seen with code, receiver and cases, and counted by party', async () => {
    await giveUp(digestOf('qa-lead', inMs(-5)));
    const { items } = await room.record.deadLetters.list({ limit: 10 });
    expect(items).toMatchObject([
      { kind: 'digest', party: 'qatar', official: 'qa-lead', code: 'smtp-550', attempts: 1 },
    ]);
    expect(items[0]!.cases).toHaveLength(1);
    await expect(room.record.deadLetters.count()).resolves.toEqual([
      { mechanism: 'doha', party: 'qatar', dead: 1 },
    ]);
  });

  it('come in pages', async () => {
    for (const at of [-30, -20, -10]) await giveUp(digestOf('qa-lead', inMs(at)));
    const first = await room.record.deadLetters.list({ limit: 2 });
    const rest = await room.record.deadLetters.list({ limit: 2, cursor: first.next! });
    expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(3);
    expect(rest.next).toBeUndefined();
  });

  it('go again when an operator says so, one or all, and it is kept who', async () => {
    const letter = digestOf('qa-lead', inMs(-5));
    await giveUp(letter);
    await giveUp(digestOf('qa-duty', inMs(-5)));
    await expect(room.record.deadLetters.resend([letter.id, 'unknown'], 'ops-1')).resolves.toBe(1);
    await expect(rowOf(letter.id)).resolves.toMatchObject({
      status: 'pending',
      attempts: 0,
      resent_by: 'ops-1',
    });
    await expect(room.record.deadLetters.resend('all', 'ops-1')).resolves.toBe(1);
    await expect(room.record.letters.claim('mail', 9, 60_000)).resolves.toHaveLength(2);
  });

  it('for want of anybody to write to are tried when there is a newer mechanism', async () => {
    await aNotice();
    await room.record.outbox.route(10, ({ notices }) => ({
      letters: [],
      links: [],
      nobody: notices.map(({ id }) => id),
    }));
    const { items } = await room.record.deadLetters.list({ limit: 10 });
    expect(items).toMatchObject([{ kind: 'unaddressed', code: 'nobody-to-write-to', official: null }]);
    await expect(room.record.deadLetters.reviveMended()).resolves.toBe(0);
    await room.record.saveMechanism({ ...room.mechanism, version: 99 });
    await expect(room.record.deadLetters.reviveMended()).resolves.toBe(1);
    await expect(noticeStatuses()).resolves.toEqual(['pending']);
  });
});

describe('an address that letters do not reach', () => {
  const raise = async () => {
    const [fault] = await room.record.addressFaults.listToRaise();
    const { case: id, party, official, channel, code } = fault!;
    await room.act({ system: 'upkeep' }, id, {
      type: 'noteAddressFault',
      party,
      ...(official === undefined ? {} : { official }),
      channel,
      code,
    });
    return fault!;
  };
  const withAddress = (email: string) =>
    room.record.saveMechanism({
      ...room.mechanism,
      version: 99,
      officials: room.mechanism.officials.map((each) => (each.id === 'qa-lead' ? { ...each, email } : each)),
    });

  it('is raised once, in an open case in which it mattered', async () => {
    await giveUp(digestOf('qa-lead', inMs(-50)));
    await giveUp(digestOf('qa-lead', inMs(-40)), 'smtp-551');
    const faults = await room.record.addressFaults.listToRaise();
    expect(faults).toMatchObject([
      { party: 'qatar', official: 'qa-lead', channel: 'mail', code: 'smtp-551' },
    ]);
    await raise();
    await expect(room.record.addressFaults.listToRaise()).resolves.toEqual([]);
    await expect(room.record.addressFaults.listMended()).resolves.toEqual([]);
  });

  it('is mended by another address in the newest mechanism, and what was dead goes there', async () => {
    await giveUp(digestOf('qa-lead', inMs(-50)));
    const { case: id } = await raise();
    await withAddress('another@mediator.example');
    const mended = await room.record.addressFaults.listMended();
    expect(mended).toEqual([{ case: id, party: 'qatar', official: 'qa-lead' }]);
    await room.act({ system: 'upkeep' }, id, {
      type: 'noteAddressMended',
      party: 'qatar',
      official: 'qa-lead',
    });
    await expect(room.record.deadLetters.reviveMended()).resolves.toBe(1);
    await expect(room.record.addressFaults.listToRaise()).resolves.toEqual([]);
    await expect(room.record.addressFaults.listMended()).resolves.toEqual([]);
  });

  it('is mended when a later letter comes through', async () => {
    await giveUp(digestOf('qa-lead', inMs(-50)));
    const { case: id } = await raise();
    await aNotice();
    await route(digestOf('qa-lead', inMs(-5)));
    const [held] = await room.record.letters.claim('mail', 1, 60_000);
    await room.record.letters.markSent(held!, {
      shown: held!.notices.map((notice) => notice.id),
      address,
    });
    await expect(room.record.addressFaults.listMended()).resolves.toMatchObject([{ case: id }]);
  });

  it('is tried again when the mediator says it is mended, and raised again when that was wrong', async () => {
    await giveUp(digestOf('qa-lead', inMs(-50)));
    const { case: id } = await raise();
    await room.act('qa-officer-1', id, { type: 'mendAddress', party: 'qatar', official: 'qa-lead' });
    await expect(room.record.addressFaults.listToRaise()).resolves.toEqual([]);
    await expect(room.record.deadLetters.reviveMended()).resolves.toBe(1);
    const [held] = await room.record.letters.claim('mail', 1, 60_000);
    await room.record.letters.markFailed(held!, { code: 'smtp-550', fault: 'address', address });
    await expect(room.record.addressFaults.listToRaise()).resolves.toHaveLength(1);
  });

  it('of somebody who left is no fault: others are written to', async () => {
    await giveUp(digestOf('qa-lead', inMs(-50)));
    await room.record.saveMechanism({
      ...room.mechanism,
      version: 99,
      officials: room.mechanism.officials.map((each) =>
        each.id === 'qa-lead' ? { ...each, active: false, replacedBy: 'qa-duty' } : each,
      ),
    });
    await expect(room.record.addressFaults.listToRaise()).resolves.toEqual([]);
    await expect(room.record.deadLetters.reviveMended()).resolves.toBe(1);
  });
});
