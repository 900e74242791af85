import { defineRoute } from '../define-route';
import { signedOut } from '../session/signed-out';

export const endSession = defineRoute({
  id: 'endSession',
  method: 'delete',
  path: '/v1/session',
  summary: 'Sign out of this browser',
  description:
    'Ends the session and has the browser drop all that it keeps of this origin, what was not sent yet too. ' +
    'A token is not ended by it: whoever has one throws it away, or signs out everywhere.',
  answers: { 204: { description: 'Signed out' } },
  async handle({ parts }, { credential: { session } }) {
    if (session !== undefined) await parts.record.sessions.end(session);
    return signedOut(parts.publicUrl);
  },
});
