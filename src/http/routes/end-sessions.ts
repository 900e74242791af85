import { defineRoute } from '../define-route';
import { signedOut } from '../session/signed-out';

export const endSessions = defineRoute({
  id: 'endSessions',
  method: 'delete',
  path: '/v1/sessions',
  summary: 'Sign out everywhere',
  description:
    'Ends every session of yours in every browser and, where Homeward itself signs you in, every token. ' +
    'Streams end within ten seconds.',
  answers: { 204: { description: 'Signed out' } },
  async handle({ parts }, { reader }) {
    await parts.record.sessions.endAll(reader);
    await parts.localIssuer?.signOut(reader.official);
    return signedOut(parts.publicUrl);
  },
});
