/**
 * An example case file: a child's dossier, the facts its case is opened with, and what the demo makes of it. Written
 * as of one day; whoever loads it moves every date by as many days as have passed since (`dated-as-of.ts`).
 */
import { z } from 'zod';
import type { LocalDate } from '../domain/calendar/time';
import { findDossierFaults } from '../contracts/dossier/faults';
import { dossierShape } from '../contracts/dossier/dossier';
import { calendarDate } from '../contracts/dates';
import { textOf } from '../contracts/dossier/text';
import { faultsOf, inOrder, readYaml } from '../contracts/yaml-file';
import type { FileFault } from '../contracts/yaml-file';

/** What happens to the case in the demo. */
export const stories = [
  'plain',
  'relayed',
  'conditional',
  'objected',
  'withdrawn-again',
  'medical',
  'custody-renewal',
  'hospital',
  'alternate',
  'concern',
  'refuses',
  'of-age',
  'met-at-embassy',
] as const;
export type Story = (typeof stories)[number];

const partyId = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, { error: 'must be the id of a party' });

const caseFileSchema = z
  .strictObject({
    story: z.enum(stories),
    /** What was published, and by whom. Kept as the dossier's source note. */
    source: textOf(2000),
    /** The day as of which every date in the file is written: that of the report. */
    asOf: calendarDate,
    /** Whole years on that day, as reported or, where the dossier's birth date is assumed, as assumed. */
    age: z.int().min(0).max(25),
    /** Files of the children this one must travel with, without `.yaml`. */
    siblings: z.array(z.string().regex(/^[a-z0-9-]+$/)).max(10),
    opening: z.strictObject({
      requestingParty: partyId,
      holdingParty: partyId,
      recipient: z.string(),
      medicallyUrgent: z.boolean(),
    }),
    dossier: dossierShape.omit({ sourceNote: true }),
  })
  .superRefine((file, context) => {
    const fault = (path: (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path, message });
    for (const { path, message } of findDossierFaults(file.dossier, file.asOf))
      fault(['dossier', ...path], message);
    if (!file.dossier.recipients.some(({ id }) => id === file.opening.recipient))
      fault(['opening', 'recipient'], `${file.opening.recipient} is not among the dossier’s recipients`);
    const { birthDate } = file.dossier.child;
    const born = 'exact' in birthDate ? [birthDate.exact] : Object.values(birthDate.estimated);
    if (born.some((date) => ageOn(date, file.asOf) !== file.age))
      fault(['age'], `is not the age of the birth date on ${file.asOf}`);
  });

type CaseFileText = z.infer<typeof caseFileSchema>;
export interface CaseFile extends Omit<CaseFileText, 'age'> {
  /** The file's name without `.yaml`; siblings name one another by it. */
  readonly name: string;
  readonly dossier: CaseFileText['dossier'] & { sourceNote: string };
  readonly opening: CaseFileText['opening'] & { whereaboutsKnown: boolean };
}

/** The file as written, its dates as of `asOf`; or every fault with its line. */
export function readCaseFile(
  name: string,
  yamlText: string,
): { readonly caseFile: CaseFile } | { readonly faults: readonly FileFault[] } {
  const text = readYaml(yamlText);
  if ('faults' in text) return text;
  const parsed = caseFileSchema.safeParse(text.value);
  const faults = [
    ...text.repeatedKeys,
    ...(parsed.success ? [] : faultsOf(parsed.error.issues, text.faultAt)),
  ];
  if (!parsed.success || faults.length > 0) return { faults: inOrder(faults) };
  const { age: _age, ...file } = parsed.data;
  return {
    caseFile: {
      ...file,
      name,
      dossier: { ...file.dossier, sourceNote: file.source },
      // Said once, in the dossier, so that the two can't disagree.
      opening: { ...file.opening, whereaboutsKnown: file.dossier.child.whereabouts.known },
    },
  };
}

/** Whole years of life on a day; a birthday on 29 February falls on 1 March in other years. */
export function ageOn(birth: LocalDate, day: LocalDate): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return day.slice(5) < birth.slice(5) ? years - 1 : years;
}
