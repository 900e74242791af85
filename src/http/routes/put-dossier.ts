import { z } from 'zod';
import { typedCaseId } from '../../contracts/commands';
import { dossierSchema } from '../../contracts/dossier/schema';
import { commandAnswerSchema } from '../../contracts/http/answers';
import { defineRoute } from '../define-route';
import { reviseDossier } from '../commands/revise-dossier';
import { counting } from '../commands/send-command';

/** Written forms of a name are added, never changed: a revision that loses one is refused. */
export const putDossier = defineRoute({
  id: 'putDossier',
  method: 'put',
  path: '/v1/cases/{id}/dossier',
  summary: 'A new version of the dossier',
  description:
    'The whole dossier, as a change of the one in the version of the case that If-Match names: two people who edit ' +
    'from the same reading do not undo one another. Facets it touches are verified anew; a change a plan rests on makes the plan lapse. ' +
    'While an approval stands, or the child is on the way, nothing is changed yet: the answer has `proposal`, the revision ' +
    'stands in the case as one of `proposedDossiers`, and somebody of the other of requesting side and mediator ' +
    'confirms or rejects it (`confirmProposal`, `rejectProposal`). Meanwhile the gate and the handover are shut.',
  params: z.object({ id: typedCaseId }),
  body: dossierSchema.meta({ id: 'Dossier' }),
  writes: { takesVersion: 'required' },
  answers: {
    200: {
      description:
        'Recorded as the next version; with `proposal` as what a second person is asked to confirm',
      schema: commandAnswerSchema,
    },
  },
  handle: ({ parts, body, headers }, { reader, found }) =>
    counting(parts, 'reviseDossier', () => reviseDossier({ parts, reader, found, headers }, body)),
});
