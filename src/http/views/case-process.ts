/** The case itself as its reader is answered it, beside the dossier and what other cases have to do with it. Pure. */
import type { ReturnCase } from '../../domain/model/case';
import { blockersFor } from '../../domain/readers/blocker-readers';
import type { FindCredential } from '../../domain/model/escorts';
import { engagedElsewhere, isEngagedElsewhere } from '../../domain/facts/engagements';
import type { UnderWay } from '../../domain/facts/engagements';
import type { SiblingStatus } from '../../domain/facts/gate';
import { gateBlockersOf } from '../../domain/facts/gate';
import { asOfAge, daysToMajority, milestoneOf } from '../../domain/facts/majority';
import type { MechanismRules } from '../../domain/model/mechanism';
import { readsObligation } from '../../domain/readers/obligation-readers';
import { obligationsOf } from '../../domain/obligations/obligations';
import type { Instant, LocalDate } from '../../domain/calendar/time';
import { remindersByLadder, remindersOf } from '../../domain/obligations/ladder';
import type { Reminders } from '../../domain/obligations/ladder';
import { findRunningPause } from '../../domain/obligations/pauses';
import type { Obligation } from '../../domain/obligations/obligations';
import type { DossierFacts } from '../../domain/model/dossier-facts';
import { offersFor } from '../../domain/decide/offers';
import { careOf } from '../../domain/facts/care';
import type { Care, CareCode } from '../../domain/facts/care';
import type { PartyKind } from '../../domain/model/parties';
import { wayOf } from '../../domain/facts/way';
import { canonicalHash } from '../../contracts/seal';
import type { CasePast } from '../../record/reads/timeline';
import { actorOf } from '../../auth/official-directory';
import type { Reader } from '../../auth/official-directory';
import { caseViewFor, readsField } from './case-view';
import type { Readable } from './case-view';

export interface Looked {
  readonly state: ReturnCase;
  readonly rules: MechanismRules;
  readonly now: Instant;
  /** The 18th birthday, as the newest dossier has it. */
  readonly ofAgeOn: LocalDate | undefined;
  readonly siblings: readonly SiblingStatus[];
  readonly past: CasePast;
  readonly dossier: DossierFacts | undefined;
  /** Of the reader's party those who may travel along. */
  readonly escorts: readonly string[];
  readonly credentialOf: FindCredential;
  /** Of the child's departure; undefined where the reader is not told of the gate, or the rules do not ask. */
  readonly underWay: UnderWay | undefined;
  /** Of the reader's party those whose a case can be. */
  readonly officers: readonly string[];
  readonly newestMechanism: number;
}

/** Whether what keeps the child from departing is to be told. */
export const seesGate = ({ kind }: Reader, { plan, journey }: ReturnCase): boolean =>
  readsField(kind, 'facets') && plan !== undefined && journey === undefined;

/** References to other cases are still in it: `other-cases.ts`. */
export function caseProcessFor(reader: Reader, looked: Looked, readable: Readable) {
  const {
    state,
    rules,
    now,
    ofAgeOn,
    siblings,
    past,
    dossier,
    escorts,
    officers,
    newestMechanism,
    credentialOf,
    underWay,
  } = looked;
  const judged = asOfAge(state, rules, now, ofAgeOn);
  const offering = {
    now,
    mechanism: rules,
    hashPlan: canonicalHash,
    siblings,
    escorts,
    officers,
    newestMechanism,
    credentialOf,
    ...(underWay && { underWay }),
  };
  return {
    ...caseViewFor(reader, withDaysLeft(judged, rules, now, ofAgeOn), readable),
    care: careFor(reader, state),
    stages: wayOf([{ stage: 'intake', at: state.openedAt }, ...past.entered]),
    obligations: obligationsOf(judged, rules, now)
      .filter((owed) => readsObligation(reader, owed))
      .map((owed) => ({ ...owed, reminders: remindersFor(reader, owed, { ...looked, state: judged }) })),
    offers: offersFor(judged, actorOf(reader), { ...offering, ...(dossier && { dossier }) }),
    ...(seesGate(reader, state) && {
      gate: blockersFor(reader.kind, [
        ...gateBlockersOf(judged, rules, now, siblings),
        ...(isEngagedElsewhere(judged.escort?.official, underWay) ? [engagedElsewhere] : []),
      ]),
    }),
  };
}

/** What a reader may not know of where a child is, they are not told here either. */
const toldWith = {
  unknown: 'locatedAt',
  'present-carer': 'locatedAt',
  host: 'stay',
  escort: 'journey',
  'interim-care': 'interimCare',
  recipient: 'handover',
  themselves: 'handover',
} as const satisfies Record<CareCode, keyof ReturnCase>;
export const readsCare = (kind: PartyKind, code: CareCode): boolean => readsField(kind, toldWith[code]);
function careFor({ kind }: Reader, state: ReturnCase): Care | undefined {
  const care = careOf(state);
  return !state.closure && readsCare(kind, care.with) ? care : undefined;
}

/** What was sent about it, and that others have it wait, the mediator reads; a party knows what its own people said. */
function remindersFor(reader: Reader, owed: Obligation, { state, rules, now, past }: Looked): Reminders {
  if (reader.kind === 'mediator') return remindersOf(state, owed, rules, now, past.reminded.get(owed.key));
  const byLadder = remindersByLadder(owed, rules, now);
  const pause = findRunningPause(state, owed, now);
  const isOwn = pause?.by.party === reader.party && owed.party === reader.party;
  return isOwn && pause.until > byLadder.next ? { ...byLadder, next: pause.until } : byLadder;
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
