/** A mail about one notice: the case's reference, what is to be done, by when. */
import type { ShownNotice } from '../../contracts/letters';
import type { Lapsing } from '../../domain/model/verification';
import type { GroupDutyKind } from '../../domain/group/duties';
import { isGroupId } from '../../domain/group/group';
import type { DropReason } from '../../domain/group/group';
import type { NoticeKind } from '../../domain/model/notice-kinds';
import type { ObligationKind } from '../../domain/model/obligation-kinds';
import { subjectOfKey } from '../../domain/obligations/obligations';
import type { Instant } from '../../domain/calendar/time';
import { urlOf, dateText, instantText, isolated, pluralText } from './mail-content';
import type { MailContent, MailFrame, MailLine } from './mail-content';
import type { Receiver } from '../routing/receivers';
import { noticeSubjectText, obligationText, withSubject } from './subject-text';
import type { Wording } from './subject-text';

/** Nobody reads on. */
const maxNotified = 100;

export interface Reading extends Wording {
  readonly receiver: Receiver;
  readonly frame: MailFrame;
  readonly now: Instant;
}

/** `others` are of the same kind, by the same official, in the same case. */
export function composeNotice(
  shown: ShownNotice,
  reading: Reading,
  others: readonly ShownNotice[] = [],
): MailContent {
  const { texts, frame, receiver } = reading;
  const { notice, case: reference } = shown;
  const isGroup = isGroupId(reference);
  const headline =
    others.length === 0 ? headlineOf(shown, reading) : `${texts.notices[notice.kind]} × ${others.length + 1}`;
  const lines = [shown, ...others].slice(0, maxNotified).map((each) => noticeLine(each, reading));
  const rest = others.length + 1 - lines.length;
  const urgent = notice.safety ? `${texts.urgent} ` : '';
  return {
    subject: `${urgent}${isolated(`[${reference}]`, texts)} ${headline}`,
    heading: `${isGroup ? texts.group : texts.case} ${isolated(reference, texts)}`,
    sections: [{ lines, ...(rest > 0 && { more: pluralText(texts.digest.more, rest, texts) }) }],
    action: { label: isGroup ? texts.openGroup : texts.openCase, url: urlOf(frame, reference) },
    footer: [texts.digest.times.replace('{zone}', isolated(receiver.timeZone, texts)), texts.footer],
  };
}

export function noticeLine(shown: ShownNotice, reading: Reading): MailLine {
  const { now, texts } = reading;
  const { notice, case: reference } = shown;
  const { due, lastDay } = notice.facts;
  const isOverdue = due !== undefined && due < now;
  return {
    reference,
    text: headlineOf(shown, reading),
    ...(lastDay === undefined
      ? due !== undefined && { detail: dueText(due, reading) }
      : { detail: `${texts.lastDay}: ${isolated(dateText(lastDay, texts), texts)}` }),
    urgency: notice.safety ? 'safety' : isOverdue ? 'overdue' : 'none',
  };
}

export const dueText = (
  due: Instant,
  { texts, receiver, now }: Pick<Reading, 'texts' | 'receiver' | 'now'>,
): string =>
  `${due < now ? texts.overdueSince : `${texts.due}:`} ${isolated(instantText(due, texts, receiver.timeZone), texts)}`;

/** Names what it is about: of two letters about different things the subjects differ. */
function headlineOf({ notice }: ShownNotice, wording: Wording): string {
  const { texts } = wording;
  const { obligation, lapsing, alarm, about, duty, reason } = notice.facts;
  const subject = notice.obligation === undefined ? undefined : subjectOfKey(notice.obligation);
  const what =
    obligation !== undefined
      ? obligationText(obligation as ObligationKind, subject, wording)
      : alarm !== undefined
        ? alarmText(alarm as NoticeKind, about as ObligationKind | undefined, wording)
        : duty !== undefined
          ? texts.values.groupDuty[duty as GroupDutyKind]
          : notice.kind === 'group-child-dropped' && reason !== undefined
            ? texts.values.dropReason[reason as DropReason]
            : lapsing && texts.values.lapsing[lapsing as Lapsing];
  const kind = withSubject(texts.notices[notice.kind], noticeSubjectText(notice.kind, notice.facts, wording));
  return what === undefined ? kind : `${kind}: ${what}`;
}

/** What the alarm that did not arrive said. */
const alarmText = (alarm: NoticeKind, about: ObligationKind | undefined, { texts }: Wording): string =>
  about === undefined ? texts.notices[alarm] : `${texts.notices[alarm]}, ${texts.obligations[about]}`;
