/** A stream of Server-Sent Events, gone on with after every break, for as long as it is wanted. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from './api-client';
import { CliError } from './cli-error';

export interface TextEvent {
  readonly event: string;
  readonly data: unknown;
}
/** A server that is gone for good must not be asked for ever. */
const breaksAtMost = 60;

export async function* follow(client: ApiClient, path: string, after: string): AsyncGenerator<TextEvent> {
  let position = after;
  let pauseMs = 2_000;
  for (let breaks = 0; breaks < breaksAtMost; breaks += 1) {
    try {
      for await (const block of blocksOf(await client.open(path, { 'last-event-id': position }))) {
        const fields = fieldsOf(block);
        position = fields.get('id') ?? position;
        const retry = Number(fields.get('retry'));
        if (retry > 0) pauseMs = retry;
        const data = fields.get('data');
        if (data === undefined) continue;
        breaks = 0;
        yield { event: fields.get('event') ?? 'message', data: JSON.parse(data) as unknown };
      }
    } catch (error) {
      // Refused is refused; what broke or was not there yet is tried again.
      if (error instanceof CliError && error.ending !== 'unreachable') throw error;
    }
    await sleep(pauseMs);
  }
  throw new CliError('unreachable', 'The API does not answer any more.');
}

async function* blocksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    rest += chunk;
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    yield* blocks;
  }
}

const fieldsOf = (block: string): Map<string, string> =>
  new Map(
    block.split('\n').flatMap((line) => {
      const at = line.indexOf(':');
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1).trimStart()] as const] : [];
    }),
  );
