/** Holds every answer of every test against what the description says of it: no field more, and none less. */
import type { Response } from 'supertest';
import { problemSchema } from '../../../src/contracts/http/problem';
import type { RouteDefinition } from '../../../src/http/define-route';
import { routes } from '../../../src/http/routes';

const formOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
const known = (routes as readonly RouteDefinition[]).map((route) => ({ ...route, form: formOf(route.path) }));

/** Throws with the path of what is not as described. */
export function assertDescribed({ request, status, body, type }: Response): void {
  const { method, url } = request as unknown as { method: string; url: string };
  const { pathname } = new URL(url);
  const route = known.find((each) => each.method === method.toLowerCase() && each.form.test(pathname));
  const schema = type === 'application/problem+json' ? problemSchema : route?.answers[status]?.schema;
  if (!route || !schema || type.startsWith('text/')) return;
  const read = schema.safeParse(body);
  const where = `${method} ${route.path} ${status}`;
  if (!read.success) throw new Error(`${where} is not as described: ${read.error.message}`);
  const more = differences(body, read.data, '');
  if (more.length > 0) throw new Error(`${where} tells what is not described: ${more.join(', ')}`);
}

/** What a schema that is not strict has left out. */
function differences(sent: unknown, described: unknown, path: string): string[] {
  if (typeof sent !== 'object' || sent === null) return sent === described ? [] : [path];
  if (typeof described !== 'object' || described === null) return [path];
  return Object.entries(sent).flatMap(([key, value]) =>
    differences(value, (described as Record<string, unknown>)[key], `${path}/${key}`),
  );
}
