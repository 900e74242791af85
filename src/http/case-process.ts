/** The case itself as its reader is answered it, beside the dossier and what other cases have to do with it. Pure. */
import type { ReturnCase } from '../domain/case';
import { blockersFor } from '../domain/blocker-readers';
import type { SiblingStatus } from '../domain/decide';
import { gateBlockersOf } from '../domain/gate';
import { asOfAge, daysToMajority, milestoneOf } from '../domain/majority';
import type { MechanismRules } from '../domain/mechanism';
import { readsObligation } from '../domain/obligation-readers';
import { obligationsOf } from '../domain/obligations';
import type { Instant, LocalDate } from '../domain/time';
import type { Reader } from '../auth/official-directory';
import { caseViewFor, readsField } from './case-view';
import type { Readable } from './case-view';

export interface Looked {
  readonly state: ReturnCase;
  readonly rules: MechanismRules;
  readonly now: Instant;
  /** The 18th birthday, as the newest dossier has it. */
  readonly ofAgeOn: LocalDate | undefined;
  readonly siblings: readonly SiblingStatus[];
}

/** Whether what keeps the child from departing is to be told. */
export const seesGate = ({ kind }: Reader, { plan, journey }: ReturnCase): boolean =>
  readsField(kind, 'facets') && plan !== undefined && journey === undefined;

/** References to other cases are still in it: `other-cases.ts`. */
export function caseProcessFor(
  reader: Reader,
  { state, rules, now, ofAgeOn, siblings }: Looked,
  readable: Readable,
): Record<string, unknown> {
  const judged = asOfAge(state, rules, now, ofAgeOn);
  return {
    ...caseViewFor(reader, withDaysLeft(judged, rules, now, ofAgeOn), readable),
    obligations: obligationsOf(judged, rules, now).filter((owed) => readsObligation(reader, owed)),
    ...(seesGate(reader, state) && {
      gate: blockersFor(reader.kind, gateBlockersOf(judged, rules, now, siblings)),
    }),
  };
}

/** The days as they are when they are read, for those who read the birth date all the same; not the last milestone. */
function withDaysLeft(
  state: ReturnCase,
  rules: MechanismRules,
  now: Instant,
  ofAgeOn: LocalDate | undefined,
): ReturnCase {
  if (ofAgeOn === undefined || state.majority?.daysLeft === 0) return state;
  const daysLeft = daysToMajority(ofAgeOn, now, { state, rules });
  if (milestoneOf(daysLeft) === undefined) return state;
  // Wider than a milestone, and shown only.
  return { ...state, majority: { ...state.majority, daysLeft } as ReturnCase['majority'] & object };
}
