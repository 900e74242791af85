/** The commands of a group as an edge accepts them; free text still in it as text. The system's own are accepted nowhere. */
import { z } from 'zod';
import { caseIdForm, happenedAt, movementActSchema, relaySource, typedCaseId } from './commands';
import { givenInstant } from './dates';
import { textOf } from './dossier/text';
import { telling } from './field-errors';
import { abortReasons, listTerms } from '../domain/group/group';
import { objectionReasons } from '../domain/model/decisions';
import { modalities } from '../domain/model/plan';
import { findGroupReference } from '../domain/model/reference';

export const groupIdForm = new RegExp(`^G-${caseIdForm.source.slice(1)}`);
export const groupIdSchema = z
  .string()
  .regex(groupIdForm, { error: 'must be a group reference such as G-7Q2M-4ZK9' })
  .meta({ description: 'Group reference', example: 'G-7Q2M-4ZK9' });
/** A case reference, or a group's. */
export const streamIdSchema = z
  .string()
  .regex(new RegExp(`^(G-)?${caseIdForm.source.slice(1)}`))
  .meta({ description: 'Case reference, or a group’s', example: '7Q2M-4ZK9' });
/** As an edge takes one: however it was read out and typed. */
export const typedGroupId = z
  .string()
  .max(40)
  .transform((text, context) => {
    const id = findGroupReference(text);
    if (id !== undefined) return id;
    context.addIssue({
      code: 'custom',
      message: 'must be a group reference such as G-7Q2M-4ZK9',
      ...telling('invalid-format', { form: 'reference' }),
    });
    return z.NEVER;
  })
  .meta({
    description: 'Group reference; small letters and any hyphen or none are understood',
    example: 'G-7Q2M-4ZK9',
  });

const note = textOf(4000).optional().meta({ description: 'Free text; kept apart from the events' });
const place = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, { error: 'must be a place of the mechanism' });
/** More than any group had; a longer list is two groups. */
const maxMembers = 100;
const terms = {
  members: z
    .array(typedCaseId)
    .min(1)
    .max(maxMembers)
    .meta({ description: 'In the order in which they pass; siblings together' }),
  departAt: givenInstant.meta({ description: 'When they set out' }),
  place: place.meta({ description: 'Where they pass from the one side to the other' }),
  route: z.enum(modalities),
};
const list = {
  version: z.int().min(1).max(1_000_000),
  hash: z.string().regex(/^[0-9a-f]{64}$/, { error: 'must be a lower-case hexadecimal SHA-256' }),
};
const some = z
  .array(z.enum(listTerms))
  .min(1)
  .max(listTerms.length)
  .refine((given) => new Set(given).size === given.length, { error: 'must name each term once' });

export const groupDraftSchema = z.strictObject({ ...terms, note }).meta({
  id: 'GroupDraft',
  example: {
    members: ['7Q2M-4ZK9', '07JD-6QZ4'],
    departAt: '2027-03-02T06:00:00.000Z',
    place: 'vilnius',
    route: 'road',
  },
});

const command = <const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.strictObject({ type: z.literal(type), ...shape });

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, {
  error: 'must be lower-case letters, digits and hyphens, at most 64',
});
const except = z
  .array(typedCaseId)
  .max(maxMembers)
  .optional()
  .meta({ description: 'Children of whom it is not said' });
/** What a side says of a list, by itself or by way of the mediator. */
const words = [
  command('refuseMember', { member: typedCaseId, reason: z.enum(objectionReasons), note }),
  command('confirmTerms', { ...list, terms: some }),
  command('disputeTerms', { ...list, terms: some, note }),
  command('sayGo', list),
  command('sayNoGo', { note }),
] as const;

export const groupCommandSchema = z
  .discriminatedUnion('type', [
    command('changeList', { ...terms, note }),
    command('proposeList', {}),
    command('freezeList', { version: list.version }),
    ...words,
    command('relayWord', {
      relay: id,
      party: id,
      word: z.discriminatedUnion('type', words).meta({ id: 'RelayedWord' }),
      source: relaySource.meta({ id: 'RelaySource' }),
    }),
    command('confirmRelay', { relay: id }),
    command('rejectRelay', { relay: id, note }),
    command('repudiateRelay', { relay: id, note }),
    command('departGroup', list),
    command('checkIn', {
      place: place.optional(),
      at: happenedAt,
      except,
      note,
    }),
    command('sayForAll', { act: movementActSchema, except, note }),
    command('abortGroup', { reason: z.enum(abortReasons), note }),
    command('reportBreach', { note }),
  ])
  .meta({
    id: 'GroupCommand',
    example: { type: 'confirmTerms', version: 1, hash: '0'.repeat(64), terms: ['names', 'date'] },
  });
export type EdgeGroupCommand = z.output<typeof groupCommandSchema>;
export type GroupDraft = z.output<typeof groupDraftSchema>;
