import { calendarLinkSchema } from '../../contracts/http/officials';
import { calendarTokenOf } from '../session/calendar-token';
import { defineRoute } from '../define-route';
import { commandIdOf } from '../commands/derived-ids';
import { Problem } from '../problem';

export const linkCalendar = defineRoute({
  id: 'linkCalendar',
  method: 'post',
  path: '/v1/calendar-feed',
  summary: 'A private link to a calendar of your due dates; an earlier one no longer works',
  writes: { takesVersion: false },
  answers: { 201: { description: 'The link, for your calendar program', schema: calendarLinkSchema } },
  async handle({ parts, headers }, { reader }) {
    const token = calendarTokenOf(parts.sealKey, reader, commandIdOf(reader, headers.idempotencyKey));
    // A key whose link was revoked or replaced must not bring it back.
    if (!(await parts.record.calendarFeeds.link(reader, token))) throw new Problem('command-id-reused');
    return { status: 201, body: { link: `${parts.publicUrl}/v1/calendar/${token}.ics` } };
  },
});
