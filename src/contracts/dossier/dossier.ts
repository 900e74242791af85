/**
 * The dossier: the personal record of child and recipients, as an edge accepts it and the record keeps it,
 * version by version. The only place for personal data; none of it may enter a command or an event.
 */
import { z } from 'zod';
import { paperKinds } from '../../domain/model/dossier-facts';
import { notedMailAddress } from '../mail-address';
import { calendarDate, lastDay } from '../dates';
import { languageTag, lineOf, textOf } from './text';

export const scripts = ['latin', 'cyrillic', 'arabic'] as const;
export type Script = (typeof scripts)[number];

export const relations = [
  'mother',
  'father',
  'grandmother',
  'grandfather',
  'aunt',
  'uncle',
  'sister',
  'brother',
  'cousin',
  'step-parent',
  'foster-parent',
  'guardian',
  'adoptive-parent',
  'half-sibling',
  'great-grandparent',
  'authority',
  'other',
] as const;
/** What the recipient is to the child. */
export type Relation = (typeof relations)[number];

export const custodyBases = [
  'court-order',
  'guardianship',
  'power-of-attorney',
  'parental-right',
  'temporary-placement',
  'foster-agreement',
  'guardianship-by-authority',
  'adoption',
  'institution',
] as const;
export type CustodyBasis = (typeof custodyBases)[number];

/** Who receives the child; a dossier that says nothing means a person. */
export const recipientKinds = ['person', 'couple', 'foster-family', 'patronage-family', 'authority'] as const;
/** Why not everyone with parental responsibility has consented. */
export const missingConsents = [
  'deceased',
  'unknown-whereabouts',
  'deprived-of-rights',
  'refused',
  'unreachable',
] as const;
/** On what ground somebody has the child now. */
export const carerKinds = [
  'institution',
  'foster-family',
  'guardian',
  'relative',
  'adoptive-family',
  'other',
] as const;
export const bloodGroups = ['0+', '0-', 'A+', 'A-', 'B+', 'B-', 'AB+', 'AB-'] as const;

const documentRef = z.string().regex(/^doc-[1-9]\d{0,3}$/, { error: 'must look like doc-1' });
const recipientRef = z.string().regex(/^recipient-[1-9]\d{0,2}$/, { error: 'must look like recipient-1' });
const evidence = z.array(documentRef).max(50);

export const nameErrors = ['typed-wrongly', 'of-another-person', 'garbled', 'filler', 'other'] as const;

/**
 * One written form of a name, as one source has it. Forms are added, never overwritten; one that should never have been
 * there is marked. Who has one name has it as `given` or as `family`, as the source does: the other is left out.
 */
const writtenName = z.strictObject({
  script: z.enum(scripts),
  given: lineOf(100).optional(),
  family: lineOf(100).optional(),
  patronymic: lineOf(100).optional(),
  /** The document it was copied from; absent when told or transliterated. */
  sourceDocument: documentRef.optional(),
  recordedOn: calendarDate,
  /** It was never this person's name in this writing. It stays to be seen; nobody searches or checks by it. */
  recordedInError: z
    .strictObject({
      reason: z.enum(nameErrors),
      on: calendarDate,
      /** Who found it; the record says who revised the dossier. */
      by: lineOf(200).optional(),
    })
    .optional(),
});

const birthDate = z.union([
  z.strictObject({ exact: calendarDate }),
  /** Both days included. */
  z.strictObject({ estimated: z.strictObject({ from: calendarDate, to: calendarDate }) }),
]);

const listedDocument = z.strictObject({
  id: documentRef,
  kind: z.enum(paperKinds),
  /** Whose document it is: the child's, or a recipient's. */
  holder: z.union([z.literal('child'), recipientRef]),
  number: lineOf(60).optional(),
  /** Machine-readable zone as printed, two or three lines; whether it reads is for the checks to say. */
  mrz: z
    .array(z.string().regex(/^[A-Z0-9<]{1,44}$/, { error: 'must be an MRZ line of A–Z, 0–9 and <' }))
    .min(2)
    .max(3)
    .optional(),
  issuedBy: lineOf(200),
  issuedOn: calendarDate.optional(),
  /** Last day of validity; `unlimited` where the paper has no end, absent where nobody knows. */
  expiresOn: lastDay.optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, { error: 'must be a lower-case hexadecimal SHA-256' })
    .optional(),
});

/** ISO 3166-1 alpha-3, or what ICAO 9303 has for those without a state. */
const stateCode = z.string().regex(/^[A-Z]{3}$/, {
  error: 'must be a code of three letters as in a passport, such as UKR; XXA: stateless',
});
const namesOfParent = z.array(writtenName).min(1).max(30);

/**
 * Who the child is and who has it. What Additional Protocol I, article 78 (3) asks for and nobody may know yet is optional:
 * the checks say what is missing.
 */
const child = z.strictObject({
  names: z.array(writtenName).min(1).max(30),
  birthDate,
  placeOfBirth: lineOf(300).optional(),
  nationality: z.array(stateCode).min(1).max(5).optional(),
  parents: z
    .strictObject({
      mother: z.strictObject({ names: namesOfParent, maidenName: lineOf(100).optional() }).optional(),
      father: z.strictObject({ names: namesOfParent }).optional(),
    })
    .optional(),
  /** The listed paper that is the photograph. */
  photograph: documentRef.optional(),
  /** Distinguishing features, for who must recognise the child. */
  features: textOf(2000).optional(),
  sex: z.enum(['female', 'male', 'unknown']),
  languages: z.array(languageTag).min(1).max(10),
  whereabouts: z.strictObject({
    known: z.boolean(),
    /** Required when known. */
    place: lineOf(300).optional(),
    facility: lineOf(300).optional(),
    since: calendarDate.optional(),
    source: lineOf(300).optional(),
  }),
  /** Who has the child now, where nobody of the mechanism does. */
  presentCarer: z
    .strictObject({ name: lineOf(300), kind: z.enum(carerKinds), since: calendarDate.optional() })
    .optional(),
  bloodGroup: z.enum(bloodGroups).optional(),
  healthNeeds: z
    .array(
      z.strictObject({ need: textOf(500), support: textOf(500).optional(), evidence: evidence.optional() }),
    )
    .max(30),
  /** What the child said, in the child's words where possible. */
  view: z
    .strictObject({ text: textOf(4000), recordedOn: calendarDate, heardBy: lineOf(200).optional() })
    .optional(),
});

const recipient = z.strictObject({
  id: recipientRef,
  kind: z.enum(recipientKinds).optional(),
  names: z.array(writtenName).min(1).max(30),
  birthDate: birthDate.optional(),
  languages: z.array(languageTag).max(10).optional(),
  kinship: z.strictObject({
    relation: z.enum(relations),
    /** What `other` stands for. */
    words: lineOf(100).optional(),
    evidence,
  }),
  /** Every basis there is or was; renewed papers are added beside the old. */
  custody: z
    .array(
      z.strictObject({
        basis: z.enum(custodyBases),
        /** The relation as the paper itself names it. */
        relation: z.enum(relations),
        validFrom: calendarDate.optional(),
        /** Last day of validity; absent or `unlimited` when it has no end. */
        validUntil: lastDay.optional(),
        evidence,
      }),
    )
    .max(20),
  /** Why somebody with parental responsibility has not consented to this recipient; absent where all have, or nobody said. */
  consentMissing: z.enum(missingConsents).optional(),
  contact: z
    .strictObject({
      telephone: z
        .string()
        .regex(/^\+[0-9 ]{6,24}$/, { error: 'must be an international number such as +380 …' })
        .optional(),
      email: notedMailAddress.optional(),
      address: lineOf(300).optional(),
    })
    .optional(),
  unavailable: z.strictObject({ since: calendarDate, reason: textOf(500).optional() }).optional(),
});

/** Path of a field in the same dossier, list entries by id: `child.names`, `recipients.recipient-1.contact`. */
const mark = z
  .string()
  .regex(/^[a-zA-Z]+(\.[A-Za-z0-9-]+){0,5}$/, { error: 'must be a path such as child.names' });

export const dossierShape = z.strictObject({
  child,
  documents: z.array(listedDocument).max(200),
  recipients: z.array(recipient).min(1).max(20),
  /** Where the file comes from, e.g. the public report of an example. */
  sourceNote: textOf(2000).optional(),
  /** Fields of example data that nobody ever reported: made up, never to be taken for a real person's. */
  invented: z.array(mark).max(100).optional(),
  /** Fields of example data taken to be so because nothing was reported. */
  assumed: z.array(mark).max(100).optional(),
});

export type Dossier = z.infer<typeof dossierShape>;
export type ListedDocument = Dossier['documents'][number];
export type Recipient = Dossier['recipients'][number];
export type WrittenName = Dossier['child']['names'][number];
export type BirthDate = Dossier['child']['birthDate'];
