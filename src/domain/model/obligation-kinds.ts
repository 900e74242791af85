/** Everything somebody may owe a case. The reason shown to people is the kind's entry in the glossary. */
export const obligationKinds = [
  'acknowledge-case',
  'settle-duplicate',
  'accept-file',
  'locate-child',
  'attest-facet',
  'review-attestation',
  'resolve-refutation',
  'determine-best-interests',
  'nominate-recipient',
  'propose-plan',
  'decide-on-plan',
  'renew-approval',
  'confirm-relay',
  'mediate-objection',
  'settle-condition',
  'confirm-travel-documents',
  'clear-medically',
  'offer-place',
  'assign-escort',
  'plan-legs',
  'receive-at-site',
  'write-welfare-note',
  'give-go',
  'check-in',
  'resume-journey',
  'decide-recall',
  'resolve-emergency',
  'check-recipient-identity',
  'confirm-handover',
  'report-visit',
  'close-case',
  'review-hold',
  'prepare-majority',
  'obtain-own-consent',
  'review-stalled',
  'mend-address',
  'pass-on-alarm',
  'confirm-proposal',
  'confirm-urgent-proposal',
] as const;
export type ObligationKind = (typeof obligationKinds)[number];

/** Obligations whose neglect may harm the child at once: they sort first and ignore quiet hours. */
export const safetyKinds = [
  'write-welfare-note',
  'check-in',
  'resume-journey',
  'decide-recall',
  'resolve-emergency',
  'pass-on-alarm',
  'confirm-urgent-proposal',
] as const satisfies readonly ObligationKind[];

/** Obligations whose due instant follows from the case (a review date, a visit, a check-in), not from the ladder. */
export const kindsWithOwnDue = [
  'write-welfare-note',
  'check-in',
  'report-visit',
  'review-hold',
] as const satisfies readonly ObligationKind[];
