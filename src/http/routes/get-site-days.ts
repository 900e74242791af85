import { z } from 'zod';
import { calendarDate } from '../../contracts/dates';
import { siteDaysSchema } from '../../contracts/http/sites';
import { capacityOn, carerBedsOf } from '../../domain/facts/beds';
import { addDays } from '../../domain/facts/days';
import type { LocalDate } from '../../domain/calendar/time';
import { defineRoute } from '../define-route';
import { findSite } from '../find-site';
import { Problem } from '../problem';

/** Ten years. */
const atMostDays = 3_660;
const seesAll = ['mediator', 'host'] as const;

/** A side counts the cases it may read; how many beds others leave free would tell of theirs. */
export const getSiteDays = defineRoute({
  id: 'getSiteDays',
  method: 'get',
  path: '/v1/sites/{id}/days',
  summary: 'How many beds of a hosting site are taken, night by night',
  description:
    'Days are the site’s own; `from` counts and `to` does not; 30 days from today unless given. A stay whose end nobody ' +
    'has said counts from then on. A side counts its own cases only and is not told what is free.',
  params: z.object({ id: z.string().max(40) }),
  query: z.strictObject({
    from: calendarDate.optional().meta({ description: 'First night', example: '2027-01-01' }),
    to: calendarDate.optional().meta({ description: 'The day after the last night', example: '2027-02-01' }),
  }),
  answers: {
    200: { description: 'Night by night', schema: siteDaysSchema },
    404: { description: 'No such site, or not yours' },
  },
  async handle({ parts, params, query }, { reader }) {
    const { site, rules, today } = await findSite(parts, reader, params.id);
    const from = query.from ?? today;
    const to = query.to ?? addDays(from, 30);
    const dates = datesBetween(from, to);
    const isAll = (seesAll as readonly string[]).includes(reader.kind);
    const scope = { mechanism: rules.id, site: site.id, from, to, today, carerBeds: carerBedsOf(site) };
    const changes = await parts.record.sites.nights(isAll ? scope : { ...scope, party: reader.party });
    const byDate = new Map(changes.map((change) => [change.date, change]));
    let [occupied, held] = [0, 0];
    const days = dates.map((date) => {
      occupied += byDate.get(date)?.occupied ?? 0;
      held += byDate.get(date)?.held ?? 0;
      const capacity = capacityOn(site, date);
      const free = isAll ? { free: Math.max(0, capacity - occupied - held) } : {};
      return { date, capacity, occupied, held, ...free };
    });
    return { status: 200, body: { site: site.id, today, days } };
  },
});

function datesBetween(from: LocalDate, to: LocalDate): LocalDate[] {
  const length = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  if (length <= 0 || length > atMostDays)
    throw new Problem('invalid-request', {
      errors: [
        {
          pointer: '/from',
          code: 'period',
          message: length <= 0 ? 'must be before `to`' : 'must be within ten years of `to`',
        },
      ],
    });
  return Array.from({ length }, (_, at) => addDays(from, at));
}
