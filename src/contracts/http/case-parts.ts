/** Parts of a case that its view and its timeline share. */
import { z } from 'zod';
import { reintegrationNeeds, travelNeeds } from '../../domain/model/commands';
import { paperKinds } from '../../domain/model/dossier-facts';
import { escortSkills } from '../../domain/model/escorts';
import { treatmentKinds } from '../../domain/model/hosting';
import { noticeKinds } from '../../domain/model/notice-kinds';
import { obligationKinds } from '../../domain/model/obligation-kinds';
import { blockers } from '../../domain/model/rejections';
import { date, instant, note, paper, text } from './parts';

/** What a child is to get, without the words for it. */
export const treatmentPlan = {
  kind: z.enum(treatmentKinds),
  times: z.array(text),
  firstDay: date,
  lastDay: date.optional(),
  note,
};
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
    paper: z.enum(paperKinds).optional(),
    place: text.optional(),
    holds: z.int().optional().meta({ description: 'Days for which the paper holds, or takes' }),
    needed: z.int().optional().meta({ description: 'Days for which it would have to, or that there are' }),
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
  .meta({
    id: 'Blocker',
    description: 'The subject is a side, facet, hold, condition, sibling, part of the crew, or side and leg',
  });

/** Who must travel along with the child, and what. */
export const travelNeedList = z.array(z.enum(travelNeeds));
/** Of an escort, as it was when they were assigned. */
export const credential = {
  credentialUntil: date
    .optional()
    .meta({ description: 'Last day on which they may set out with a child; absent where nothing is stated' }),
  skills: z
    .array(z.enum(escortSkills))
    .optional()
    .meta({ description: 'What they are beside an escort: counts as of the crew' }),
};
export const reintegrationLine = z
  .strictObject({ need: z.enum(reintegrationNeeds), owner: text, by: date })
  .meta({
    id: 'ReintegrationLine',
    description: 'What the child needs, which party sees to it, and by when',
  });

export const lastPlaceSchema = z
  .strictObject({ place: z.string(), since: instant, isSafePoint: z.literal(true).optional() })
  .meta({ id: 'LastPlace', description: 'Where it was last heard to be' });
export const divertedSchema = z
  .strictObject({ place: z.string(), since: instant, unplanned: z.literal(true).optional() })
  .meta({ id: 'Diversion', description: 'Off the planned way, and to where' });
