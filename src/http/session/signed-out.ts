/** After signing out: the browser keeps nothing of ours. */
import type { AnswerOf } from '../define-route';
import { forgottenSession } from './session-cookies';

export const signedOut = (publicUrl: string): AnswerOf<{ 204: { description: string } }> => ({
  status: 204,
  headers: {
    'clear-site-data': '"cookies", "storage", "cache"',
    // On plain HTTP, which is no secure origin, browsers pass over the header above.
    'set-cookie': forgottenSession(publicUrl),
  },
});
