/** A request that was withdrawn can be taken up again. Source: docs/rules.md, "What can be taken back". */
import type { ReturnCase } from '../model/case';
import type { MechanismRules } from '../model/mechanism';
import { addDuration } from '../calendar/time';
import type { Instant } from '../calendar/time';

/** From when on the case of a withdrawn request may close; undefined while the request stands. */
export const withdrawnClosableFrom = (
  { requestWithdrawnAt }: ReturnCase,
  { reinstateWithin = 'PT0S' }: MechanismRules,
): Instant | undefined => requestWithdrawnAt && addDuration(requestWithdrawnAt, reinstateWithin);
