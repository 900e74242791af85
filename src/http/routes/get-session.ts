import { sessionSchema } from '../../contracts/http/session';
import { defineRoute } from '../define-route';
import { Problem } from '../problem';
import { draftKeyOf } from '../session/session-cookies';

export const getSession = defineRoute({
  id: 'getSession',
  method: 'get',
  path: '/v1/session',
  summary: 'Who you are, until when you are signed in, and the key of your drafts',
  answers: { 200: { description: 'You', schema: sessionSchema } },
  async handle({ parts }, { reader, credential }) {
    const { official, party, kind, roles, lent } = reader;
    const { officials, parties } = await parts.getMechanism();
    const person = officials.find(({ id }) => id === official);
    const home = parties.find(({ id }) => id === party);
    // Left within the seconds since they were let in.
    if (!person || !home) throw new Problem('unauthenticated');
    return {
      status: 200,
      body: {
        official,
        name: person.name,
        ...{ party, kind, roles, lent },
        languages: person.languages,
        timeZone: person.timeZone ?? home.timeZone,
        expiresAt: new Date(credential.expiresAt).toISOString(),
        draftKey: draftKeyOf(credential.secret),
      },
    };
  },
});
