/** A letter as the mail that goes out: text, HTML, and the headers that mail programs file it by. */
import { createHash } from 'node:crypto';
import type { ClaimedLetter } from '../../contracts/letters';
import type { Waiting } from '../../contracts/waiting';
import type { Instant } from '../../domain/calendar/time';
import { composeDigest } from './compose-digest';
import { composeNotice } from './compose-notice';
import type { MailFrame } from './mail-content';
import type { Receiver } from '../routing/receivers';
import { renderHtml } from './render-html';
import { renderText } from './render-text';
import type { TitledParties } from './subject-text';
import { mailTexts } from './texts/mail-texts';

export interface Mail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly inReplyTo: string;
  readonly references: string;
  readonly headers: Readonly<Record<string, string>>;
}
export interface Composition {
  readonly letter: ClaimedLetter;
  readonly receiver: Receiver;
  readonly mechanism: TitledParties;
  readonly frame: MailFrame;
  readonly now: Instant;
  /** Of a digest: what waits for the receiver. */
  readonly waiting?: Waiting;
}

export function composeMail({ letter, receiver, mechanism, frame, now, waiting }: Composition): Mail {
  const texts = mailTexts[receiver.languages[0] ?? 'en'];
  const reading = { receiver, texts, frame, now, parties: mechanism.parties };
  const [first, ...others] = letter.notices;
  if (!first) throw new Error(`letter ${letter.id} has nothing to say`);
  const content = waiting
    ? composeDigest(letter.notices, waiting, reading)
    : composeNotice(first, reading, others);
  // Nobody has the root: it only makes mail programs show what belongs together as one conversation.
  const root = waiting
    ? messageIdOf(`digests ${mechanism.id} ${receiver.id}`, frame)
    : messageIdOf(`case ${first.case}`, frame);
  return {
    from: frame.from,
    to: receiver.email,
    subject: content.subject,
    text: renderText(content, texts, frame),
    html: renderHtml(content, texts, frame),
    messageId: messageIdOf(letter.id, frame),
    inReplyTo: root,
    references: root,
    headers: {
      // RFC 3834: keeps holiday replies away.
      'Auto-Submitted': 'auto-generated',
      'List-Id': `Homeward <${mechanism.id}.homeward.${domainOf(frame)}>`,
      'Content-Language': texts.lang,
      'X-Homeward-Letter': letter.id,
      'X-Homeward-Kinds': [...new Set(letter.notices.map(({ notice }) => notice.kind))].join(' '),
      ...(letter.safety ? { Importance: 'high', 'X-Priority': '1' } : {}),
    },
  };
}

/** The same for the same letter at every attempt, so that a receiver drops a repeat. */
export const messageIdOf = (name: string, frame: MailFrame): string =>
  `<${createHash('sha256').update(name).digest('hex').slice(0, 40)}@${domainOf(frame)}>`;

const domainOf = ({ from }: MailFrame): string => /@([^\s>]+)/.exec(from)?.[1] ?? 'homeward.invalid';
