/** What officials ask and are answered about themselves: absences, calendar links, webhook secrets. */
import { z } from 'zod';
import { givenInstant } from '../dates';

const officialId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, { error: 'must be the id of an official' })
  .meta({ example: 'qa-officer-2' });
/** Any ISO instant with its offset, in the one form that is compared. */
const instant = z.iso.datetime({ precision: 3 });

export const absenceBodySchema = z
  .strictObject({
    official: officialId.optional().meta({ description: 'Who is away; yourself unless given' }),
    deputy: officialId.meta({ description: 'Who stands in: an official of the same party' }),
    from: givenInstant.optional().meta({ description: 'Now unless given; an instant that is past is now' }),
    until: givenInstant.meta({ description: 'At most 180 days later', example: '2026-08-17T06:00:00Z' }),
  })
  .meta({ id: 'AbsenceRequest' });

export const absenceSchema = z
  .object({
    id: z.string(),
    party: z.string(),
    official: z.string(),
    deputy: z.string(),
    from: instant,
    until: instant,
    declaredBy: z.string(),
    declaredAt: instant,
    endedBy: z.string().optional(),
    endedAt: instant.optional().meta({ description: 'When it was ended before its time' }),
    running: z.boolean().meta({ description: 'Whether the deputy has the lent roles now' }),
  })
  .meta({ id: 'Absence' });

export const calendarLinkSchema = z
  .object({
    link: z.string().meta({ description: 'Shown here only. Whoever has it reads your due dates' }),
  })
  .meta({ id: 'CalendarLink' });

/** One word, so that it can stand in any sentence; not one that is written by chance every day. */
export const duressWordSchema = z
  .strictObject({
    word: z
      .string()
      .transform((word) => word.normalize('NFKC').toLowerCase().trim())
      .pipe(
        z.string().regex(/^[\p{L}\p{N}]{5,40}$/u, {
          error: 'must be one word of 5 to 40 letters or digits',
        }),
      )
      .nullable()
      .meta({ description: 'One word; null: none from now on', example: 'chamomile' }),
  })
  .meta({ id: 'DuressWord' });

const generation = {
  generation: z.int().min(1).meta({ description: 'Grows with each rotation' }),
  since: instant.optional().meta({ description: 'Absent for the first' }),
  raisedBy: z.string().optional(),
  previousUntil: instant
    .optional()
    .meta({ description: 'Until then the secret before it signs too; absent when it no longer does' }),
};
export const webhookGenerationSchema = z
  .object({ ...generation, url: z.string().optional().meta({ description: 'Where notices go' }) })
  .meta({ id: 'WebhookGeneration', description: 'Never the secret itself' });
export const webhookSecretSchema = z
  .object({
    secret: z.string().meta({ description: 'Shown here only; as Standard Webhooks takes it' }),
    ...generation,
  })
  .meta({ id: 'WebhookSecret' });
