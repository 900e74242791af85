/**
 * What an obligation or a notice is about, in the reader's words: which facet, hold, visit, condition, whose address.
 * By codes, numbers and titles of parties alone: mail travels in the clear.
 */
import type { Language } from '../../contracts/mechanism/mechanism';
import { incidentKinds } from '../../domain/model/commands';
import type { IncidentKind } from '../../domain/model/commands';
import type { PartyId } from '../../domain/model/ids';
import type { NoticeKind } from '../../domain/model/notice-kinds';
import type { ObligationKind } from '../../domain/model/obligation-kinds';
import { facets } from '../../domain/model/verification';
import type { Facet } from '../../domain/model/verification';
import { isolated } from './mail-content';
import type { MailTexts } from './texts/mail-words';

/** What a mail needs to know of a mechanism. */
export interface TitledParties {
  readonly id: string;
  readonly parties: readonly {
    readonly id: PartyId;
    readonly title: { readonly en: string } & Readonly<Partial<Record<Language, string | undefined>>>;
  }[];
}
export interface Wording {
  readonly texts: MailTexts;
  readonly parties: TitledParties['parties'];
}

export function partyTitle(id: PartyId, { texts, parties }: Wording): string {
  const title = parties.find((party) => party.id === id)?.title;
  return title?.[texts.lang] ?? title?.en ?? id;
}

/** Longer ones are cut: a subject line is read on a telephone. */
const maxCodeLength = 32;
const code = (subject: string, { texts }: Wording): string =>
  isolated(subject.length > maxCodeLength ? `${subject.slice(0, maxCodeLength - 1)}…` : subject, texts);
/** The last number of `plan-2`, `visit-3`, `7`. */
const number = (subject: string, { texts }: Wording): string | undefined => {
  const [found] = /\d+$/.exec(subject) ?? [];
  return found === undefined ? undefined : texts.subjects.number.replace('{n}', found);
};
const facet = (subject: string, { texts }: Wording): string | undefined =>
  (facets as readonly string[]).includes(subject) ? texts.values.lapsing[subject as Facet] : undefined;
/** `security`, or `security-2` of an obligation. */
const incident = (subject: string, { texts }: Wording): string | undefined => {
  const kind = subject.replace(/-\d+$/, '');
  return (incidentKinds as readonly string[]).includes(kind)
    ? texts.values.incident[kind as IncidentKind]
    : undefined;
};
const party = partyTitle;
/** An official's id, or a party whose own system is meant. */
const receiver = (subject: string, wording: Wording): string =>
  wording.parties.some(({ id }) => id === subject) ? partyTitle(subject, wording) : code(subject, wording);
const known =
  (...words: (keyof MailTexts['subjects'])[]) =>
  (subject: string, { texts }: Wording): string | undefined =>
    words.find((word) => word === subject) && texts.subjects[subject as keyof MailTexts['subjects']];
const none = (): undefined => undefined;

type Form = (subject: string, wording: Wording) => string | undefined;

/**
 * `none` also where there is one at a time and its name would tell what mail must not: how many days to the 18th
 * birthday is its date, and a recall names the side that withdrew.
 */
const ofObligation = {
  'acknowledge-case': none,
  'settle-duplicate': code,
  'accept-file': none,
  'locate-child': none,
  // What the side answered is told in the case.
  'weigh-trace-answer': none,
  'assign-officer': none,
  'attest-facet': facet,
  'review-attestation': facet,
  'resolve-refutation': facet,
  'hear-child': none,
  'identify-child': none,
  'settle-mismatch': none,
  'determine-best-interests': facet,
  'nominate-recipient': none,
  'approve-recipient': none,
  // Of which alternate is told in the case.
  'verify-alternate': (subject, wording) => facet(subject.split(':')[1] ?? '', wording),
  'propose-plan': known('place-declined', 'alternate-refuted'),
  'decide-on-plan': number,
  'renew-approval': none,
  'confirm-relay': code,
  'mediate-objection': party,
  'settle-condition': code,
  'confirm-travel-documents': none,
  'clear-medically': none,
  'offer-place': none,
  'assign-escort': none,
  'confirm-crew': none,
  'plan-legs': none,
  'grant-safe-conduct': none,
  'avoid-closed-place': none,
  'bring-sibling-after': code,
  'receive-at-site': none,
  'write-welfare-note': none,
  'rehouse-child': none,
  'extend-stay': none,
  'give-go': none,
  'give-into-care': none,
  'take-into-care': none,
  'check-in': none,
  'answer-incident': incident,
  'resume-journey': none,
  'decide-recall': none,
  'resolve-emergency': none,
  'check-recipient-identity': none,
  'confirm-handover': known('receiving', 'escort', 'host', 'own-arrival'),
  'place-in-interim-care': none,
  'find-permanent-care': none,
  'report-visit': number,
  'plan-reintegration': none,
  // Which milestone a child has come to, mail does not tell.
  'tell-family': none,
  'tell-child': none,
  'resolve-concern': none,
  'close-case': none,
  'review-hold': code,
  'prepare-majority': none,
  'obtain-own-consent': none,
  'review-stalled': none,
  'mend-address': receiver,
  'pass-on-alarm': receiver,
  'answer-duress': receiver,
  'confirm-proposal': code,
  'confirm-urgent-proposal': code,
} as const satisfies Record<ObligationKind, Form>;

/** Of notices that are about no obligation: which of their facts names the thing. Never which side said no. */
const ofNotice: Partial<Record<NoticeKind, { readonly fact: string; readonly form: Form }>> = {
  'plan-put': { fact: 'plan', form: number },
  'hold-placed': { fact: 'hold', form: code },
  'visit-concern': { fact: 'visit', form: number },
  incident: { fact: 'incident', form: incident },
  'alarm-undelivered': { fact: 'receivers', form: code },
};

/** Undefined: there is one of its kind only, or nothing that may be said. */
export const subjectText = (
  kind: ObligationKind,
  subject: string | null | undefined,
  wording: Wording,
): string | undefined =>
  subject === null || subject === undefined ? undefined : ofObligation[kind](subject, wording);

/** May it be named outside of the case at all? Not what would tell of the child. */
export const isNamed = (kind: ObligationKind): boolean => ofObligation[kind] !== none;

export function noticeSubjectText(
  kind: NoticeKind,
  facts: Readonly<Record<string, string>>,
  wording: Wording,
): string | undefined {
  const about = ofNotice[kind];
  const fact = about && facts[about.fact];
  return fact === undefined ? undefined : about?.form(fact, wording);
}

/** `attest a facet of verification (proof of kinship)`. */
export const withSubject = (text: string, subject: string | undefined): string =>
  subject === undefined ? text : `${text} (${subject})`;

export const obligationText = (
  kind: ObligationKind,
  subject: string | null | undefined,
  wording: Wording,
): string => withSubject(wording.texts.obligations[kind], subjectText(kind, subject, wording));
