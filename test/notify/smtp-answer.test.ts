import { faultOf } from '../../src/notify/send/delivery';
import type { Failure } from '../../src/notify/send/delivery';
import { nextTryInMs } from '../../src/notify/send/retry';
import { readSmtpAnswer } from '../../src/notify/send/smtp-answer';

const answered = (response: string, command = 'RCPT TO') =>
  readSmtpAnswer({ responseCode: Number(response.slice(0, 3)), response, command });

describe('what a mail server says when it does not take a letter', () => {
  it.each([
    ['550 5.1.1 <official@side.example>: no such user'],
    ['550-5.1.1 The email account that you tried to reach does not exist.\n550 5.1.1 try again'],
    ['550 5.1.2 no such domain'],
    ['553 5.1.3 that is no address'],
    ['550 5.1.6 has moved'],
    ['556 5.1.10 the domain takes no mail'],
    ['550 User unknown'],
    ['550 No such user here'],
    ['551 user not local'],
  ])('is the address only where nobody is there: %s', (response) => {
    expect(answered(response)).toMatchObject({ fault: 'address', address: 'certain' });
  });

  it.each([
    ['550 5.7.1 Service unavailable, client host blocked'],
    ['550 5.7.23 SPF validation failed'],
    ['550 5.7.26 unauthenticated: DKIM'],
    ['530 5.7.0 authentication required'],
    ['554 5.3.4 message too big for system'],
    ['554 5.4.4 unable to route'],
    ['554 5.4.6 routing loop'],
    ['554 5.5.1 bad sequence'],
    ['554 5.6.0 content'],
    ['550 5.1.8 sender’s domain does not resolve'],
    ['552 5.2.3 message too long'],
    ['550 rejected: listed in a DNSBL'],
    ['554 relaying denied'],
    ['554 no'],
    ['501 what?'],
  ])('is ours where it refuses our server, our name or our letter: %s', (response) => {
    expect(answered(response)).toMatchObject({ fault: 'ours', inTheEnd: 'ours' });
  });

  it.each([
    ['450 4.2.0 greylisted'],
    ['451 4.7.1 try again in 60 seconds'],
    ['452 4.5.3 too many'],
    ['450 4.1.2 domain not found just now'],
    ['450 5.1.1 says both, and 450 counts'],
    ['550 4.2.2 says both, and is for later'],
    ['552 5.2.2 mailbox full'],
    ['550 5.2.1 disabled'],
    ['552 quota exceeded'],
  ])('passes: %s', (response) => {
    expect(answered(response)).toMatchObject({ fault: 'passing' });
  });

  it('that says 550 and no more is doubted for a day, and then the address', () => {
    const bare = answered('550 Requested action not taken: mailbox unavailable');
    expect(bare).toEqual({ fault: 'passing', inTheEnd: 'address', address: 'likely', code: 'smtp-550' });
    const doubted: Failure = {
      delivery: 'deferred',
      code: 'smtp-550',
      fault: 'passing',
      inTheEnd: 'address',
      isLikelyWrong: true,
    };
    const tried = (waitedMs: number) => nextTryInMs(doubted, { attempts: 30, safety: false, waitedMs });
    expect(tried(86_000_000)).toBeGreaterThan(0);
    expect(tried(86_500_000)).toBeUndefined();
    expect([faultOf(doubted, false), faultOf(doubted, true)]).toEqual(['passing', 'address']);
  });

  it('of anything but the receiver’s name is not about the receiver', () => {
    expect(answered('550 no', 'DATA')).toMatchObject({ fault: 'ours' });
    expect(answered('550 user unknown', 'MAIL FROM')).toMatchObject({ fault: 'ours' });
  });

  it('is kept without its words', () => {
    expect(answered('550 5.1.1 <official@side.example> unknown').code).toBe('smtp-550-5.1.1');
    expect(answered('550 <official@side.example> unknown').code).toBe('smtp-550');
  });
});

describe('a safety alarm', () => {
  const failures: Failure[] = [
    { delivery: 'refused', code: 'smtp-550-5.1.1' },
    { delivery: 'deferred', code: 'smtp-550-5.7.1', fault: 'ours' },
    { delivery: 'deferred', code: 'smtp-552-5.2.2', fault: 'passing' },
    { delivery: 'deferred', code: 'webhook-503', fault: 'passing', retryInMs: 6 * 3_600_000 },
    { delivery: 'deferred', code: 'smtp-550', fault: 'passing', isLikelyWrong: true },
    { delivery: 'unreachable', code: 'ETIMEDOUT' },
  ];
  it.each(failures)(
    'outlives every other letter, and is tried at least every five minutes: $code',
    (failure) => {
      for (let minutes = 0; minutes < 14 * 1440; minutes += 5) {
        const tried = { attempts: 1 + minutes, waitedMs: minutes * 60_000 };
        const urgent = nextTryInMs(failure, { ...tried, safety: true });
        expect(urgent).toBeLessThanOrEqual(375_000);
        const ordinary = nextTryInMs(failure, { ...tried, safety: false });
        if (ordinary === undefined) expect(urgent).toBeDefined();
      }
    },
  );
});
