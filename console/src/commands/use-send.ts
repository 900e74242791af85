/** Sends one thing: once, whatever the connection does, and with what the sender had before their eyes. */
import { useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { isProblem } from '../api/client';
import type { Problem } from '../api/client';
import type { CommandAnswer } from '../api/types';
import type { DraftDesk } from '../session/draft';

export type SendState<Answer = CommandAnswer> =
  | { readonly is: 'ready' }
  | { readonly is: 'sending' }
  /** `wait`: seconds before which it would be refused again. */
  | { readonly is: 'refused'; readonly problem: Problem; readonly wait?: number }
  | { readonly is: 'unreachable' }
  | { readonly is: 'recorded'; readonly answer: Answer };

export interface SendHeader {
  readonly 'Idempotency-Key': string;
  readonly 'If-Match'?: string;
}
export interface Sent {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** `Answer`: what the API says of what it recorded. */
export function useSend<Answer = CommandAnswer>(desk: DraftDesk | undefined) {
  const client = useQueryClient();
  const [state, setState] = useState<SendState<Answer>>({ is: 'ready' });
  // Two clicks may come before anything is drawn.
  const isUnderWay = useRef(false);

  async function end(next: SendState<Answer>): Promise<void> {
    if (next.is === 'refused') {
      desk?.renewKey();
      // What was new is asked for: it is shown, and the next try goes by it.
      if (isStale(next.problem)) await client.invalidateQueries();
    }
    if (next.is === 'recorded') {
      desk?.drop();
      void client.invalidateQueries();
    }
    isUnderWay.current = false;
    setState(next);
  }
  /** `seen`: the version the sender read; absent where nothing they saw may hinder it. */
  async function send(post: (header: SendHeader) => Promise<Sent>, seen?: number): Promise<void> {
    if (!desk || isUnderWay.current) return;
    isUnderWay.current = true;
    setState({ is: 'sending' });
    const sent = await post({
      'Idempotency-Key': desk.draft.key,
      ...(seen !== undefined && { 'If-Match': `"${seen}"` }),
    }).catch(() => undefined);
    return end(readAnswer<Answer>(sent));
  }
  return { state, send };
}
/** Somebody else did something since the sender looked. */
export const isStale = ({ code }: Problem): boolean =>
  code === 'stale-version' || code === 'stale-plan' || code === 'stale-list';

function readAnswer<Answer>(sent: Sent | undefined): SendState<Answer> {
  if (!sent) return { is: 'unreachable' };
  if (isProblem(sent.error)) {
    const wait = Number(sent.response.headers.get('retry-after') ?? 0);
    return { is: 'refused', problem: sent.error, ...(wait > 0 && { wait }) };
  }
  return sent.data === undefined ? { is: 'unreachable' } : { is: 'recorded', answer: sent.data as Answer };
}
