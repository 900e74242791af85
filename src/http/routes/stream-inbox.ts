import { z } from 'zod';
import { defineRoute } from '../define-route';
import { streamCursor } from '../stream/inbox-stream';
import { Problem } from '../problem';
import { scopeQuery } from './get-inbox';

/** Pages in several windows, and the program of an office. */
const openAtMost = 8;

export const streamInbox = defineRoute({
  id: 'streamInbox',
  method: 'get',
  path: '/v1/inbox/stream',
  summary: 'Changes of your inbox, as they happen',
  description:
    'Server-Sent Events. `case` tells the whole of what you owe in one case: `{case, version, entries}`; without ' +
    'entries nothing, any more. `group` tells the same of a group: `{group, version, entries}`; it also comes when ' +
    'something happened to a group that you may read. The same may come twice. `counts` tells how much waits. `reset`: too much was ' +
    'missed, or your office changed; read the inbox anew. To go on after a break send the last `id` as ' +
    '`Last-Event-ID`, or `changes` of the inbox as `after`. The stream ends when your sign-in does.',
  query: z.strictObject({
    scope: scopeQuery,
    after: z.string().max(200).optional().meta({ description: '`changes` of the inbox, or an `id`' }),
  }),
  answers: { 200: { description: 'Open until either side ends it', type: 'text/event-stream' } },
  handle({ parts, query: { scope, after }, headers }, { reader }) {
    const given = headers.lastEventId ?? after;
    const position = given === undefined ? undefined : streamCursor.find(given, parts.sealKey);
    if (given !== undefined && position === undefined) {
      const message = 'is not a position of this stream';
      throw new Problem('invalid-request', { errors: [{ pointer: '/after', code: 'cursor', message }] });
    }
    if (parts.inboxStream.openOf(reader.official) >= openAtMost)
      throw new Problem('too-many-requests', {}, { 'retry-after': '10' });
    return {
      status: 200,
      stream: (stream) => {
        parts.inboxStream.listen(stream, reader, scope, position);
      },
    };
  },
});
