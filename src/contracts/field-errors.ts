/**
 * What may be wrong with one field of a request: a closed list of codes, each with its facts, so that it can be said in
 * any language. Codes that Zod knows come from its own; a check of ours names its code in `params`.
 */
import { z } from 'zod';
import type { ZodError } from 'zod';

export const fieldErrorCodes = [
  /* Of its form. `missing`: required and not there. */
  'missing',
  'invalid-type',
  'invalid-format',
  'invalid-value',
  'invalid-union',
  'too-small',
  'too-big',
  'too-short',
  'too-long',
  'too-few',
  'too-many',
  'unknown-field',
  'characters',
  /* Of what is written in it. */
  'not-utf-8',
  'hidden-characters',
  'no-letter-or-digit',
  'out-of-years',
  'cursor',
  'period',
  'unknown-official',
  'role-missing',
  /* Between fields of a dossier. */
  'duplicate-id',
  'unknown-document',
  'unknown-recipient',
  'unknown-mark',
  'date-future',
  'date-before-start',
  'name-missing',
  'name-is-filler',
  'name-lost',
  'all-names-in-error',
  'place-missing',
  'words-without-other',
  /* None of these; `message` says it, in English only. */
  'other',
] as const;
export type FieldErrorCode = (typeof fieldErrorCodes)[number];

/** Of the schema, never of what was sent. */
export const fieldFactsSchema = z
  .strictObject({
    atLeast: z.number().optional(),
    atMost: z.union([z.number(), z.string()]).optional().meta({ description: 'A number, or a duration' }),
    from: z.int().optional().meta({ description: 'Year' }),
    to: z.int().optional().meta({ description: 'Year' }),
    oneOf: z
      .array(z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .optional()
      .meta({ description: 'What is taken there' }),
    type: z
      .string()
      .optional()
      .meta({ description: 'What it must be: string, number, boolean, array, object …' }),
    form: z.string().optional().meta({ description: 'date, datetime, duration, mail-address, reference …' }),
    role: z.string().optional(),
  })
  .meta({ id: 'FieldFacts' });
export type FieldFacts = z.output<typeof fieldFactsSchema>;

export const fieldErrorSchema = z
  .strictObject({
    pointer: z.string().meta({ description: 'JSON pointer into the body, or the name of a parameter' }),
    code: z.enum(fieldErrorCodes).meta({ description: 'Stable; branch on this' }),
    facts: fieldFactsSchema.optional(),
    message: z.string().meta({ description: 'The same in English' }),
  })
  .meta({ id: 'FieldError' });
export type FieldError = z.output<typeof fieldErrorSchema>;

type Issue = ZodError['issues'][number];
type Told = Pick<FieldError, 'code' | 'facts'>;

/** What a check of ours gives as `params`, for `refine` and `addIssue`. */
export const telling = (code: FieldErrorCode, facts?: FieldFacts): { params: Told } => ({
  params: { code, ...(facts && { facts }) },
});

const isCode = (code: unknown): code is FieldErrorCode =>
  (fieldErrorCodes as readonly unknown[]).includes(code);

/** Texts and lists have a length, numbers a size. */
const sizes = {
  string: ['too-short', 'too-long'],
  array: ['too-few', 'too-many'],
} as const;
const sizeCode = (origin: string, which: 0 | 1): FieldErrorCode =>
  Object.hasOwn(sizes, origin)
    ? sizes[origin as keyof typeof sizes][which]
    : which === 0
      ? 'too-small'
      : 'too-big';

/** Where Zod has no code of its own for it. */
const isMissing = ({ message }: Issue): boolean => message.endsWith('received undefined');

/** Code and facts of one issue. Values that are listed are the schema's. */
export function toldOf(issue: Issue): Told {
  switch (issue.code) {
    case 'invalid_type':
      return { code: isMissing(issue) ? 'missing' : 'invalid-type', facts: { type: issue.expected } };
    case 'invalid_value':
      return { code: 'invalid-value', facts: { oneOf: issue.values.filter(isPlain) } };
    case 'invalid_format':
      // The expression itself says nothing to a person.
      return issue.format === 'regex'
        ? { code: 'invalid-format' }
        : { code: 'invalid-format', facts: { form: issue.format } };
    case 'too_small':
      return { code: sizeCode(issue.origin, 0), facts: { atLeast: Number(issue.minimum) } };
    case 'too_big':
      return { code: sizeCode(issue.origin, 1), facts: { atMost: Number(issue.maximum) } };
    case 'invalid_union':
      return { code: 'invalid-union' };
    case 'custom': {
      const { code, facts } = (issue.params ?? {}) as Partial<Told>;
      return isCode(code) ? { code, ...(facts && { facts }) } : { code: 'other' };
    }
    default:
      return { code: 'other' };
  }
}
const isPlain = (value: unknown): value is string | number | boolean | null =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);
