/** A dossier as it is taken: its shape, and what must hold between its fields. */

import type { LocalDate } from '../../domain/calendar/time';
import { dossierShape } from './dossier';
import { findDossierFaults } from './faults';
import { todayAnywhere } from './text';
import { telling } from '../field-errors';

/** The schema as of one date; `today` is asked anew for each dossier. */
export const dossierSchemaAt = (today: () => LocalDate) =>
  dossierShape.superRefine((dossier, context) => {
    for (const { path, message, code } of findDossierFaults(dossier, today()))
      context.addIssue({ code: 'custom', path, message, ...telling(code) });
  });

/** A whole dossier: unknown fields, dangling references, impossible dates and hidden characters are refused. */
export const dossierSchema = dossierSchemaAt(todayAnywhere);
