/** What a whole return left in Temporal: events by type. */
import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';

export interface HistoryFigures {
  readonly events: number;
  readonly bytes: number;
  /** `WORKFLOW_TASK_COMPLETED` → how many, most frequent first. */
  readonly byType: Readonly<Record<string, number>>;
}

const typeNames = temporal.api.enums.v1.EventType;

export async function readHistory(client: Client, workflowId: string): Promise<HistoryFigures> {
  const handle = client.workflow.getHandle(workflowId);
  const events = (await handle.fetchHistory()).events ?? [];
  const counts = new Map<string, number>();
  for (const { eventType } of events) {
    const name = (typeNames[eventType ?? 0] ?? 'unknown').replace('EVENT_TYPE_', '');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const { historySize = 0 } = await handle.describe();
  const byType = Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
  return { events: events.length, bytes: historySize, byType };
}
