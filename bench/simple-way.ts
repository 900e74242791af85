/** The client's side of the plain way and of the floor: one update per command of Homeward's plain return. */
import { randomUUID } from 'node:crypto';
import type { UpdateDefinition, Workflow } from '@temporalio/common';
import type { ClientSurroundings, OpenedReturn, Way, WayName } from './way';

/** What is sent: as small as it can be. Homeward's sealed envelope is some three times as long. */
export interface SimpleStep {
  readonly id: string;
  readonly name: string;
  readonly by: string;
  readonly last: boolean;
}

interface SimpleParts {
  readonly name: WayName;
  readonly workflow: string;
  readonly update: UpdateDefinition<number, [SimpleStep]>;
  readonly steps: readonly { readonly name: string; readonly by: string }[];
}

export function createSimpleWay({ client, taskQueue }: ClientSurroundings, parts: SimpleParts): Way {
  return {
    name: parts.name,
    async open(): Promise<OpenedReturn> {
      const workflowId = `${parts.name}-${randomUUID()}`;
      const handle = await client.workflow.start<Workflow>(parts.workflow, {
        workflowId,
        taskQueue,
        args: [],
      });
      return {
        id: workflowId,
        steps: parts.steps.map(({ name, by }, index) => ({
          name,
          async send() {
            const id = `${workflowId}:${index}`;
            const last = index === parts.steps.length - 1;
            await handle.executeUpdate(parts.update, { args: [{ id, name, by, last }], updateId: id });
          },
        })),
      };
    },
    close: () => Promise.resolve(),
  };
}
