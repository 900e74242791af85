/** An act that waits for its second person, as it is shown: one row per type that the four-eyes table can ask of. */
import { z } from 'zod';
import {
  closureOutcomes,
  recallOutcomes,
  reopenCaseReasons,
  holdGrounds,
  identifications,
} from '../../domain/model/commands';
import type { ProposableType } from '../../domain/facts/four-eyes';
import { unionByType } from './union';
import { travelNeedList } from './case-parts';
import { count, date, dossierRef, facet, leg, note, paper, papers, text } from './parts';

export const proposedActShapes = {
  closeCase: { outcome: z.enum(closureOutcomes), evidence: papers.optional(), note },
  liftHold: { hold: text, ground: z.enum(holdGrounds).optional(), note },
  planLegs: { legs: z.array(leg), note },
  recordArrival: { site: text.optional() },
  confirmHandover: {},
  checkRecipientIdentity: { matches: z.boolean(), documentHash: text, note },
  clearMedically: {
    fit: z.boolean(),
    evidence: papers.optional(),
    validUntil: date.optional(),
    needs: travelNeedList.optional(),
    note,
  },
  reviseDossier: { dossier: dossierRef, facets: z.array(facet), material: z.boolean() },
  reopenCase: { reason: z.enum(reopenCaseReasons), note },
  unlinkSiblings: { siblings: z.array(z.string()).meta({ description: 'Those that are yours' }), note },
  waiveSiblingUnity: { determination: paper, waiver: paper, note },
  determineBestInterests: { outcome: z.enum(['return', 'no-return']), determination: paper, note },
  nominateRecipient: { recipient: text, dossierVersion: count, note },
  identifyChild: { how: z.enum(identifications), matches: z.boolean(), note },
  decideRecall: { outcome: z.enum(recallOutcomes), note },
} satisfies Record<ProposableType, z.ZodRawShape>;

export const proposedActSchema = unionByType(proposedActShapes, { common: {} }).meta({
  id: 'ProposedAct',
  description: 'A command that waits, its texts and papers as far as they are for you',
});
