/** Sends one command: once, whatever the connection does, and with what the sender had before their eyes. */
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { http, isProblem } from '../api/client';
import type { Problem } from '../api/client';
import type { CommandAnswer } from '../api/types';
import type { DraftDesk } from '../session/draft';
import type { SentCommand } from './read-command';

export type SendState =
  | { readonly is: 'ready' }
  | { readonly is: 'sending' }
  /** Accepted and not yet recorded: its answer is asked for until there is one. */
  | { readonly is: 'kept' }
  | { readonly is: 'refused'; readonly problem: Problem }
  | { readonly is: 'unreachable' }
  | { readonly is: 'recorded'; readonly answer: CommandAnswer };

const pauseMs = 1500;
const pause = () => new Promise((done) => setTimeout(done, pauseMs));

export function useSend(id: string, desk: DraftDesk | undefined) {
  const client = useQueryClient();
  const [state, setState] = useState<SendState>({ is: 'ready' });

  async function end(next: SendState): Promise<void> {
    if (next.is === 'refused') {
      desk?.renewKey();
      // What was new is asked for: it is shown, and the next try goes by it.
      if (next.problem.code === 'stale-version') await client.invalidateQueries();
    }
    if (next.is === 'recorded') {
      desk?.drop();
      void client.invalidateQueries();
    }
    setState(next);
  }
  /** `seen`: the version the sender read; absent where nothing they saw may hinder it. */
  async function send(command: SentCommand, seen?: number): Promise<void> {
    if (!desk || state.is === 'sending' || state.is === 'kept') return;
    setState({ is: 'sending' });
    const header = {
      'Idempotency-Key': desk.draft.key,
      ...(seen !== undefined && { 'If-Match': `"${seen}"` }),
    };
    const sent = await http
      .POST('/v1/cases/{id}/commands', { params: { path: { id }, header }, body: command as never })
      .catch(() => undefined);
    if (sent?.response.status === 202) {
      setState({ is: 'kept' });
      await end(await follow(sent.response.headers.get('location') ?? ''));
      return;
    }
    return end(readAnswer(sent));
  }
  return { state, send, forget: () => setState({ is: 'ready' }) };
}

function readAnswer(sent: { data?: unknown; error?: unknown } | undefined): SendState {
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
