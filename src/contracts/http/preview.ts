/** What the API answers to a command that is only tried. */
import { z } from 'zod';
import { rejectionCodes } from '../../domain/model/rejections';
import type { RejectionCode } from '../../domain/model/rejections';
import { stages } from '../../domain/model/stages';
import { blocker } from './case-parts';
import { foreseenEventSchema } from './events';

const codes = Object.keys(rejectionCodes) as [RejectionCode, ...RejectionCode[]];

export const previewSchema = z
  .strictObject({
    events: z
      .array(foreseenEventSchema)
      .meta({ description: 'As the timeline would show them, without their place in it' }),
    stage: z.enum(stages).meta({ description: 'The case’s, after it' }),
    waitingOn: z.array(z.string()).meta({ description: 'Parties that would owe something then' }),
    refusal: z
      .strictObject({
        code: z.enum(codes),
        blockers: z.array(blocker).optional(),
        field: z.string().optional(),
      })
      .optional()
      .meta({ description: 'Why it would not be taken as things stand' }),
  })
  .meta({ id: 'Preview' });
