/** Every refusal of a field has a code of the closed list, and the facts with which it is said in any language. */
import { type z } from 'zod';
import { commandSchema } from '../../src/contracts/commands';
import { calendarDate, givenDuration, givenInstant } from '../../src/contracts/dates';
import { dossierSchema } from '../../src/contracts/dossier/schema';
import { fieldErrorSchema } from '../../src/contracts/field-errors';
import { notedMailAddress } from '../../src/contracts/mail-address';
import { invalidRequest } from '../../src/http/problem';
import { aDossier } from '../record/support/record-room';

function errorsOf(schema: z.ZodType, value: unknown) {
  const { error } = schema.safeParse(value);
  const errors = error ? (invalidRequest(error).facts.errors ?? []) : [];
  return errors
    .map((one) => fieldErrorSchema.parse(one))
    .map(({ pointer, code, facts }) => [pointer, code, facts]);
}
const hold = { type: 'placeHold', hold: 'h' };

describe('what is wrong with a field', () => {
  it.each([
    ['a field that is not there', commandSchema, hold, ['/reason', 'invalid-value']],
    ['no such choice', commandSchema, { ...hold, reason: 'x' }, ['/reason', 'invalid-value']],
    [
      'a type that is another',
      commandSchema,
      { type: 'moveMechanism', version: 'x' },
      ['/version', 'invalid-type', { type: 'number' }],
    ],
    [
      'a number that is missing',
      commandSchema,
      { type: 'moveMechanism' },
      ['/version', 'missing', { type: 'number' }],
    ],
    [
      'a number that is too small',
      commandSchema,
      { type: 'moveMechanism', version: 0 },
      ['/version', 'too-small', { atLeast: 1 }],
    ],
    [
      'a note too long',
      commandSchema,
      { ...hold, reason: 'other', note: 'x'.repeat(4001) },
      ['/note', 'too-long', { atMost: 4000 }],
    ],
    [
      'a note of nothing',
      commandSchema,
      { ...hold, reason: 'other', note: ' ' },
      ['/note', 'too-short', { atLeast: 1 }],
    ],
    [
      'a list too long',
      commandSchema,
      { type: 'linkSiblings', siblings: Array.from({ length: 21 }, () => '7Q2M-4ZK9') },
      ['/siblings', 'too-many', { atMost: 20 }],
    ],
    [
      'a hidden character',
      commandSchema,
      { ...hold, reason: 'other', note: 'a\u202Eb' },
      ['/note', 'hidden-characters', undefined],
    ],
    [
      'lost letters',
      commandSchema,
      { ...hold, reason: 'other', note: 'a\uFFFDb' },
      ['/note', 'not-utf-8', undefined],
    ],
    [
      'an unknown field',
      commandSchema,
      { type: 'depart', when: 'now' },
      ['/when', 'unknown-field', undefined],
    ],
    [
      'an unknown reference',
      commandSchema,
      { type: 'flagDuplicate', other: 'x' },
      ['/other', 'invalid-format', { form: 'reference' }],
    ],
    ['no date', calendarDate, '2026-02-30', ['', 'invalid-format', { form: 'date' }]],
    ['a year nobody means', calendarDate, '9999-01-01', ['', 'out-of-years', { from: 1900, to: 2199 }]],
    ['no instant', givenInstant, 'x', ['', 'invalid-format', { form: 'datetime' }]],
    ['no duration', givenDuration, 'x', ['', 'invalid-format', { form: 'duration' }]],
    ['a duration without end', givenDuration, 'P99Y', ['', 'too-big', { atMost: 'P20Y' }]],
    ['no mail address', notedMailAddress, 'x', ['', 'invalid-format', { form: 'mail-address' }]],
  ] as const)('%s', (_what, schema, value, expected) => {
    const [pointer, code, ...facts] = expected;
    expect(errorsOf(schema, value)).toEqual([
      [pointer, code, facts.length > 0 ? facts[0] : (expect.anything() as unknown)],
    ]);
  });

  it('tells which words are taken, where there are few', () => {
    const [[, , facts] = []] = errorsOf(commandSchema, { ...hold, reason: 'x' });
    expect(facts).toEqual({ oneOf: expect.arrayContaining(['safety', 'other']) as string[] });
  });

  it('has a code for every fault between the fields of a dossier', () => {
    const { child, documents, recipients } = aDossier;
    const codes = errorsOf(dossierSchema, {
      ...aDossier,
      child: {
        ...child,
        names: [{ script: 'latin', given: 'unknown', recordedOn: '2199-01-01', sourceDocument: 'doc-99' }],
        whereabouts: { known: true },
      },
      documents: [...documents, ...documents],
      recipients: recipients.map((one) => ({ ...one, kinship: { ...one.kinship, words: 'a friend' } })),
      invented: ['child.nothing'],
    }).map(([, code]) => code);
    expect(new Set(codes)).toEqual(
      new Set([
        'duplicate-id',
        'unknown-document',
        'date-future',
        'name-is-filler',
        'place-missing',
        'unknown-mark',
        'words-without-other',
      ]),
    );
  });
});
