/** What one round of checks looks at, and the small things all of them need. */
import { checkCodes } from '../../src/contracts/dossier/check-codes';
import type { CheckCodeName } from '../../src/contracts/dossier/check-codes';
import type { BirthDate, Dossier, ListedDocument, Recipient } from '../../src/contracts/dossier/dossier';
import type { CheckFinding } from '../../src/domain/model/commands';
import type { AtBorder } from '../../src/domain/facts/border';
import type { RecipientRef } from '../../src/domain/model/ids';
import type { PlanTerms } from '../../src/domain/model/plan';
import type { LocalDate } from '../../src/domain/calendar/time';

export interface CheckCircumstances {
  readonly recipient: RecipientRef;
  /** The plan's, once there is one. */
  readonly window?: PlanTerms['window'];
  readonly today: LocalDate;
  /** The case, and its rules, where there is one: what the border asks for follows from its way. */
  readonly way?: Pick<AtBorder, 'state' | 'rules'>;
}
export interface CheckInput extends Omit<CheckCircumstances, 'recipient'> {
  readonly dossier: Dossier;
  readonly recipient: Recipient;
}

export const found = (
  code: CheckCodeName,
  about: Pick<CheckFinding, 'document' | 'recipient' | 'form'> = {},
): CheckFinding => ({ code, severity: checkCodes[code].severity, ...about });

/** The last day for which papers are needed: the window's, or today while there is no plan. */
export const lastDayOf = ({ window, today }: CheckInput): LocalDate =>
  window !== undefined && window.to > today ? window.to : today;

/** Earliest and latest possible day of birth. */
export const bornBetween = (birth: BirthDate): { from: LocalDate; to: LocalDate } =>
  'exact' in birth ? { from: birth.exact, to: birth.exact } : birth.estimated;

/** The birth date of a document's holder, if the dossier has it. */
export function findBirthDateOf(
  { dossier }: CheckInput,
  holder: ListedDocument['holder'],
): BirthDate | undefined {
  return holder === 'child'
    ? dossier.child.birthDate
    : dossier.recipients.find(({ id }) => id === holder)?.birthDate;
}

/** Whole years between two days. */
export const yearsBetween = (from: LocalDate, to: LocalDate): number =>
  Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (to.slice(5) < from.slice(5) ? 1 : 0);

export const daysBetween = (from: LocalDate, to: LocalDate): number =>
  (Date.parse(to) - Date.parse(from)) / 86_400_000;
