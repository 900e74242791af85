/** Why a command was not taken: values with stable codes. `policies/problems` turns a code into HTTP. */
import type { CommandType } from './commands';
import type { GroupState, LeftReason } from './groups';
import type { CaseId } from './ids';
import type { Stage } from './stages';

/** Code → HTTP status family: forbidden 403, hidden 404, conflict 409, invalid 422. */
export const rejectionCodes = {
  'case-not-found': 'hidden',
  'case-exists': 'conflict',
  'not-your-command': 'forbidden',
  'not-your-party': 'forbidden',
  'seal-missing': 'forbidden',
  'seal-expired': 'forbidden',
  'authority-ended': 'forbidden',
  'own-attestation': 'forbidden',
  'own-relay': 'forbidden',
  'own-proposal': 'forbidden',
  'both-hands': 'forbidden',
  'relay-not-allowed': 'forbidden',
  'side-has-spoken': 'conflict',
  'document-spent': 'conflict',
  'relay-predates': 'invalid',
  'wrong-stage': 'conflict',
  'case-closed': 'conflict',
  'stale-version': 'conflict',
  'already-done': 'conflict',
  'no-plan': 'conflict',
  'plan-lapsed': 'conflict',
  'stale-plan': 'conflict',
  'plan-unchanged': 'conflict',
  'facets-unconfirmed': 'conflict',
  'not-attested': 'conflict',
  'duplicates-unsettled': 'conflict',
  'no-place-free': 'conflict',
  'no-place-asked': 'conflict',
  'escort-unassigned': 'conflict',
  'escort-credential-ended': 'conflict',
  'escort-engaged': 'conflict',
  'not-on-the-way': 'conflict',
  'journey-paused': 'conflict',
  'gate-closed': 'conflict',
  'record-in-doubt': 'conflict',
  'identity-unchecked': 'conflict',
  'identity-mismatch': 'conflict',
  'recall-open': 'conflict',
  'nothing-to-decide': 'conflict',
  'visits-outstanding': 'conflict',
  'visit-early': 'conflict',
  'reintegration-unplanned': 'conflict',
  'old-enough': 'conflict',
  'child-decides': 'conflict',
  'unknown-concern': 'invalid',
  'unknown-treatment': 'invalid',
  'closure-unfounded': 'conflict',
  'closure-unsafe': 'conflict',
  'closure-early': 'conflict',
  'closed-too-long': 'conflict',
  'child-hosted-or-travelling': 'conflict',
  'command-id-reused': 'invalid',
  'not-recordable': 'invalid',
  'unknown-site': 'invalid',
  'unknown-place': 'invalid',
  'unknown-party': 'invalid',
  'unknown-official': 'invalid',
  'closed-for-new': 'invalid',
  'group-not-found': 'hidden',
  'group-exists': 'conflict',
  'wrong-group-state': 'conflict',
  'siblings-apart': 'conflict',
  'in-other-group': 'conflict',
  'members-not-agreed': 'conflict',
  'stale-list': 'conflict',
  'list-unconfirmed': 'conflict',
  'nobody-departs': 'conflict',
  'unknown-mechanism': 'invalid',
  'unmet-by-target': 'conflict',
  'unknown-recipient': 'invalid',
  'unknown-document': 'invalid',
  'paper-missing': 'invalid',
  'paper-unfit': 'invalid',
  'beyond-paper': 'invalid',
  'date-too-far': 'invalid',
  'unknown-case': 'invalid',
  'unknown-hold': 'invalid',
  'unknown-relay': 'invalid',
  'unknown-condition': 'invalid',
  'unknown-proposal': 'invalid',
  'unknown-leg': 'invalid',
  'duplicate-id': 'invalid',
  'window-past': 'invalid',
  'window-inverted': 'invalid',
  'date-missing': 'invalid',
  'date-past': 'invalid',
  'date-future': 'invalid',
  'legs-disordered': 'invalid',
  'legs-outside-window': 'invalid',
  'check-in-too-rare': 'invalid',
  'ground-required': 'invalid',
  'hold-renewals-spent': 'conflict',
  'own-watch': 'forbidden',
  'note-required': 'invalid',
  'unknown-obligation': 'invalid',
  'safety-not-snoozed': 'conflict',
  'snoozed-too-often': 'conflict',
  'pause-too-long': 'invalid',
  'not-stalled': 'conflict',
} as const satisfies Record<string, 'forbidden' | 'hidden' | 'conflict' | 'invalid'>;
export type RejectionCode = keyof typeof rejectionCodes;

/** One thing that keeps the departure gate shut. */
export const gateBlockers = [
  'no-valid-plan',
  'dossier-changed',
  'revision-unconfirmed',
  'approval-missing',
  'condition-open',
  'facet-unconfirmed',
  'hold-active',
  'travel-documents-missing',
  'medical-clearance-missing',
  'medical-emergency',
  'escort-missing',
  'escort-credential-ended',
  'escort-engaged',
  'crew-missing',
  'legs-missing',
  'safe-conduct-missing',
  'not-hosted',
  'outside-window',
  'request-withdrawn',
  'own-consent-missing',
  'recipient-unavailable',
  'duplicate-unsettled',
  'sibling-not-cleared',
  'child-unidentified',
  'child-mismatch',
  'child-unheard',
  'child-unwilling',
  'care-not-passed',
  'carer-papers-missing',
] as const;
/** One thing more that keeps a child from being handed over. */
export const handoverBlockers = ['recipient-unapproved'] as const;
/** One thing that keeps a case from being closed. */
export const closureBlockers = ['hold-active', 'alarm-open'] as const;
/** One thing that keeps a case from going over to another version of its mechanism. */
export const moveBlockers = ['not-in-target'] as const;
export const blockers = [...gateBlockers, ...handoverBlockers, ...closureBlockers, ...moveBlockers] as const;
export interface GateBlocker {
  readonly blocker: (typeof blockers)[number];
  /** The side, facet, hold, condition, sibling, part of the crew, `side:leg`, or what the target lacks. */
  readonly subject?: string;
}

export interface Rejection {
  readonly code: RejectionCode;
  /** Facts for the caller, free of personal data. */
  readonly stage?: Stage;
  readonly allowed?: readonly CommandType[];
  readonly blockers?: readonly GateBlocker[];
  readonly version?: number;
  readonly field?: string;
  /** Of a group: its state, the children it is about, and those who would stay behind. */
  readonly groupState?: GroupState;
  readonly members?: readonly CaseId[];
  readonly left?: readonly {
    readonly case: CaseId;
    readonly reason: LeftReason;
    readonly blockers: readonly GateBlocker[];
  }[];
}

export const rejected = (
  code: RejectionCode,
  facts: Omit<Rejection, 'code'> = {},
): { rejection: Rejection } => ({
  rejection: { code, ...facts },
});
