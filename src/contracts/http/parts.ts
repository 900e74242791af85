/** What many answers are made of: ids, instants, who did it, one leg, one decision. As they are sent, not as they are taken. */
import { z } from 'zod';
import { facets } from '../../domain/model/verification';
import { incidentKinds } from '../../domain/model/commands';
import { objectionReasons, relayChannels } from '../../domain/model/decisions';
import { companions, modalities } from '../../domain/model/plan';
import { partyKinds, roles } from '../../domain/model/parties';
import { unlimited } from '../../domain/calendar/time';

export const text = z.string();
export const count = z.int();
export const instant = z.iso.datetime({ precision: 3 });
export const date = z.iso.date();
export const lastDay = z.union([date, z.literal(unlimited)]);
export const facet = z.enum(facets);
export const incidentKind = z.enum(incidentKinds);
/** Left out where it is not the reader's to read. */
export const note = z.string().optional().meta({ description: 'Where it is for you: its text' });
/** Those of a list that the reader may know of. */
export const papers = z
  .array(z.string())
  .meta({ description: 'Documents of the dossier that you may know of' });
export const paper = z
  .string()
  .optional()
  .meta({ description: 'Document of the dossier, where you may know of it' });

export const officialBy = z
  .strictObject({
    party: text,
    official: text.optional().meta({ description: 'Of your own party; all for the mediator' }),
  })
  .meta({ id: 'OfficialBy' });
export const by = z
  .union([officialBy, z.strictObject({ system: z.enum(['process', 'upkeep']) }).meta({ id: 'SystemBy' })])
  .meta({ id: 'By', description: 'Who did it: an official, or Homeward itself' });

export const office = z
  .strictObject({ kind: z.enum(partyKinds), roles: z.array(z.enum(roles)) })
  .meta({ id: 'Office' });
export const mechanismRef = z.strictObject({ id: text, version: count }).meta({ id: 'MechanismRef' });
export const dossierRef = z
  .strictObject({
    version: count,
    hash: text.optional().meta({ description: 'To who reads the whole dossier' }),
  })
  .meta({ id: 'DossierRef' });
export const secondPerson = z
  .strictObject({
    offices: z.array(office),
    otherParty: z.literal(true).optional(),
    told: z.array(z.enum(partyKinds)).optional(),
    urgent: z.literal(true).optional(),
  })
  .meta({ id: 'SecondPerson', description: 'Whose confirmation it needs' });

export const leg = z
  .strictObject({
    id: text,
    from: text,
    to: text,
    departAt: instant,
    arriveAt: instant,
    safePoint: z.literal(true).optional(),
    checkInEvery: text.optional().meta({ description: 'Duration; the mechanism’s unless given' }),
  })
  .meta({ id: 'Leg' });

export const planContent = {
  recipient: text.nullable(),
  alternates: z.array(text).optional(),
  window: z.strictObject({ from: date, to: date }),
  modality: z.enum(modalities),
  site: text.nullable(),
  handoverPlace: text,
  escortParty: text,
  receivingParty: text,
  companions: z.array(z.enum(companions)),
  carePasses: z
    .discriminatedUnion('where', [
      z.strictObject({ where: z.literal('at-site'), wayIn: text, wayOut: text }),
      z.strictObject({ where: z.enum(['at-border', 'at-home']) }),
    ])
    .optional(),
  case: text,
  mechanism: mechanismRef,
  version: count,
  dossier: dossierRef,
};

export const condition = z.strictObject({ id: text, note }).meta({ id: 'Condition' });
export const relaySource = z
  .strictObject({
    channel: z.enum(relayChannels),
    reference: text.optional().meta({ description: 'The side’s own, where it is for you' }),
    dated: date,
    documentHash: text,
  })
  .meta({ id: 'RelaySource', description: 'How it reached the mediator' });

const spoken = { planVersion: count, planHash: text };
export const relayedAct = z
  .discriminatedUnion('act', [
    z.strictObject({ act: z.literal('approve'), ...spoken, conditions: z.array(condition) }),
    z.strictObject({ act: z.literal('object'), ...spoken, reason: z.enum(objectionReasons), note }),
    z.strictObject({ act: z.literal('withdraw'), note }),
    z.strictObject({
      act: z.literal('settle-condition'),
      condition: text,
      outcome: z.enum(['met', 'waived']),
    }),
    z.strictObject({ act: z.literal('approve-recipient'), recipient: text, note }),
    z.strictObject({
      act: z.literal('grant-safe-conduct'),
      legs: z.array(text),
      opens: instant,
      until: instant,
    }),
    z.strictObject({ act: z.literal('withdraw-safe-conduct'), note }),
  ])
  .meta({ id: 'RelayedAct' });
