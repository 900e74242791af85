/** Listens to a stream of Server-Sent Events as a browser would, and remembers what it was told. */
import { request } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';

export interface Heard {
  readonly event: string;
  readonly data: Record<string, unknown>;
  readonly id?: string;
}
export interface Listening {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly heard: Heard[];
  readonly text: () => string;
  lastId(): string | undefined;
  /** Resolves when the server ended it. */
  readonly ended: Promise<void>;
  close(): void;
}

export const listenTo = (
  address: string,
  token: string | undefined,
  headers: Record<string, string> = {},
  { reads = true }: { reads?: boolean } = {},
): Promise<Listening> =>
  new Promise((resolve, reject) => {
    const sent: ClientRequest = request(address, {
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        accept: 'text/event-stream',
        ...headers,
      },
      agent: false,
    });
    sent.once('error', reject);
    sent.once('response', (answer) => {
      const heard: Heard[] = [];
      let text = '';
      let rest = '';
      let id: string | undefined;
      sent.removeAllListeners('error').on('error', () => undefined);
      answer.on('error', () => undefined);
      if (reads)
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
          rest += chunk;
          const blocks = rest.split('\n\n');
          rest = blocks.pop() ?? '';
          for (const block of blocks) {
            const field = (name: string) =>
              block
                .split('\n')
                .find((line) => line.startsWith(`${name}: `))
                ?.slice(name.length + 2);
            id = field('id') ?? id;
            const data = field('data');
            if (data !== undefined)
              heard.push({
                event: field('event') ?? 'message',
                data: JSON.parse(data) as Heard['data'],
                ...(id === undefined ? {} : { id }),
              });
          }
        });
      resolve({
        status: answer.statusCode ?? 0,
        headers: answer.headers,
        heard,
        text: () => text,
        lastId: () => id,
        ended: new Promise((done) => answer.once('close', () => done())),
        close: () => sent.destroy(),
      });
    });
    sent.end();
  });

/** Repeats expectations until they hold; then what they found wrong last is the failure. */
export async function soon(expectations: () => void | Promise<void>, withinMs = 15_000): Promise<void> {
  const end = Date.now() + withinMs;
  for (;;) {
    try {
      await expectations();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
