/** What every command passes before it is sent: repeats, a closed case, what it refers to, its notes. */
import { actorOf } from '../auth/official-directory';
import type { Reader } from '../auth/official-directory';
import type { EdgeCommand } from '../contracts/commands';
import { maySend } from '../domain/allowed-commands';
import type { CommandEnvelope } from '../domain/commands';
import type { ApiParts } from './api-parts';
import type { Answer, OpenedCase, RequestHeaders } from './define-route';
import { commandIdOf } from './derived-ids';
import { assertReferences } from './check-references';
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
  call: CommandCall,
  body: EdgeCommand,
): Promise<{ envelope: CommandEnvelope } | { answer: Answer }> {
  const { parts, reader, headers } = call;
  const { state } = call.found;
  const id = commandIdOf(reader, headers.idempotencyKey);
  const { expectedVersion } = headers;
  const asked = { id, case: state.id, reader, ...(expectedVersion !== undefined && { expectedVersion }) };
  const { envelope, notes } = sealEdgeCommand(asked, body, parts.sealKey);
  const answer = await findFirstAnswer(parts, reader, envelope);
  if (answer) return { answer };
  assertOpen(state);
  assertOffice(call, body);
  await assertReferences(call, body);
  await parts.register.depositNotes(notes);
  return { envelope };
}

/** From the record, without asking the process: that of a closed case has ended. */
export function assertOpen(state: OpenedCase['state']): void {
  if (state.stage === 'closed') throw new Problem('case-closed', { stage: 'closed', allowed: [] });
}

/** The rules ask this again; asked here too, so that nobody leaves notes or tries out references without right. */
function assertOffice({ reader, found }: CommandCall, body: EdgeCommand): void {
  const { state, rules } = found;
  const facet = 'facet' in body ? body.facet : undefined;
  if (!maySend(body.type, actorOf(reader), state, rules, facet)) throw new Problem('not-your-command');
}
