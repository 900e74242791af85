/** The client's side of a way that a server of its own answers: one HTTP request for each message. */
import { randomUUID } from 'node:crypto';
import type { SimpleStep } from './simple-way';
import type { OpenedReturn, Way, WayName } from './way';

export function createServedWay(
  name: WayName,
  urlOf: () => string,
  steps: readonly Pick<SimpleStep, 'name' | 'by'>[],
): Way {
  const post = async (path: string, body: unknown): Promise<void> => {
    const answer = await fetch(urlOf() + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    // Read to its end, as a client that wants to know would; and the connection is free again.
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${name} answered ${answer.status}: ${text}`);
  };
  return {
    name,
    async open(): Promise<OpenedReturn> {
      const id = `${name}-${randomUUID()}`;
      await post('/returns', { id });
      return {
        id,
        steps: steps.map((step, index) => ({
          name: step.name,
          send: () =>
            post(`/returns/${id}/steps`, {
              ...{ id: `${id}:${index}`, name: step.name, by: step.by },
              last: index === steps.length - 1,
            } satisfies SimpleStep),
        })),
      };
    },
    close: () => Promise.resolve(),
  };
}
