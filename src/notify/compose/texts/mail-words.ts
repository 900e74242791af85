/** What only a mail says, beside the shared vocabulary: short, and never about a person. */
import type { NoticeKind } from '../../../domain/model/notice-kinds';
import type { Vocabulary } from '../../../words/vocabulary';

/** Forms of a sentence by the number in it, for each category the language has; `{n}` is the number. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

export interface MailTexts extends Vocabulary {
  readonly case: string;
  readonly group: string;
  readonly due: string;
  readonly overdueSince: string;
  /** Of what holds until a day. */
  readonly lastDay: string;
  /** Put before the subject of what must not wait. */
  readonly urgent: string;
  readonly footer: string;
  readonly openCase: string;
  readonly openGroup: string;
  readonly digest: DigestTexts;
  readonly notices: Readonly<Record<NoticeKind, string>>;
  /** What one of several is called. `number`: `{n}`. */
  readonly subjects: Readonly<
    Record<
      'number' | 'receiving' | 'escort' | 'host' | 'own-arrival' | 'place-declined' | 'alternate-refuted',
      string
    >
  >;
}
export interface DigestTexts {
  readonly heading: string;
  readonly subject: Plural;
  /** Follows the subject after a comma. */
  readonly overdue: Plural;
  /** The subject when nothing waits, only news. */
  readonly newsOnly: Plural;
  readonly news: string;
  readonly waiting: string;
  /** Of whoever is case officer or deputy, and what is beside it. */
  readonly own: string;
  readonly others: string;
  readonly soon: string;
  readonly review: string;
  /** `{party}`, `{obligation}`, `{since}`. */
  readonly stalled: string;
  readonly more: Plural;
  readonly openInbox: string;
  /** `{zone}`. */
  readonly times: string;
}
