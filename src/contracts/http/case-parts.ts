/** Parts of a case that its view and its timeline share. */
import { z } from 'zod';
import { noticeKinds } from '../../domain/model/notice-kinds';
import { obligationKinds } from '../../domain/model/obligation-kinds';
import { blockers } from '../../domain/model/rejections';
import { instant, paper, text } from './parts';

/** A number, as it is told by the day when it is read. */
export const majorityDays = z
  .int()
  .min(0)
  .meta({ description: 'Days to the 18th birthday; 0 from that day on' });
export const checkFinding = z
  .strictObject({
    code: text,
    severity: z.enum(['info', 'warning', 'blocking']),
    document: paper,
    recipient: text.optional(),
    form: z.int().optional(),
  })
  .meta({ id: 'CheckFinding', description: 'docs/verification-checks.md says what each code means' });
export const unheardAlarm = z
  .strictObject({
    party: text,
    official: text,
    alarm: z.enum(noticeKinds),
    about: z.enum(obligationKinds).optional(),
    code: text,
  })
  .meta({ id: 'UnheardAlarm' });
export const blocker = z
  .strictObject({ blocker: z.enum([...new Set(blockers)]), subject: text.optional() })
  .meta({ id: 'Blocker', description: 'The subject is a side, facet, hold, condition or sibling' });

export const lastPlaceSchema = z
  .strictObject({ place: z.string(), since: instant, isSafePoint: z.literal(true).optional() })
  .meta({ id: 'LastPlace', description: 'Where it was last heard to be' });
export const divertedSchema = z
  .strictObject({ place: z.string(), since: instant, unplanned: z.literal(true).optional() })
  .meta({ id: 'Diversion', description: 'Off the planned way, and to where' });
