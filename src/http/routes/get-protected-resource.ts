import { z } from 'zod';
import { defineRoute } from '../define-route';

/** RFC 9728: how a client that was told 401 finds out where to sign in. */
export const getProtectedResource = defineRoute({
  id: 'getProtectedResource',
  method: 'get',
  path: '/.well-known/oauth-protected-resource',
  summary: 'Where officials sign in',
  answers: {
    200: {
      description: 'Issuer and audience of the tokens that count here',
      schema: z.object({
        resource: z.string(),
        authorization_servers: z.array(z.string()),
        bearer_methods_supported: z.array(z.literal('header')),
        homeward_audience: z.string(),
        homeward_sign_in_links: z.boolean(),
      }),
    },
  },
  handle: ({ parts }) => ({
    status: 200,
    body: {
      resource: parts.publicUrl,
      authorization_servers: [parts.issuer.url],
      bearer_methods_supported: ['header'],
      homeward_audience: parts.issuer.audience,
      homeward_sign_in_links: parts.localIssuer !== undefined,
    },
  }),
});
