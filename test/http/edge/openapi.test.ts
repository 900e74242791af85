import request from 'supertest';
import { createApp } from '../../../src/http/app';
import { routePolicy } from '../../../src/http/policy';
import { routes } from '../../../src/http/routes';
import { partsWithoutServers } from '../support/parts-without-servers';

interface Operation {
  operationId: string;
  summary: string;
  security?: object[];
  parameters?: { in: string; name: string; required?: boolean }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
}

describe('the description of the API', () => {
  const app = createApp(partsWithoutServers());
  let document: Document;
  beforeAll(async () => {
    document = (await request(app).get('/openapi.json').expect(200)).body as Document;
  });

  it('is OpenAPI 3.1 and describes every route with its answers', () => {
    expect(document.openapi).toBe('3.1.0');
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { operationId }]) => `${method} ${path} ${operationId}`),
    );
    expect(described.sort()).toEqual(routes.map(({ method, path, id }) => `${method} ${path} ${id}`).sort());
    for (const route of routes) {
      const operation = document.paths[route.path]![route.method]!;
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(Object.keys(route.answers)));
      const isOpen = routePolicy[route.id].who === 'anyone';
      expect([route.id, operation.security]).toEqual([route.id, isOpen ? [] : undefined]);
      if (!isOpen) expect(operation.responses['401']?.content).toHaveProperty(['application/problem+json']);
    }
  });

  it('refers only to schemas that it holds', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(50);
    for (const [, name] of references) expect(document.components.schemas).toHaveProperty([name!]);
  });

  it('asks every request that writes for its key, and offers every command by its type', () => {
    for (const route of routes.filter(({ writes }) => writes)) {
      const { parameters = [] } = document.paths[route.path]![route.method]!;
      expect(parameters).toContainEqual(
        expect.objectContaining({ in: 'header', name: 'Idempotency-Key', required: true }),
      );
    }
    const { requestBody } = document.paths['/v1/cases/{id}/commands']!.post!;
    const { schema } = requestBody!.content['application/json']!;
    const { oneOf = [] } = schema as { oneOf?: object[] };
    expect(oneOf.length).toBeGreaterThanOrEqual(48);
  });

  it('has nothing that a page to try it would fill in by itself, and bounds that are true', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    const parameters = operations.flatMap((operation) => operation.parameters ?? []) as {
      in: string;
      name: string;
      example?: unknown;
      schema: { example?: unknown; maximum?: number; pattern?: string };
    }[];
    const filledIn = parameters.filter(
      (parameter) => parameter.in !== 'path' && (parameter.example ?? parameter.schema.example) !== undefined,
    );
    expect(filledIn).toEqual([]);
    const limits = parameters.filter(({ name }) => name === 'limit');
    expect(new Set(limits.map(({ schema }) => schema.maximum))).toEqual(new Set([200]));
    const keys = parameters.filter(({ name }) => name === 'Idempotency-Key');
    expect(new Set(keys.map(({ schema }) => schema.pattern))).toEqual(new Set(['^[A-Za-z0-9_-]{4,100}$']));
    for (const route of routes.filter(({ body }) => body)) {
      const { responses } = document.paths[route.path]![route.method]!;
      for (const status of ['413', '415', '422'])
        expect(responses[status]?.content).toHaveProperty(['application/problem+json']);
    }
  });

  it('comes with a page that loads nothing from elsewhere', async () => {
    const page = await request(app).get('/docs').expect(200);
    const scripts = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
    expect(scripts.length).toBeGreaterThanOrEqual(4);
    for (const address of scripts) {
      expect(address.startsWith('/docs/')).toBe(true);
      await request(app).get(address).expect(200);
    }
    const policy = page.headers['content-security-policy']!;
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/https?:|unsafe-eval|script-src[^;]*unsafe-inline/);
    await request(app).get('/docs/oauth2-redirect.html').expect(200);
    await request(app).get('/docs/..%2f..%2fpackage.json').expect(404);
    await request(app).get('/docs/package.json').expect(404);
  });
});
