/** The histories that earlier releases left behind, each under the workflow id that its run had. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { groupWorkflowIdOf } from '../../src/domain/group/group';
import type { GroupId } from '../../src/domain/group/group';
import { workflowIdOf } from '../../src/domain/model/ids';

type History = ReturnType<typeof historyFromJSON>;

const folder = join(__dirname, 'histories');
export const historyFiles = readdirSync(folder).filter((file) => file.endsWith('.json'));
export const readHistory = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));

export const histories = (): { workflowId: string; history: History }[] =>
  historyFiles.map((file) => {
    const history = historyFromJSON(readHistory(file));
    return { workflowId: workflowIdIn(history) ?? file, history };
  });

/** A run is checked to be under the id of its case or group, which its input names. */
export function workflowIdIn({ events }: History): string | undefined {
  const [input] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  const given = JSON.parse(Buffer.from(input?.data ?? '{}').toString()) as {
    case?: string;
    group?: GroupId;
  };
  if (given.group !== undefined) return groupWorkflowIdOf(given.group);
  return given.case === undefined ? undefined : workflowIdOf(given.case);
}
