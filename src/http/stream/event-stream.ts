/**
 * One open answer of Server-Sent Events: it beats while nothing happens, ends when its reader's authority does, and
 * is dropped rather than kept in memory when its reader does not read. What is told is the route's business.
 */
import type { Request, Response } from 'express';
import type { Reader } from '../../auth/official-directory';
import { findSignedIn } from '../middleware/authenticate';
import type { SignInParts } from '../middleware/authenticate';

export interface StreamEvent {
  readonly event: string;
  readonly data: object;
  /** What the reader shows to go on from here. */
  readonly id?: string;
}
export interface EventStream {
  send(event: StreamEvent): void;
  /** Goes out with the next heartbeat, so that a reader for whom nothing happened needs not look back far. */
  reached(id: string): void;
  onClose(then: () => void): void;
  /** The reader as asked anew: roles come and go with absences and versions of the mechanism. */
  onReader(then: (reader: Reader) => void): void;
  end(): void;
}

/** Shorter than the minute after which proxies give up on a silent connection. */
const heartbeatMs = 15_000;
/** A token or session that ran out and an official who left are shown out so soon. */
const askWhoMs = 10_000;
/** Readers are told different pauses, so that those of a process that ended do not all come back at once. */
const retryMs = { least: 1_000, spread: 4_000 };
/** What may wait for a reader to take it, beside what the kernel holds. */
const waitingBytesAtMost = 1_000_000;

export function openEventStream(request: Request, response: Response, parts: SignInParts): EventStream {
  response.status(200).set({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    // nginx and its kin pass each event on as it comes.
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
  let isClosed = false;
  const closers: (() => void)[] = [];
  let tellReader: (reader: Reader) => void = () => undefined;
  let position: string | undefined;

  const write = (text: string): void => {
    if (response.writableEnded || response.destroyed) return;
    response.write(text);
    if (response.writableLength > waitingBytesAtMost) response.destroy();
  };
  const end = (): void => {
    if (!response.writableEnded) response.end();
  };
  const beat = setInterval(() => {
    write(`${position === undefined ? '' : `id: ${position}\n`}: still here\n\n`);
  }, heartbeatMs);
  const ask = setInterval(() => {
    // No use of the session: a page that is left open does not keep somebody signed in.
    findSignedIn(request, String(response.locals.requestId), parts, false).then(
      (found) => {
        if (found) tellReader(found.reader);
        else end();
      },
      // Also when the issuer can't be asked: whoever may listen comes back and shows it.
      end,
    );
  }, askWhoMs);
  const close = (): void => {
    isClosed = true;
    clearInterval(beat);
    clearInterval(ask);
    for (const then of closers.splice(0)) then();
  };
  // Who left while it was asked who they are has closed already, and nothing tells of it again.
  if (response.destroyed) close();
  else response.once('close', close);
  write(`retry: ${retryMs.least + Math.floor(Math.random() * retryMs.spread)}\n\n`);
  if (request.method === 'HEAD') end();

  return {
    send: ({ event, data, id }) => {
      write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    reached: (id) => {
      position = id;
    },
    onClose: (then) => {
      if (isClosed) then();
      else closers.push(then);
    },
    onReader: (then) => {
      tellReader = then;
    },
    end,
  };
}
