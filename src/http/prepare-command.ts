/** What every command passes before it is sent: repeats, a closed case, cases it names, its notes. */
import type { Reader } from '../auth/official-directory';
import type { EdgeCommand } from '../contracts/commands';
import type { CommandEnvelope } from '../domain/commands';
import type { CaseId } from '../domain/ids';
import type { ApiParts } from './api-parts';
import type { Answer, OpenedCase, RequestHeaders } from './define-route';
import { commandIdOf } from './derived-ids';
import { getCaseFor } from './find-case';
import { Problem } from './problem';
import { sealEdgeCommand } from './seal-command';
import { findFirstAnswer } from './send-command';

export interface CommandCall {
  readonly parts: ApiParts;
  readonly reader: Reader;
  readonly found: OpenedCase;
  readonly headers: RequestHeaders;
}

/** The sealed envelope, its notes kept; or the answer that this request was given before. */
export async function prepareCommand(
  { parts, reader, found: { state }, headers }: CommandCall,
  body: EdgeCommand,
): Promise<{ envelope: CommandEnvelope } | { answer: Answer }> {
  const id = commandIdOf(reader, headers.idempotencyKey);
  const { expectedVersion } = headers;
  const asked = { id, case: state.id, reader, ...(expectedVersion !== undefined && { expectedVersion }) };
  const { envelope, notes } = sealEdgeCommand(asked, body, parts.sealKey);
  const answer = await findFirstAnswer(parts, reader, envelope);
  if (answer) return { answer };
  assertOpen(parts, state, body.type);
  for (const other of casesNamedIn(body)) {
    await getCaseFor(reader, other, parts).catch((error: unknown) => {
      throw error instanceof Problem ? new Problem('unknown-case') : error;
    });
  }
  await parts.register.depositNotes(notes);
  return { envelope };
}

/** From the record, without asking the process: that of a closed case has ended. */
export function assertOpen({ metrics }: ApiParts, state: OpenedCase['state'], type: string): void {
  if (state.stage !== 'closed') return;
  metrics.command(type, 'case-closed');
  throw new Problem('case-closed', { stage: 'closed', allowed: [] });
}

/** A reference to a case the sender may not see must not tell whether it exists. */
function casesNamedIn(body: EdgeCommand): readonly CaseId[] {
  if ('other' in body) return [body.other];
  return 'siblings' in body ? body.siblings : [];
}
