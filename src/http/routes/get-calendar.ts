import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CalendarEntry } from '../../contracts/calendar-feed';
import { findOfficial } from '../../contracts/mechanism/mechanism';
import type { DueDate } from '../../record/reads/calendar-feeds';
import { calendarTokenForm } from '../session/calendar-token';
import { defineRoute } from '../define-route';
import { Problem } from '../problem';

const type = 'text/calendar; charset=utf-8';

/** The link is all that a calendar program has to show. Unknown, revoked and of one who left: all the same 404. */
export const getCalendar = defineRoute({
  id: 'getCalendar',
  method: 'get',
  path: '/v1/calendar/{token}.ics',
  summary: 'Your due dates as iCalendar, by private link',
  params: z.object({ token: z.string().regex(calendarTokenForm) }),
  answers: {
    200: { description: 'What your office owes, lent offices too: references and due dates', type },
    304: { description: 'Nothing has changed since the ETag in If-None-Match' },
    404: { description: 'No such link, or no longer' },
  },
  async handle({ parts, params: { token }, headers }) {
    const owner = await parts.record.calendarFeeds.findOwner(token);
    const mechanism = await parts.getMechanism();
    const official = owner?.mechanism === mechanism.id ? await parts.findOfficial(owner.official) : undefined;
    if (!official || official.disabled) throw new Problem('not-found');

    const dueDates = await parts.record.calendarFeeds.dueDates(official);
    const [language = 'en'] = findOfficial(mechanism, official.id)?.languages ?? [];
    const entries = dueDates.map((dueDate) => entryOf(dueDate, parts.publicUrl));
    const body = parts.writeCalendar(entries, language, mechanism.parties);
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
    // Kept by whoever asked only, and asked for anew each time.
    const answered = { etag, 'cache-control': 'private, no-cache' };
    const isKnown = headers.ifNoneMatch?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
    if (isKnown === true) return { status: 304, headers: answered };
    const disposition = { 'content-disposition': 'inline; filename="homeward.ics"' };
    return { status: 200, headers: { ...answered, ...disposition }, body, type };
  },
});

/**
 * A key may hold ids of parties and people; its hash tells a calendar that it is the same, and no more. A date that has
 * moved is another entry: a count of changes would tell of what the reader may not read.
 */
const entryOf = (
  { case: id, key, kind, subject, since, due, safety }: DueDate,
  publicUrl: string,
): CalendarEntry => ({
  uid: `${createHash('sha256')
    .update(JSON.stringify([id, key, due]))
    .digest('hex')
    .slice(0, 40)}@homeward`,
  case: id,
  kind,
  subject,
  due,
  safety,
  since,
  url: `${publicUrl}/cases/${id}`,
});
