/** The OpenAPI 3.1 document, made of the very schemas that requests are checked against. */
import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { issuerPath, localScope } from '../auth/issuer-names';
import { problemSchema } from '../contracts/http/problem';
import type { ApiParts } from './api-parts';
import type { Documented, RouteDefinition } from './define-route';
import { routePolicy } from './policy';
import type { Access } from './policy';
import { keyForm, versionForm } from './middleware/request-headers';
import { routes } from './routes';
import type { RouteId } from './routes';

const problem = { 'application/problem+json': { schema: problemSchema } };
const refusals = {
  400: 'Not well-formed',
  401: 'Not signed in',
  403: 'Your office does not permit it',
  404: 'Nothing here, or nothing for you',

  409: 'The case does not take it now; the problem names its stage and what you may send',
  413: 'Larger than 64 KB',
  415: 'Not application/json',
  422: 'Something in it is not as it must be',
  428: 'It must say which version you read',
  429: 'Too many requests',
  503: 'Engine or record can’t be reached; repeat with the same Idempotency-Key',
} as const;

const writeHeaders = {
  'Idempotency-Key': z.string().regex(keyForm).meta({
    description: 'Yours, one per intent, such as a UUID; a repeat gets the first answer',
  }),
};
const versionTag = z.string().regex(versionForm);
const versionHeaderOf = (takesVersion: true | 'required') =>
  (takesVersion === 'required' ? versionTag : versionTag.optional()).meta({
    description: 'The version you saw, quoted, such as "7"; refused when the case moved on',
  });

export function createOpenapiDocument({
  publicUrl,
  issuer,
  localIssuer,
}: Pick<ApiParts, 'publicUrl' | 'issuer' | 'localIssuer'>): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes as readonly RouteDefinition<RouteId>[]) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  }
  return withoutPrefilled(
    createDocument(
      {
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
      },
      {
        // A default is filled in when something is read; of an answer it says nothing, and clients stumble over it.
        override: ({ jsonSchema, io }) => {
          if (io === 'output') delete jsonSchema.default;
        },
      },
    ),
  );
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
    ...(route.body && {
      requestBody: { required: true, content: { 'application/json': { schema: route.body } } },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, answer]) => [status, responseOf(status, answer)]),
      ),
      ...refusalsOf(route, access),
    },
  };
}

const responseOf = (status: string, { description, schema, type = 'application/json' }: Documented) => ({
  description,
  ...(Number(status) >= 400 && !schema
    ? { content: problem }
    : (schema ?? type !== 'application/json') && {
        content: { [type]: { schema: schema ?? z.string() }, ...(Number(status) >= 400 && problem) },
      }),
});

/** Not a limit of the edge, so that a probe is answered whatever waits. */
const alwaysAnswered = 'getHealth';

function refusalsOf(route: RouteDefinition, access: Access) {
  const apply: Record<keyof typeof refusals, boolean> = {
    400: route.writes !== undefined,
    401: access.who !== 'anyone',
    403: access.who !== 'anyone',
    404: route.params !== undefined,
    409: route.writes !== undefined,
    413: route.body !== undefined,
    415: route.body !== undefined,
    // A key of another request is told so on routes without a body, too.
    422: route.body !== undefined || route.query !== undefined || route.writes !== undefined,
    428: route.writes?.takesVersion === 'required',
    429: true,
    503: route.id !== alwaysAnswered,
  };
  return Object.fromEntries(
    Object.entries(refusals)
      .filter(([status]) => apply[Number(status) as keyof typeof refusals] && !(status in route.answers))
      .map(([status, description]) => [status, { description, content: problem }]),
  );
}

/** As much of a document as is walked here. */
interface Parameter {
  readonly in?: string;
  description?: string;
  example?: unknown;
  schema?: { description?: string; example?: unknown; examples?: unknown };
}

/**
 * A page to try the API fills in what a parameter has as its example: an inbox would be asked for one case that does
 * not exist, a key be used again. Only what must be in the address anyway keeps its example.
 */
function withoutPrefilled(document: ReturnType<typeof createDocument>): object {
  for (const path of Object.values(document.paths ?? {}))
    for (const operation of Object.values(path) as { parameters?: Parameter[] }[])
      for (const parameter of operation.parameters ?? []) {
        if (parameter.in === 'path') continue;
        const example = parameter.example ?? parameter.schema?.example;
        delete parameter.example;
        delete parameter.schema?.example;
        delete parameter.schema?.examples;
        if (typeof example === 'string')
          parameter.description =
            `${parameter.description ?? parameter.schema?.description ?? ''}, e.g. ${example}`.trim();
      }
  return document;
}
