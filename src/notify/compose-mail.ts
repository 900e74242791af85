/**
 * One mail to one official: the case's reference, what is to be done, by when, and a link. Mail travels in the
 * clear and is forwarded, so it never says who the child is, nor which side said what.
 */
import { createHash } from 'node:crypto';
import type { MechanismOfficial } from '../contracts/mechanism';
import type { ObligationKind } from '../domain/obligation-kinds';
import type { ClaimedNotice } from './outbox-port';
import { mailTexts } from './texts/mail-texts';
import type { MailTexts } from './texts/mail-texts';

export interface Mail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
}
export interface MailFrame {
  /** Sender, `Homeward <homeward@example.org>`. */
  readonly from: string;
  /** Where people reach the case: `<publicUrl>/cases/<reference>`. */
  readonly publicUrl: string;
}
/** `timeZone` is the official's party's, where the official has none of their own. */
export type Receiver = MechanismOfficial & { readonly timeZone: string };

export function composeMail(claimed: ClaimedNotice, receiver: Receiver, frame: MailFrame): Mail {
  const { notice } = claimed;
  const texts = mailTexts[receiver.languages[0] ?? 'en'];
  const headline = headlineOf(claimed, texts);
  const { due } = notice.facts;
  const lines = [
    `${texts.case} ${claimed.case}`,
    headline,
    ...(due === undefined ? [] : [`${texts.due}: ${instantText(due, texts.locale, receiver.timeZone)}`]),
    '',
    `${frame.publicUrl}/cases/${claimed.case}`,
    '',
    texts.footer,
  ];
  return {
    from: frame.from,
    to: receiver.email,
    subject: `${notice.safety ? `${texts.urgent} ` : ''}[${claimed.case}] ${headline}`,
    text: `${lines.join('\n')}\n`,
    messageId: messageIdOf(claimed.id, receiver.id, frame.from),
    headers: {
      // RFC 3834: keeps holiday replies away.
      'Auto-Submitted': 'auto-generated',
      'X-Homeward-Notice': claimed.id,
      ...(notice.safety ? { Importance: 'high', 'X-Priority': '1' } : {}),
    },
  };
}

/** The same for the same notice and official at every attempt, so that a receiver drops a repeat. */
export function messageIdOf(notice: string, official: string, from: string): string {
  const local = createHash('sha256').update(`${notice} ${official}`).digest('hex').slice(0, 40);
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'homeward.invalid';
  return `<${local}@${domain}>`;
}

function headlineOf({ notice }: ClaimedNotice, texts: MailTexts): string {
  const { obligation } = notice.facts;
  if (obligation === undefined) return texts.notices[notice.kind];
  return `${texts.notices[notice.kind]}: ${texts.obligations[obligation as ObligationKind]}`;
}

function instantText(instant: string, locale: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone });
  return `${format.format(new Date(instant))} (${timeZone})`;
}
