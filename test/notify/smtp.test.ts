import { createMailer, mailConnections } from '../../src/notify/send/mailer';
import type { Mailer } from '../../src/notify/send/mailer';
import type { Mail } from '../../src/notify/compose/compose-mail';
import { previewMail } from '../../src/notify/compose/preview';
import { eventually } from '../workflows/support/process-room';
import { openDispatchRoom } from './support/dispatch-room';
import type { DispatchRoom } from './support/dispatch-room';
import { openPostOffice } from './support/post-office';
import type { PostOffice, PostOfficeRules } from './support/post-office';
import { certificateFor } from './support/receiving-system';

const account = { user: 'homeward', pass: 'pass word/:@' };
const certificate = certificateFor('localhost');
/** Not one of the names this machine has for itself: anybody may be on the way. */
const host = '127.0.0.2';
const mail: Mail = previewMail('reminder', 'uk');

describe('the mail server', () => {
  const open = new Set<PostOffice | Mailer>();
  afterEach(async () => {
    for (const each of open) if ('close' in each) each.close();
    for (const each of open) if ('stop' in each) await each.stop();
    open.clear();
  });
  const officeWith = async (rules: PostOfficeRules) => {
    const office = await openPostOffice(rules);
    open.add(office);
    return office;
  };
  const mailerFor = (url: string, trusted = { ca: certificate.cert }) => {
    const mailer = createMailer(url, trusted);
    open.add(mailer);
    return mailer;
  };
  const signIn = ({ user, pass } = account): string => `${user}:${encodeURIComponent(pass)}@`;

  it('is spoken to under TLS from the start, with a password', async () => {
    const office = await officeWith({ tls: { from: 'start', ...certificate }, account });
    const mailer = mailerFor(`smtps://${signIn()}localhost:${office.port}`);
    await expect(mailer.deliver(mail, 'mail')).resolves.toEqual({ delivery: 'accepted' });
    expect(office.received[0]!.messageId).toBe(mail.messageId);
  });

  it('is given no password and no letter before STARTTLS', async () => {
    const secure = await officeWith({ host, tls: { from: 'starttls', ...certificate }, account });
    const url = (port: number): string => `smtp://${signIn()}${host}:${port}`;
    const plain = await officeWith({ host, account });
    await expect(mailerFor(url(plain.port)).deliver(mail, 'mail')).resolves.toMatchObject({
      delivery: 'unreachable',
    });
    expect(plain.received).toEqual([]);
    // The certificate names localhost only, and that is checked too.
    await expect(mailerFor(url(secure.port)).deliver(mail, 'mail')).resolves.toMatchObject({
      delivery: 'unreachable',
    });
    expect(secure.received).toEqual([]);
  });

  it('is given both once STARTTLS has made the way safe', async () => {
    const own = certificateFor('mail.example', host);
    const office = await officeWith({ host, tls: { from: 'starttls', ...own }, account });
    const mailer = mailerFor(`smtp://${signIn()}${host}:${office.port}`, { ca: own.cert });
    await expect(mailer.deliver(mail, 'mail')).resolves.toEqual({ delivery: 'accepted' });
  });

  it('may be spoken to in the clear on this machine, and elsewhere only if the address says so', async () => {
    const office = await officeWith({});
    await expect(mailerFor(`smtp://127.0.0.1:${office.port}`).deliver(mail, 'mail')).resolves.toEqual({
      delivery: 'accepted',
    });
    const { url: elsewhere } = await officeWith({ host });
    await expect(mailerFor(elsewhere).deliver(mail, 'mail')).resolves.toMatchObject({
      delivery: 'unreachable',
    });
    await expect(mailerFor(`${elsewhere}?requireTLS=false`).deliver(mail, 'mail')).resolves.toEqual({
      delivery: 'accepted',
    });
  });

  it('that knows no such account is a fault of ours, not of the receiver’s address', async () => {
    const office = await officeWith({ tls: { from: 'start', ...certificate }, account });
    const mailer = mailerFor(`smtps://${signIn({ ...account, pass: 'wrong' })}localhost:${office.port}`);
    await expect(mailer.deliver(mail, 'mail')).resolves.toEqual({
      delivery: 'unreachable',
      code: 'smtp-535',
    });
  });

  it('with a certificate that nobody vouches for is not trusted', async () => {
    const office = await officeWith({ tls: { from: 'start', ...certificate } });
    const mailer = mailerFor(`smtps://localhost:${office.port}`, { ca: certificateFor('other').cert });
    await expect(mailer.deliver(mail, 'mail')).resolves.toMatchObject({ delivery: 'unreachable' });
    expect(office.received).toEqual([]);
  });

  it.each([
    [421, { delivery: 'unreachable', code: 'smtp-421' }],
    [450, { delivery: 'deferred', code: 'smtp-450', fault: 'passing' }],
    [550, { delivery: 'deferred', code: 'smtp-550', fault: 'passing', inTheEnd: 'address' }],
    ['550 5.1.1 <a@b> no such user', { delivery: 'refused', code: 'smtp-550-5.1.1' }],
    ['550 5.7.1 <a@b> blocked', { delivery: 'deferred', code: 'smtp-550-5.7.1', fault: 'ours' }],
    ['hang-up', { delivery: 'unreachable' }],
  ] as const)('that answers %s is understood, and its words are not kept', async (mood, delivery) => {
    const office = await officeWith({});
    office.mood.set('*', mood);
    const answer = await mailerFor(office.url).deliver(mail, 'mail');
    expect(answer).toMatchObject(delivery);
    expect(JSON.stringify(answer)).not.toContain('@');
  });
});

describe('a letter refused once it is handed over', () => {
  it('is our letter’s fault, not its receiver’s', async () => {
    const office = await openPostOffice();
    const mailer = createMailer(office.url);
    office.dataMood = '554 Transaction failed';
    await expect(mailer.deliver(mail, 'alarm')).resolves.toMatchObject({
      delivery: 'deferred',
      code: 'smtp-554',
      fault: 'ours',
    });
    office.dataMood = '550 5.1.1 no such user after all';
    await expect(mailer.deliver(mail, 'alarm')).resolves.toMatchObject({ delivery: 'refused' });
    mailer.close();
    await office.stop();
  });
});

describe('mail to a domain in letters of its own', () => {
  it.each(['decider@мвс.укр', 'decider@xn--b1ajbvcgk.xn--p1ai'])('is really sent: %s', async (to) => {
    const office = await openPostOffice();
    const mailer = createMailer(office.url);
    await expect(mailer.deliver({ ...mail, to }, 'mail')).resolves.toEqual({ delivery: 'accepted' });
    expect(office.received).toHaveLength(1);
    mailer.close();
    await office.stop();
  });
});

describe('letters and the mail server', () => {
  let room: DispatchRoom;
  beforeAll(async () => {
    room = await openDispatchRoom();
    await room.change({ digest: 'at-once', quietHours: 'none' });
  });
  beforeEach(() => room.clear());
  afterEach(() => room.restDispatchers());
  afterAll(() => room.close());
  const allSent = (id: string) =>
    eventually(async () => {
      const letters = await room.lettersOf(id);
      return letters.length === 7 && letters.every(({ status }) => status === 'sent') ? true : undefined;
    });

  it('that takes a mail and hangs up gets it twice, with one Message-ID to drop the second by', async () => {
    room.office.dropsAfterData = true;
    const id = await room.placeHold();
    const dispatcher = room.dispatcherAt();
    await eventually(() => (room.office.received.length > 0 ? true : undefined));
    await dispatcher.stop();
    room.office.dropsAfterData = false;
    await room.hurry();
    room.dispatcherAt();
    await allSent(id);
    expect(room.office.received.length).toBeGreaterThan(7);
    expect(new Set(room.office.received.map(({ messageId }) => messageId)).size).toBe(7);
  });

  it('are sent once in the end when workers die at every step', async () => {
    const ids = await Promise.all([1, 2, 3].map(room.placeHold));
    const { record } = room.recordRoom;
    // Dies before the routing is kept.
    await record.outbox.route(500, () => Promise.reject(new Error('killed'))).catch(() => undefined);
    room.dispatcherAt(undefined, { lookEveryMs: 3_600_000 });
    await eventually(async () => ((await room.lettersOf(ids[0]!)).length > 0 ? true : undefined));
    await room.restDispatchers();
    // Dies with letters in hand, before they are out.
    const abandoned = await record.letters.claim('mail', 6, 300);
    // Dies after they are out, before that is kept: told again, under the same id.
    room.dispatcherAt(undefined, {
      letters: { ...record.letters, markSent: () => Promise.reject(new Error('killed')) },
      lookEveryMs: 50,
    });
    await eventually(() => (room.office.received.length > 0 ? true : undefined));
    await room.restDispatchers();
    await room.recordRoom.pool.query(
      `update letters set next_attempt_at = clock_timestamp(), leased_until = null where status = 'pending'`,
    );
    room.dispatcherAt();
    for (const id of ids) await allSent(id);
    expect(abandoned.length).toBeGreaterThanOrEqual(0);
    expect(new Set(room.office.received.map(({ messageId }) => messageId)).size).toBe(21);
    for (const id of ids) expect(await room.noticesOf(id)).toEqual(['sent', 'sent']);
  });

  it('of safety go out while every other connection hangs', async () => {
    room.office.mood.set('lead@mediator.example', 'silence');
    room.office.mood.set('officer-1@mediator.example', 'silence');
    for (let count = 0; count < mailConnections; count += 1) await room.placeHold();
    room.dispatcherAt();
    await eventually(() => (room.office.received.length > 0 ? true : undefined));
    const { case: id } = await room.recordRoom.open();
    await room.recordRoom.act('ru-official-1', id, { type: 'reportMedicalEmergency' });
    const alarm = await eventually(() =>
      room.office.to('duty@mediator.example').find(({ subject }) => subject?.includes('عاجل')),
    );
    expect(alarm.headers.get('priority')).toBe('high');
    // Those that hang are given up by the test, not waited for.
    await room.office.stop();
  }, 60_000);
});

describe('five thousand notices in one minute', () => {
  it('are letters within seconds', async () => {
    const room = await openDispatchRoom();
    const id = await room.placeHold();
    await room.recordRoom.pool.query(
      `insert into outbox (id, case_id, version, notice, party, roles, safety, obligation, created_at, next_attempt_at)
       select id || ':' || n, case_id, version, notice, party, roles, safety, obligation, created_at, next_attempt_at
         from outbox, generate_series(1, 2500) as n where case_id = $1 and notice ->> 'kind' = 'hold-placed'`,
      [id],
    );
    const started = Date.now();
    await room.dispatcherAt(undefined, { lookEveryMs: 3_600_000 }).dispatchDue();
    const took = Date.now() - started;
    const { rows } = await room.recordRoom.pool.query<{ letters: number; links: number }>(
      'select (select count(*) from letters) as letters, (select count(*) from letter_notices) as links',
    );
    expect(rows).toEqual([{ letters: 7, links: 2_501 * 7 }]);
    // Measured at about a second on an idle machine; the limit only catches what grows with the square.
    expect(took).toBeLessThan(30_000);
    await room.close();
  });
});
