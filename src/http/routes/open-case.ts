import { openingFactsSchema } from '../../contracts/commands';
import { dossierSchema } from '../../contracts/dossier/schema';
import { commandAnswerSchema } from '../../contracts/http/answers';
import { dossierHashOf } from '../../contracts/seal';
import type { OpenResult } from '../../record/commands/open-case';
import type { ApiParts } from '../api-parts';
import { defineRoute } from '../define-route';
import { commandIdOf, dossierSaltOf, drawCaseId } from '../commands/derived-ids';
import { Problem, rejectionProblem } from '../problem';
import { sealCommand } from '../commands/seal-command';
import type { Asked } from '../commands/seal-command';
import { answerOf, tellProcess } from '../commands/send-command';

const body = openingFactsSchema
  .extend({ dossier: dossierSchema })
  .meta({ id: 'Opening', description: 'Facts of the opening, and the first version of the dossier' });

/** Opens a case in the record; its process is started by the news of it. */
export const openCase = defineRoute({
  id: 'openCase',
  method: 'post',
  path: '/v1/cases',
  summary: 'Open a case',
  description: 'By the requesting side for itself, or by the mediator at a side’s request.',
  body,
  writes: { takesVersion: false },
  answers: {
    201: { description: 'Opened; Location is the case', schema: commandAnswerSchema },
    200: { description: 'Opened before by this very request', schema: commandAnswerSchema },
  },
  async handle({ parts, body: { dossier, ...facts }, headers }, { reader }) {
    if (!dossier.recipients.some(({ id }) => id === facts.recipient))
      throw new Problem('unknown-recipient', { field: 'recipient' });
    const asked = { id: commandIdOf(reader, headers.idempotencyKey), reader };
    const salt = dossierSaltOf(parts.sealKey, asked.id);
    const command = {
      type: 'openCase',
      ...facts,
      dossier: { version: 1, hash: dossierHashOf(dossier, salt) },
      whereaboutsKnown: dossier.child.whereabouts.known,
    } as const;
    const { id, version } = await parts.getMechanism();
    const result = await inFreeReference(parts, asked, (sealed) =>
      parts.record.openCase({
        envelope: sealCommand(sealed, command, parts),
        dossier,
        salt,
        notes: [],
        mechanism: { id, version },
      }),
    );
    if (result.rejection) throw rejectionProblem(result.rejection);
    tellProcess(parts, result);
    const { headers: known, body: answer } = await answerOf(parts, reader, result);
    return {
      status: result.outcome === 'repeated' ? 200 : 201,
      headers: { location: `/v1/cases/${result.case}`, ...known },
      body: answer,
    };
  },
});

/** References are drawn at random; a second draw is needed once in a million openings or so. */
async function inFreeReference(
  { metrics }: ApiParts,
  asked: Omit<Asked, 'case'>,
  open: (asked: Asked) => Promise<OpenResult>,
): Promise<OpenResult> {
  for (let draws = 1; ; draws += 1) {
    const result = await open({ ...asked, case: drawCaseId() });
    if (result.rejection?.code === 'case-exists' && draws < 5) continue;
    metrics.command('openCase', result.rejection?.code ?? result.outcome);
    return result;
  }
}
