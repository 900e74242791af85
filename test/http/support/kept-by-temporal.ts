/** All that Temporal keeps of a case's process, in the clear: histories of every run, payloads decoded, and what lists show. */
import type { ProcessRoom } from '../../workflows/support/process-room';

export async function keptOf({ client, handle }: ProcessRoom, id: string): Promise<string> {
  const description = await handle(id).describe();
  const texts = [JSON.stringify(description)];
  const query = `WorkflowId = '${description.workflowId}'`;
  for await (const { workflowId, runId } of client.workflow.list({ query }))
    texts.push(JSON.stringify(await client.workflow.getHandle(workflowId, runId).fetchHistory()));
  // Bytes are written as base64, in which a word is found only if it happens to begin at the right place.
  return texts
    .join('\n')
    .replace(/"data":"([A-Za-z0-9+/=]*)"/g, (_all, bytes: string) => Buffer.from(bytes, 'base64').toString());
}
