import { defineRoute } from '../define-route';

export const revokeCalendar = defineRoute({
  id: 'revokeCalendar',
  method: 'delete',
  path: '/v1/calendar-feed',
  summary: 'Make the link to your calendar worthless',
  answers: { 204: { description: 'None works now' } },
  async handle({ parts }, { reader }) {
    await parts.record.calendarFeeds.revoke(reader);
    return { status: 204 };
  },
});
