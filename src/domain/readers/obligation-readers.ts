/**
 * Who may know that something is owed, beside who owes it: what is owed tells what has happened and what has not, so a
 * kind has the readers of that. Exhaustive by the compiler.
 */
import type { ReadingParty } from './event-readers';
import type { ObligationKind } from '../model/obligation-kinds';
import type { PartyKind } from '../model/parties';
import { file, sides, everyone } from './audiences';

const mediator = ['mediator'] as const;

export const obligationReaders = {
  'acknowledge-case': sides,
  // Who of the mediator’s has the case is nobody else’s to know.
  'assign-officer': mediator,
  'settle-duplicate': file,
  // It waits while a flag that a side may not read is unsettled.
  'accept-file': file,
  'locate-child': sides,
  'weigh-trace-answer': sides,
  'attest-facet': sides,
  'review-attestation': sides,
  'resolve-refutation': sides,
  'hear-child': sides,
  'identify-child': sides,
  'settle-mismatch': everyone,
  'determine-best-interests': sides,
  'nominate-recipient': sides,
  'approve-recipient': sides,
  'verify-alternate': sides,
  'propose-plan': sides,
  'decide-on-plan': sides,
  'renew-approval': sides,
  // Between the mediator and the side it speaks for, as the relay itself.
  'confirm-relay': mediator,
  'mediate-objection': sides,
  'settle-condition': sides,
  'confirm-travel-documents': sides,
  'clear-medically': sides,
  'offer-place': sides,
  'assign-escort': sides,
  'confirm-crew': sides,
  'plan-legs': sides,
  'grant-safe-conduct': sides,
  'avoid-closed-place': sides,
  // It names another case.
  'bring-sibling-after': mediator,
  'receive-at-site': sides,
  'write-welfare-note': sides,
  'rehouse-child': sides,
  'extend-stay': sides,
  // Owed once nothing blocks, and a side may not read all that does.
  'give-go': file,
  'give-into-care': sides,
  'take-into-care': sides,
  'check-in': sides,
  'answer-incident': sides,
  'resume-journey': sides,
  'decide-recall': sides,
  'resolve-emergency': sides,
  'check-recipient-identity': sides,
  'confirm-handover': sides,
  'place-in-interim-care': sides,
  'find-permanent-care': file,
  'report-visit': file,
  'plan-reintegration': file,
  'tell-family': file,
  'tell-child': sides,
  'resolve-concern': file,
  // After the last visit it is owed.
  'close-case': file,
  'review-hold': sides,
  'prepare-majority': sides,
  'obtain-own-consent': sides,
  'review-stalled': mediator,
  'mend-address': mediator,
  'pass-on-alarm': mediator,
  // Whoever stands beside the escort must not find it on a telephone of theirs.
  'answer-duress': mediator,
  'confirm-proposal': mediator,
  'confirm-urgent-proposal': mediator,
} as const satisfies Record<ObligationKind, readonly PartyKind[]>;

export const readsObligation = (
  reader: ReadingParty,
  { kind, party }: { readonly kind: ObligationKind; readonly party: string },
): boolean =>
  party === reader.party || (obligationReaders[kind] as readonly PartyKind[]).includes(reader.kind);

export const obligationKindsFor = (kind: PartyKind): ObligationKind[] =>
  (Object.keys(obligationReaders) as ObligationKind[]).filter((each) =>
    (obligationReaders[each] as readonly PartyKind[]).includes(kind),
  );
