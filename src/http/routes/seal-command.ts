import { z } from 'zod';
import { ownRolesOf } from '../../auth/official-directory';
import { typedCaseId, commandSchema } from '../../contracts/commands';
import { commandAnswerSchema, sealedCommandSchema } from '../../contracts/http/answers';
import { heedDuress } from '../commands/duress';
import { nearestFormOf } from '../../contracts/nearest-form';
import { versionFor } from '../../domain/readers/event-readers';
import { isUnrefusable } from '../../domain/model/commands';
import { workflowIdOf } from '../../domain/model/ids';
import { isOfficial } from '../../domain/model/parties';
import { defineRoute } from '../define-route';
import { Problem } from '../problem';
import { assertKnownNames } from '../commands/known-names';
import { assertOffice, assertOpen, prepareCommand } from '../commands/prepare-command';
import { findFirstAnswer, namingTaken, underFreeId } from '../commands/send-command';

/**
 * Hands a sealed command to its sender, who has it carried to Temporal by other means, such as its command
 * line. Nothing is done yet; unless it is a hold or a withdrawal it is worth something only while the case
 * stands as it does now.
 */
export const sealCommand = defineRoute({
  id: 'sealCommand',
  method: 'post',
  path: '/v1/cases/{id}/sealed-commands',
  summary: 'Seal a command, to be sent as a Temporal signal',
  description:
    'What the door for commands does not refuse for its form is sealed in the nearest form there is, and `adjusted` says how.',
  params: z.object({ id: typedCaseId }),
  body: commandSchema,
  writes: { takesVersion: true },
  answers: {
    200: {
      description: 'Sealed, not sent; or, where this very command was recorded before, its answer',
      schema: z.union([sealedCommandSchema, commandAnswerSchema]),
    },
  },
  nearest: nearestFormOf,
  async handle({ parts, body, headers, adjusted: given }, { reader, found }) {
    const expectedVersion = headers.expectedVersion ?? versionFor(reader, found.state);
    const pinned = isUnrefusable(body) ? headers : { ...headers, expectedVersion };
    // It may be sent at any time: what is lent for an absence does not go into it.
    const sender = { ...reader, roles: ownRolesOf(reader), lent: [] };
    const prepared = await prepareCommand({ parts, reader: sender, headers: pinned }, found.state.id, body);
    const { notes } = prepared;
    const { envelope, adjusted = [] } = await underFreeId({ parts, reader, adjusted: given, ...prepared });
    const earlier = await findFirstAnswer(parts, reader, envelope);
    if (earlier) return earlier;
    assertOpen(found.state, body.type);
    assertOffice(sender, found, body);
    await assertKnownNames(parts, reader, found, body);
    await parts.record.depositNotes(notes);
    await heedDuress(parts, reader, { command: envelope.id, case: found.state.id, notes });
    const { actor, seal } = envelope;
    if (!isOfficial(actor) || seal === undefined) throw new Problem('internal');
    const workflowId = workflowIdOf(envelope.case);
    const input = JSON.stringify(envelope);
    const words = [
      'temporal',
      'workflow',
      'signal',
      '--workflow-id',
      workflowId,
      '--name',
      'command',
      '--input',
      input,
    ];
    const sealed = {
      workflowId,
      signal: 'command',
      envelope: { ...envelope, actor, seal },
      temporal: words,
    } as const;
    return {
      status: 200,
      body: { ...sealed, ...(adjusted.length > 0 && { adjusted: namingTaken(adjusted, envelope) }) },
    };
  },
});
