import { composeMail, messageIdOf } from '../../src/notify/compose/compose-mail';
import type { ClaimedLetter, ShownNotice } from '../../src/contracts/letters';
import { languages } from '../../src/contracts/mechanism/mechanism';
import type { ObligationKind } from '../../src/domain/model/obligation-kinds';
import { facets } from '../../src/domain/model/verification';
import { frame, letterOf, readerIn, mechanism, noticeOf } from './support/letters';

const compose = (letter: ClaimedLetter, reader = readerIn('uk')) =>
  composeMail({ letter, receiver: reader, mechanism, frame, now: '2026-12-01T09:00:00.000Z' });
const about = (notice: Partial<ShownNotice['notice']>) => letterOf([noticeOf(notice)]);

describe('the mail to an official', () => {
  it('says in the official’s language and time what is to be done by when, and where', () => {
    const mail = compose(about({}));
    expect(mail.subject).toBe('[7Q2M-4ZK9] Нагадування: ухвалити рішення щодо плану повернення');
    expect(mail.to).toBe('decider@requesting.example');
    for (const text of [mail.text, mail.html]) {
      // Half past midnight in Kyiv, the day after.
      expect(text).toContain('Строк: 23 груд. 2026 р., 00:30');
      expect(text).toContain('Europe/Kyiv');
      expect(text).toContain('https://homeward.example/cases/7Q2M-4ZK9');
    }
  });

  it('names nobody: not the official, not the child, not the side that acted', () => {
    const mail = compose(
      about({ kind: 'approval-withdrawn', facts: { stage: 'transit', side: 'russia', reason: 'custody' } }),
    );
    for (const word of ['Iryna', 'Pryklad', 'russia', 'custody', 'transit']) {
      expect(`${mail.subject}${mail.text}${mail.html}`).not.toContain(word);
    }
  });

  it.each(languages)(
    'names what it is about: two letters about different things differ, in %s',
    (language) => {
      const subjectsOf = (kind: ObligationKind, ...subjects: string[]): string[] =>
        subjects.map((subject) => {
          const obligation = `${kind}:${subject}:ukraine@2026-12-01T08:00:00.000Z`;
          const letter = about({ kind: 'waiting', obligation, facts: { obligation: kind } });
          const { subject: line, text, html } = compose(letter, readerIn(language));
          const what = line.slice(line.indexOf(':') + 2);
          expect(text).toContain(what);
          expect(html).toContain(what);
          return line;
        });
      const lines = [
        ...subjectsOf('attest-facet', ...facets),
        ...subjectsOf('review-attestation', ...facets),
        ...subjectsOf('report-visit', 'visit-1', 'visit-12'),
        ...subjectsOf('review-hold', 'h1', 'h2'),
        ...subjectsOf('settle-condition', 'c1', 'c2'),
        ...subjectsOf('settle-duplicate', '7Q2M-4ZK9', '3HWC-8RTN'),
        ...subjectsOf('mediate-objection', 'ukraine', 'russia'),
        ...subjectsOf('confirm-handover', 'receiving', 'escort'),
        ...subjectsOf('mend-address', 'ua-official-1', 'ukraine'),
        ...subjectsOf('pass-on-alarm', 'ua-official-1', 'ua-official-2'),
        ...subjectsOf('decide-on-plan', 'plan-1', 'plan-2'),
      ];
      expect(new Set(lines).size).toBe(lines.length);
      expect(lines.join()).not.toMatch(/undefined|\{/);
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(130);
    },
  );

  it('does not say how many days the child is from coming of age', () => {
    const facts = { obligation: 'prepare-majority' };
    const mail = compose(about({ obligation: 'prepare-majority:90:qatar@2026', facts }));
    expect(mail.subject).not.toContain('90');
  });

  it('of an alarm that did not arrive says which, and whom it did not reach', () => {
    const facts = { alarm: 'escalation', about: 'check-in', receivers: 'qa-duty' };
    const mail = compose(about({ kind: 'alarm-undelivered', safety: true, facts }), readerIn('en'));
    expect(mail.subject).toContain(
      'An alarm has not reached somebody (qa-duty): Overdue, brought to your attention, check in',
    );
  });

  it('bears the mark of urgency when a child’s safety is at stake', () => {
    const mail = compose({ ...about({ kind: 'emergency', safety: true, facts: {} }), safety: true });
    expect(mail.subject).toMatch(/^ТЕРМІНОВО \[7Q2M-4ZK9\]/);
    expect(mail.headers).toMatchObject({ Importance: 'high', 'Auto-Submitted': 'auto-generated' });
    expect(mail.text).not.toContain('Строк');
  });

  it('has the same Message-ID at every attempt, and another for another letter', () => {
    const letter = about({});
    expect(compose({ ...letter, attempts: 4 }).messageId).toBe(compose(letter).messageId);
    expect(compose({ ...letter, id: 'another' }).messageId).not.toBe(compose(letter).messageId);
    expect(messageIdOf('any', frame)).toMatch(/^<[0-9a-f]{40}@mediator\.example>$/);
  });

  it('stands in one conversation with the other mails about its case, and in no other', () => {
    const root = (letter: ClaimedLetter): string => compose(letter).inReplyTo;
    const other: ShownNotice = { ...noticeOf({}), case: 'A1A1-A1A1' };
    expect(root(about({ kind: 'review' }))).toBe(root(about({})));
    expect(root(letterOf([other]))).not.toBe(root(about({})));
  });

  it('in Arabic runs from right to left, keeps references whole, and has Latin digits', () => {
    const mail = compose(about({}), readerIn('ar'));
    expect(mail.html).toContain('<html lang="ar" dir="rtl">');
    expect(mail.html).toContain('\u20687Q2M-4ZK9\u2069');
    expect(mail.text).toContain('\u20687Q2M-4ZK9\u2069');
    expect(mail.text).toMatch(/2026/);
    expect(mail.text).not.toMatch(/[٠-٩]/);
  });

  it('fetches nothing from anywhere', () => {
    const { html } = compose(about({}));
    expect(html).not.toMatch(/<(img|link|script|iframe|style)|url\(|@import|src=/i);
    expect([...html.matchAll(/https?:\/\/[^"'<\s]+/g)].map(([url]) => url)).toEqual(
      expect.arrayContaining(['https://homeward.example/cases/7Q2M-4ZK9']),
    );
    expect(html).not.toMatch(/https?:\/\/(?!homeward\.example)/);
  });
});
