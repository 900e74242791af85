/**
 * One stream for all tabs of a browser: over HTTP/1.1 a browser opens six connections to a server, and six tabs with
 * a stream each would leave none for anything else. The tab that holds the lock listens; the others hear it from
 * there, and when it closes the next one goes on from the last position it was told.
 */
export interface StreamEvent {
  readonly event: 'case' | 'group' | 'counts' | 'reset' | 'live' | 'away';
  readonly data: string;
  readonly id: string;
}
/** After a refusal: too many at once, the record away, a sign-in that ended. */
const pauseMs = 10_000;
const told = ['case', 'group', 'counts', 'reset'] as const;

export function followStream(
  address: (after: string) => string,
  name: string,
  after: string,
  tell: (event: StreamEvent) => void | Promise<void>,
): () => void {
  const channel = new BroadcastChannel(name);
  const closing = new AbortController();
  let position = after;
  const hear = (event: StreamEvent) => {
    if (event.id !== '') position = event.id;
    void tell(event);
  };
  channel.onmessage = ({ data }: MessageEvent<StreamEvent>) => hear(data);
  const lead = () =>
    new Promise<void>((left) => {
      let stream: EventSource;
      const pass =
        (event: StreamEvent['event']) =>
        ({ data = '', lastEventId = '' }: Partial<MessageEvent<string>>) => {
          const message = { event, data, id: lastEventId };
          channel.postMessage(message);
          hear(message);
        };
      const open = () => {
        if (closing.signal.aborted) return;
        stream = new EventSource(address(position));
        stream.onopen = pass('live');
        stream.onerror = () => {
          pass('away')({});
          // A browser comes back by itself after a lost connection, but not after a refusal.
          if (stream.readyState === EventSource.CLOSED) setTimeout(open, pauseMs);
        };
        for (const event of told) stream.addEventListener(event, pass(event));
      };
      open();
      closing.signal.addEventListener('abort', () => {
        stream.close();
        left();
      });
    });
  // Refused only by the abort below.
  navigator.locks.request(name, { signal: closing.signal }, lead).catch(() => undefined);
  return () => {
    closing.abort();
    channel.close();
  };
}
