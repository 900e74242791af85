/**
 * The digest: everything that waits for its reader when it is sent, in their own cases first; of each, safety first, then what
 * is overdue, then what is due; what comes or lapses soon; for a lead the stalled cases with the reason. Capped, because nobody reads on.
 */
import type { GroupDutyKind } from '../../domain/group/duties';
import { isGroupId } from '../../domain/group/group';
import type { ObligationKind } from '../../domain/model/obligation-kinds';
import type { ShownNotice } from '../../contracts/letters';
import type { StalledCase, Waiting, WaitingObligation } from '../../contracts/waiting';
import { dueText, noticeLine } from './compose-notice';
import type { Reading } from './compose-notice';
import { instantText, isolated, pluralText } from './mail-content';
import type { MailContent, MailLine, MailSection } from './mail-content';
import { obligationText, partyTitle } from './subject-text';

/** Lines of one section. */
export const maxLines = 100;

export function composeDigest(
  notices: readonly ShownNotice[],
  waiting: Waiting,
  reading: Reading,
): MailContent {
  const { texts, frame, receiver } = reading;
  const { digest } = texts;
  const news = newsOf(notices, waiting).map((notice) => noticeLine(notice, reading));
  const sections = [
    section(
      digest.own,
      waiting.own.map((each) => obligationLine(each, reading)),
      waiting.ownTotal,
      reading,
    ),
    section(
      waiting.ownTotal > 0 ? digest.others : digest.waiting,
      waiting.now.map((each) => obligationLine(each, reading)),
      waiting.nowTotal - waiting.ownTotal,
      reading,
    ),
    section(digest.news, news, news.length, reading),
    section(
      digest.soon,
      waiting.soon.map((each) => obligationLine(each, reading)),
      waiting.soonTotal,
      reading,
    ),
    section(
      digest.review,
      waiting.stalled.map((each) => stalledLine(each, reading)),
      waiting.stalledTotal,
      reading,
    ),
  ].filter(({ lines }) => lines.length > 0);
  return {
    subject: subjectOf(news.length, waiting, reading),
    heading: digest.heading,
    sections,
    action: { label: digest.openInbox, url: `${frame.publicUrl}/inbox` },
    footer: [digest.times.replace('{zone}', isolated(receiver.timeZone, texts)), texts.footer],
  };
}

/** A reminder of what stands in the list below anyway would say it twice. */
function newsOf(notices: readonly ShownNotice[], { keys }: Waiting): ShownNotice[] {
  const listed = new Set(keys.map(({ case: id, key }) => `${id} ${key}`));
  const seen = new Set<string>();
  return notices.filter(({ case: id, notice }) => {
    if (notice.obligation !== undefined && listed.has(`${id} ${notice.obligation}`)) return false;
    const line = `${id} ${notice.kind} ${notice.obligation ?? JSON.stringify(notice.facts)}`;
    return !seen.has(line) && seen.add(line);
  });
}

function subjectOf(news: number, { nowTotal, overdueTotal, hasSafety }: Waiting, { texts }: Reading): string {
  const { digest, urgent } = texts;
  const text =
    nowTotal === 0
      ? pluralText(digest.newsOnly, news, texts)
      : `${pluralText(digest.subject, nowTotal, texts)}${
          overdueTotal === 0
            ? ''
            : `${texts.direction === 'rtl' ? '،' : ','} ${pluralText(digest.overdue, overdueTotal, texts)}`
        }`;
  return `${hasSafety ? `${urgent} ` : ''}Homeward: ${text}`;
}

const section = (
  title: string,
  lines: readonly MailLine[],
  total: number,
  { texts }: Reading,
): MailSection => {
  const shown = lines.slice(0, maxLines);
  const rest = total - shown.length;
  return { title, lines: shown, ...(rest > 0 ? { more: pluralText(texts.digest.more, rest, texts) } : {}) };
};

const obligationLine = (
  { case: reference, kind, subject, due, safety }: WaitingObligation,
  reading: Reading,
): MailLine => ({
  reference,
  text: capitalised(
    isGroupId(reference)
      ? reading.texts.values.groupDuty[kind as GroupDutyKind]
      : obligationText(kind as ObligationKind, subject, reading),
    reading.texts.locale,
  ),
  detail: dueText(due, reading),
  urgency: safety ? 'safety' : due < reading.now ? 'overdue' : 'none',
});

const capitalised = (text: string, locale: string): string =>
  text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);

function stalledLine({ case: reference, kind, parties, since }: StalledCase, reading: Reading): MailLine {
  const { texts, receiver } = reading;
  const titles = parties.map((id) => partyTitle(id, reading));
  return {
    reference,
    text: texts.digest.stalled
      .replace('{party}', titles.join(', '))
      .replace('{obligation}', kind === null ? '—' : texts.obligations[kind])
      .replace('{since}', isolated(instantText(since, texts, receiver.timeZone), texts)),
    urgency: 'none',
  };
}
