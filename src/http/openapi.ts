/** The OpenAPI 3.1 document, made of the very schemas that requests are checked against. */
import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { issuerPath, localScope } from '../auth/issuer-names';
import { problemSchema } from '../contracts/http-problem';
import type { ApiParts } from './api-parts';
import type { Documented, RouteDefinition } from './define-route';
import { routePolicy } from './policy';
import type { Access } from './policy';
import { routes } from './routes';
import type { RouteId } from './routes';

const problem = { 'application/problem+json': { schema: problemSchema } };
const refusals = {
  400: 'Not well-formed',
  401: 'Not signed in',
  403: 'Your office does not permit it',
  404: 'Nothing here, or nothing for you',
  409: 'The case does not take it now; the problem names its stage and what you may send',
  422: 'Something in it is not as it must be',
  428: 'It must say which version you read',
  429: 'Too many requests',
  503: 'Engine or record can’t be reached; repeat with the same Idempotency-Key',
} as const;

const writeHeaders = {
  'Idempotency-Key': z.string().meta({
    description: 'Yours, one per intent; a repeat gets the first answer',
    example: 'approve-7Q2M-1',
  }),
};
const versionHeaderOf = (takesVersion: true | 'required') =>
  (takesVersion === 'required' ? z.string() : z.string().optional()).meta({
    description: 'The version you saw, quoted; refused when the case moved on',
    example: '"7"',
  });

export function createOpenapiDocument({ publicUrl, issuer, localIssuer }: ApiParts): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes as readonly RouteDefinition<RouteId>[]) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Homeward',
      version: '1',
      description:
        'Mediated returns of children across a conflict line. Every refusal is a problem document (RFC 9457) ' +
        'with a stable code. Free text and personal data in an answer are those your party may read.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: `Access token of ${issuer.url}` },
        ...(localIssuer && {
          signIn: {
            type: 'oauth2',
            flows: {
              authorizationCode: {
                authorizationUrl: `${publicUrl}${issuerPath}/auth`,
                tokenUrl: `${publicUrl}${issuerPath}/token`,
                scopes: { [localScope]: 'All your office permits' },
              },
            },
          },
        }),
      },
    },
    security: [{ token: [] }, ...(localIssuer ? [{ signIn: [localScope] }] : [])],
  });
}

function operationOf(route: RouteDefinition<RouteId>): ZodOpenApiOperationObject {
  const access: Access = routePolicy[route.id];
  const { writes } = route;
  const header = writes && {
    ...writeHeaders,
    ...(writes.takesVersion !== false && { 'If-Match': versionHeaderOf(writes.takesVersion) }),
  };
  return {
    operationId: route.id,
    summary: route.summary,
    ...(route.description !== undefined && { description: route.description }),
    tags: [route.path.startsWith('/v1') ? 'returns' : 'operation'],
    ...(access.who === 'anyone' && { security: [] }),
    requestParams: {
      ...(route.params && { path: route.params as z.ZodObject }),
      ...(route.query && { query: route.query as z.ZodObject }),
      ...(header && { header: z.object(header) }),
    },
    ...(route.body && { requestBody: { content: { 'application/json': { schema: route.body } } } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, answer]) => [status, responseOf(answer)]),
      ),
      ...(access.who !== 'anyone' && refusalsOf(route, access)),
    },
  };
}

const responseOf = ({ description, schema, type = 'application/json' }: Documented) => ({
  description,
  ...((schema ?? type !== 'application/json') && {
    content: { [type]: { schema: schema ?? z.string() } },
  }),
});

function refusalsOf(route: RouteDefinition, access: Access) {
  const apply: Record<keyof typeof refusals, boolean> = {
    400: route.writes !== undefined,
    401: true,
    403: true,
    404: access.who !== 'anyone' && (access.caseOf !== undefined || route.params !== undefined),
    409: route.writes !== undefined,
    422: route.body !== undefined || route.query !== undefined,
    428: route.writes?.takesVersion === 'required',
    429: true,
    503: true,
  };
  return Object.fromEntries(
    Object.entries(refusals)
      .filter(([status]) => apply[Number(status) as keyof typeof refusals])
      .map(([status, description]) => [status, { description, content: problem }]),
  );
}
