import { composeMail, messageIdOf } from '../../src/notify/compose-mail';
import type { Receiver } from '../../src/notify/compose-mail';
import { mailTexts } from '../../src/notify/texts/mail-texts';
import type { ClaimedNotice } from '../../src/notify/outbox-port';
import { noticeKinds } from '../../src/domain/notices';
import { obligationKinds } from '../../src/domain/obligation-kinds';
import { languages } from '../../src/contracts/mechanism';

const frame = { from: 'Homeward <homeward@mediator.example>', publicUrl: 'https://homeward.example' };
const receiver: Receiver = {
  id: 'ua-decider',
  party: 'ukraine',
  name: 'Iryna Pryklad',
  email: 'decider@requesting.example',
  roles: ['decider'],
  languages: ['uk', 'en'],
  timeZone: 'Europe/Kyiv',
  active: true,
};
const claimed = (notice: Partial<ClaimedNotice['notice']> = {}): ClaimedNotice => ({
  id: '7Q2M-4ZK9:21:1',
  case: '7Q2M-4ZK9',
  mechanism: { id: 'doha', version: 1 },
  attempts: 1,
  sentTo: [],
  notice: {
    key: '7Q2M-4ZK9:21:1',
    kind: 'reminder',
    party: 'ukraine',
    roles: ['decider'],
    safety: false,
    facts: { stage: 'agreement', obligation: 'decide-on-plan', due: '2026-12-22T22:30:00.000Z' },
    ...notice,
  },
});

describe('the mail to an official', () => {
  it('says in the official’s language and time what is to be done by when, and where', () => {
    const mail = composeMail(claimed(), receiver, frame);
    expect(mail.subject).toBe('[7Q2M-4ZK9] Нагадування: ухвалити рішення щодо плану повернення');
    expect(mail.to).toBe('decider@requesting.example');
    // Half past midnight in Kyiv, the day after.
    expect(mail.text).toContain('Строк: 23 грудня 2026');
    expect(mail.text).toContain('00:30 (Europe/Kyiv)');
    expect(mail.text).toContain('https://homeward.example/cases/7Q2M-4ZK9');
  });

  it('names nobody: not the official, not the child, not the side that acted', () => {
    const mail = composeMail(
      claimed({ kind: 'approval-withdrawn', facts: { stage: 'transit', side: 'russia', reason: 'custody' } }),
      receiver,
      frame,
    );
    for (const word of ['Iryna', 'Pryklad', 'russia', 'custody', 'transit']) {
      expect(`${mail.subject}${mail.text}`).not.toContain(word);
    }
  });

  it('bears the mark of urgency when a child’s safety is at stake', () => {
    const mail = composeMail(claimed({ kind: 'emergency', safety: true, facts: {} }), receiver, frame);
    expect(mail.subject).toMatch(/^ТЕРМІНОВО \[7Q2M-4ZK9\]/);
    expect(mail.headers).toMatchObject({ Importance: 'high', 'Auto-Submitted': 'auto-generated' });
    expect(mail.text).not.toContain('Строк');
  });

  it('has the same Message-ID at every attempt, and another for another official or notice', () => {
    const ids = [
      messageIdOf('7Q2M-4ZK9:21:1', 'ua-decider', frame.from),
      messageIdOf('7Q2M-4ZK9:21:1', 'ru-decider', frame.from),
      messageIdOf('7Q2M-4ZK9:22:1', 'ua-decider', frame.from),
    ];
    expect(composeMail(claimed(), receiver, frame).messageId).toBe(ids[0]);
    expect(new Set(ids).size).toBe(3);
    expect(ids[0]).toMatch(/^<[0-9a-f]{40}@mediator\.example>$/);
  });

  it.each(languages)(
    'exists for every kind of notice and every obligation in %s, without a gap',
    (language) => {
      const { notices, obligations } = mailTexts[language];
      const texts = [
        ...noticeKinds.map((kind) => notices[kind]),
        ...obligationKinds.map((kind) => obligations[kind]),
      ];
      expect(texts.filter((text) => text.trim() === '')).toEqual([]);
      expect(new Set(texts).size).toBe(texts.length);
    },
  );

  it('in Arabic keeps Latin digits, as references and times are read out on the telephone', () => {
    const { text } = composeMail(
      claimed(),
      { ...receiver, languages: ['ar'], timeZone: 'Asia/Qatar' },
      frame,
    );
    expect(text).toMatch(/2026/);
    expect(text).not.toMatch(/[٠-٩]/);
  });
});
