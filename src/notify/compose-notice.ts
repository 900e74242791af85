/** A mail about one notice: the case's reference, what is to be done, by when. */
import type { ShownNotice } from '../contracts/letters';
import type { Lapsing } from '../domain/expiries';
import type { ObligationKind } from '../domain/obligation-kinds';
import type { Instant } from '../domain/time';
import { caseUrl, dateText, instantText, isolated } from './mail-content';
import type { MailContent, MailFrame, MailLine } from './mail-content';
import type { Receiver } from './receivers';
import type { MailTexts } from './texts/mail-texts';

export interface Reading {
  readonly receiver: Receiver;
  readonly texts: MailTexts;
  readonly frame: MailFrame;
  readonly now: Instant;
}

export function composeNotice(shown: ShownNotice, reading: Reading): MailContent {
  const { texts, frame, receiver } = reading;
  const { notice, case: reference } = shown;
  const headline = headlineOf(shown, texts);
  const urgent = notice.safety ? `${texts.urgent} ` : '';
  return {
    subject: `${urgent}${isolated(`[${reference}]`, texts)} ${headline}`,
    heading: `${texts.case} ${isolated(reference, texts)}`,
    sections: [{ lines: [noticeLine(shown, reading)] }],
    action: { label: texts.openCase, url: caseUrl(frame, reference) },
    footer: [texts.digest.times.replace('{zone}', isolated(receiver.timeZone, texts)), texts.footer],
  };
}

export function noticeLine(shown: ShownNotice, { texts, receiver, now }: Reading): MailLine {
  const { notice, case: reference } = shown;
  const { due, lastDay } = notice.facts;
  const isOverdue = due !== undefined && due < now;
  return {
    reference,
    text: headlineOf(shown, texts),
    ...(lastDay === undefined
      ? due !== undefined && { detail: dueText(due, { texts, receiver, now }) }
      : { detail: `${texts.lastDay}: ${isolated(dateText(lastDay, texts), texts)}` }),
    urgency: notice.safety ? 'safety' : isOverdue ? 'overdue' : 'none',
  };
}

export const dueText = (
  due: Instant,
  { texts, receiver, now }: Pick<Reading, 'texts' | 'receiver' | 'now'>,
): string =>
  `${due < now ? texts.overdueSince : `${texts.due}:`} ${isolated(instantText(due, texts, receiver.timeZone), texts)}`;

function headlineOf({ notice }: ShownNotice, texts: MailTexts): string {
  const { obligation, lapsing } = notice.facts;
  const what =
    obligation === undefined
      ? lapsing && texts.lapsing[lapsing as Lapsing]
      : texts.obligations[obligation as ObligationKind];
  return what === undefined ? texts.notices[notice.kind] : `${texts.notices[notice.kind]}: ${what}`;
}
