/** A dossier as its reader sees it: every field may be left out; who reads which, `http/views/dossier-view.ts` says. */
import { z } from 'zod';
import { dossierShape } from '../dossier/dossier';

const { child, documents, recipients, sourceNote, invented, assumed } = dossierShape.shape;

export const birthYearSchema = z
  .union([z.int(), z.strictObject({ from: z.int(), to: z.int() })])
  .meta({ id: 'BirthYear', description: 'Exact, or the years between which the child was born' });
export const childViewSchema = child
  .partial()
  .extend({ birthYear: birthYearSchema.optional() })
  .meta({ id: 'ChildView' });
export const recipientViewSchema = recipients.element.partial().meta({ id: 'RecipientView' });
export const documentViewSchema = documents.element.partial().meta({ id: 'DocumentView' });

export const dossierViewSchema = z
  .strictObject({
    child: childViewSchema.optional(),
    recipients: z.array(recipientViewSchema).optional(),
    documents: z.array(documentViewSchema).optional(),
    sourceNote,
    invented,
    assumed,
  })
  .meta({ id: 'DossierView', description: 'As far as it is for you; nothing to read leaves no trace' });
export type DossierView = z.output<typeof dossierViewSchema>;
export type BirthYear = z.output<typeof birthYearSchema>;
