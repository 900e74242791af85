/** The section `border` of a mechanism file. `checks/border.ts` has what must hold between its rules. */
import { z } from 'zod';
import { travellers } from '../../domain/model/border';
import { paperKinds } from '../../domain/model/dossier-facts';
import { calendarDate } from '../dates';

/** `id` and `duration` as everywhere in the file. */
export const borderShape = (id: z.ZodString, duration: z.ZodString) =>
  z
    .array(
      z.strictObject({
        crossing: id.describe('One of the places'),
        direction: z
          .strictObject({ from: id, to: id })
          .describe('From which party’s ground to which party’s'),
        from: calendarDate.describe('First day on which the rule holds'),
        to: calendarDate.describe('Last day; until further notice unless named').optional(),
        travellers: z.array(z.enum(travellers)).min(1),
        papers: z
          .array(
            z.strictObject({
              kind: z.enum(paperKinds),
              instead: z.array(z.enum(paperKinds)).min(1).describe('Kinds that serve as well').optional(),
              issuer: id.describe('The party whose offices issue it').optional(),
              leadTime: duration.describe('From the request to the paper').optional(),
              singleUse: z.literal(true).optional(),
              validFor: duration.describe('From the day of issue').optional(),
              validFromEntry: duration.describe('From the crossing on').optional(),
            }),
          )
          .min(1)
          .max(20)
          .describe('All of them are asked for'),
      }),
    )
    .max(200);
