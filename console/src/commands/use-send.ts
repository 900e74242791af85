/** Sends one thing: once, whatever the connection does, and with what the sender had before their eyes. */
import { useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { isProblem } from '../api/client';
import type { Problem } from '../api/client';
import type { CommandAnswer } from '../api/types';
import type { DraftDesk } from '../session/draft';

export type SendState =
  | { readonly is: 'ready' }
  | { readonly is: 'sending' }
  /** Accepted and not yet recorded: its answer is asked for until there is one. */
  | { readonly is: 'kept' }
  | { readonly is: 'refused'; readonly problem: Problem }
  | { readonly is: 'unreachable' }
  | { readonly is: 'recorded'; readonly answer: CommandAnswer };

export interface SendHeader {
  readonly 'Idempotency-Key': string;
  readonly 'If-Match'?: string;
}
interface Sent {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}
const pauseMs = 1500;
const pause = () => new Promise((done) => setTimeout(done, pauseMs));

export function useSend(desk: DraftDesk | undefined) {
  const client = useQueryClient();
  const [state, setState] = useState<SendState>({ is: 'ready' });
  // Two clicks may come before anything is drawn.
  const isUnderWay = useRef(false);

  async function end(next: SendState): Promise<void> {
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
    if (sent?.response.status === 202) {
      setState({ is: 'kept' });
      return end(await follow(sent.response.headers.get('location') ?? ''));
    }
    return end(readAnswer(sent));
  }
  return { state, send };
}
/** Somebody else did something since the sender looked. */
export const isStale = ({ code }: Problem): boolean => code === 'stale-version' || code === 'stale-plan';

function readAnswer(sent: Sent | undefined): SendState {
  if (!sent) return { is: 'unreachable' };
  if (isProblem(sent.error)) return { is: 'refused', problem: sent.error };
  return sent.data === undefined
    ? { is: 'unreachable' }
    : { is: 'recorded', answer: sent.data as CommandAnswer };
}

/** Until the record has it or has refused it. */
async function follow(location: string): Promise<SendState> {
  for (;;) {
    await pause();
    const answer = await fetch(location, { headers: { accept: 'application/json' } }).catch(() => undefined);
    if (!answer?.ok) continue;
    const status = (await answer.json()) as {
      status: string;
      problem?: Problem;
      receipt?: CommandAnswer['receipt'];
    };
    if (status.status === 'refused' && status.problem) return { is: 'refused', problem: status.problem };
    if (status.status === 'recorded' && status.receipt)
      return {
        is: 'recorded',
        answer: {
          ...({ outcome: 'recorded', version: status.receipt.toVersion } as CommandAnswer),
          receipt: status.receipt,
        },
      };
  }
}
