import { z } from 'zod';
import { calendarDate } from '../../contracts/dates';
import { figuresSchema } from '../../contracts/http/answers';
import { readsEventsOf } from '../../domain/readers/event-readers';
import { defineRoute } from '../define-route';
import { Problem } from '../problem';
import { suppress } from '../views/suppress';

const givenDate = calendarDate.optional();
const dayMs = 86_400_000;
const atMostDays = 3_660;

/** Mediators read all; a side what concerns its cases; observers all, in whole months, small counts left out. */
export const getFigures = defineRoute({
  id: 'getFigures',
  method: 'get',
  path: '/v1/figures',
  summary: 'Figures for a steering meeting: open, by stage, how long who was waited for, decided, closed',
  description:
    'Days are in UTC; `from` counts and `to` does not. The last 90 days unless given. For observers a period is one ' +
    'calendar month, the last whole one unless given, counts from 1 to 4 are null and so is a total they would ' +
    'follow from, and durations are told of five or more.',
  query: z.strictObject({
    from: givenDate.meta({ description: 'First day', example: '2026-09-01' }),
    to: givenDate.meta({ description: 'The day after the last', example: '2026-10-01' }),
  }),
  answers: { 200: { description: 'The figures', schema: figuresSchema } },
  async handle({ parts, query }, { reader }) {
    const isObserver = reader.kind === 'observer';
    const period = isObserver ? monthOf(query) : periodOf(query);
    const scope = { mechanism: reader.mechanism, ...period };
    const isAll = isObserver || reader.kind === 'mediator';
    const figures = await parts.record.figures(isAll ? scope : { ...scope, party: reader.party });
    if (isObserver) return { status: 200, body: { ...period, ...suppress(figures), suppressed: true } };
    const { closed, children, ...rest } = figures;
    const { notMet, ...told } = children;
    const total = closed.reduce((sum, { cases }) => sum + cases, 0);
    return {
      status: 200,
      body: {
        ...period,
        ...rest,
        closed: { total, outcomes: closed },
        children: { ...told, ...(readsEventsOf(reader.kind, 'VisitReported') && { notMet }) },
        suppressed: false,
      },
    };
  },
});

interface Given {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}
interface Period {
  readonly from: string;
  readonly to: string;
}
const startOf = (date: string): string => `${date}T00:00:00.000Z`;
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

function periodOf({ from, to = dateOf(Date.now() + dayMs) }: Given): Period {
  const end = Date.parse(to);
  const start = from === undefined ? end - 90 * dayMs : Date.parse(from);
  if (start >= end) throw wrongPeriod('must be before `to`');
  if (end - start > atMostDays * dayMs) throw wrongPeriod('must be within ten years of `to`');
  return { from: startOf(dateOf(start)), to: startOf(to) };
}

/** Months that overlap in no day: what is hidden in one does not follow from two that differ by a day. */
function monthOf({ from, to }: Given): Period {
  const now = new Date();
  const first = from ?? dateOf(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
  const [year = 0, month = 0, day] = first.split('-').map(Number);
  const next = dateOf(Date.UTC(year, month, 1));
  if (day !== 1 || (to !== undefined && to !== next))
    throw wrongPeriod('must be the first of one whole month');
  if (Date.parse(next) > now.getTime()) throw wrongPeriod('must be in a month that is over');
  return { from: startOf(first), to: startOf(next) };
}

const wrongPeriod = (message: string): Problem =>
  new Problem('invalid-request', { errors: [{ pointer: '/from', code: 'period', message }] });
