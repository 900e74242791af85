/** Answers about a hosting site: its nights, its day, and who waits for a bed. */
import { z } from 'zod';
import { bedKinds } from '../../domain/model/beds';
import { caseIdSchema } from '../commands';
import { childBriefSchema, doseSchema } from './briefs';
import { count, date, instant, text } from './parts';

const bed = z
  .strictObject({ number: count, id: text, kind: z.enum(bedKinds), room: text.optional() })
  .meta({ id: 'Bed' });

export const siteDaysSchema = z
  .strictObject({
    site: text,
    today: date.meta({ description: 'The day it is at the site' }),
    days: z.array(
      z.strictObject({
        date,
        capacity: z.int().meta({ description: 'Beds for children that are there on this night' }),
        occupied: z.int(),
        held: z.int(),
        free: z.int().optional().meta({ description: 'Where all who are there are for you to count' }),
      }),
    ),
  })
  .meta({
    id: 'SiteDays',
    examples: [
      {
        site: 'moscow-residence',
        today: '2027-01-01',
        days: [
          { date: '2027-01-01', capacity: 15, occupied: 11, held: 2, free: 2 },
          { date: '2027-01-02', capacity: 15, occupied: 10, held: 4, free: 1 },
        ],
      },
    ],
  });

const guest = z
  .strictObject({
    case: caseIdSchema,
    child: childBriefSchema.optional(),
    bed,
    firstNight: date,
    leavesOn: date.optional(),
  })
  .meta({ id: 'SiteGuest' });
const owed = z.array(z.strictObject({ case: caseIdSchema, due: instant, overdue: z.boolean() }));

export const siteTodaySchema = z
  .strictObject({
    site: text,
    today: date,
    expected: z
      .array(guest)
      .meta({ description: 'A bed is held from today or earlier on, and they are not there yet' }),
    present: z.array(guest),
    leaving: z
      .array(guest)
      .meta({ description: 'Of those present, whose stay ends today or should have ended' }),
    carers: z.array(guest).meta({
      description:
        'Beds kept for relatives who come to fetch one of the children, or are there; not over yet',
    }),
    notesDue: owed.meta({ description: 'Welfare notes due by the end of the day' }),
    checksDue: owed.meta({ description: 'Arrivals of the last three days that nobody has checked' }),
    hearingsDue: owed.meta({ description: 'Hearings due by the end of the day' }),
    doses: z.array(doseSchema).meta({
      description: 'What the children are to get today, done or not, and what of the last day was not',
    }),
    endingSoon: owed.meta({ description: 'Stays whose end is near: they leave, or stay longer' }),
  })
  .meta({
    id: 'SiteToday',
    examples: [
      {
        site: 'moscow-residence',
        today: '2027-01-01',
        expected: [
          {
            case: '7Q2M-4ZK9',
            bed: { number: 3, id: 'crib', kind: 'cot', room: 'blue' },
            firstNight: '2027-01-01',
            leavesOn: '2027-01-09',
          },
        ],
        present: [],
        leaving: [],
        carers: [],
        notesDue: [],
        doses: [],
        checksDue: [],
        hearingsDue: [{ case: '7Q2M-4ZK9', due: '2027-01-01T18:00:00.000Z', overdue: false }],
        endingSoon: [],
      },
    ],
  });

export const siteWaitingSchema = z
  .strictObject({
    site: text,
    items: z.array(
      z.strictObject({
        case: caseIdSchema,
        child: childBriefSchema.optional(),
        since: instant,
        medicallyUrgent: z.boolean(),
        siblingsComplete: z.boolean().optional().meta({ description: 'For the mediator' }),
        countsFrom: instant.optional().meta({
          description: 'From when its wait counts: who counts from the earliest is first; for the mediator',
        }),
        offered: z
          .strictObject({ bed, until: instant })
          .optional()
          .meta({ description: 'A bed that is free for this child, and until when it is kept for it' }),
      }),
    ),
  })
  .meta({
    id: 'SiteWaiting',
    examples: [
      {
        site: 'moscow-residence',
        items: [
          {
            case: '7Q2M-4ZK9',
            since: '2026-12-30T09:00:00.000Z',
            medicallyUrgent: true,
            siblingsComplete: true,
            countsFrom: '2026-12-13T09:00:00.000Z',
            offered: {
              bed: { number: 4, id: '4', kind: 'usual' },
              until: '2027-01-01T21:00:00.000Z',
            },
          },
        ],
      },
    ],
  });
