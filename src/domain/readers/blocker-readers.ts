/** Who may know what keeps a child from going on: whoever reads the part of the case that it tells of. */
import type { PartyKind } from '../model/parties';
import type { GateBlocker } from '../model/rejections';
import { file, sides, carers, everyone } from './audiences';

export const blockerReaders = {
  'no-valid-plan': everyone,
  'dossier-changed': sides,
  'revision-unconfirmed': sides,
  'approval-missing': sides,
  'condition-open': sides,
  'facet-unconfirmed': sides,
  'hold-active': everyone,
  'travel-documents-missing': carers,
  'medical-clearance-missing': carers,
  'medical-emergency': everyone,
  'alarm-open': everyone,
  'not-in-target': ['mediator'],
  'escort-missing': everyone,
  'escort-credential-ended': everyone,
  // Not with whom.
  'escort-engaged': everyone,
  // What plan and clearance call for.
  'crew-missing': carers,
  'legs-missing': everyone,
  'safe-conduct-missing': carers,
  'not-hosted': carers,
  'outside-window': everyone,
  'request-withdrawn': everyone,
  // At the door it says whether somebody may go home on their own word.
  'own-consent-missing': [...sides, 'receiving'],
  'recipient-unavailable': everyone,
  'recipient-unapproved': everyone,
  'duplicate-unsettled': file,
  'sibling-not-cleared': sides,
  'child-unidentified': everyone,
  'child-mismatch': everyone,
  'child-unheard': everyone,
  'child-unwilling': everyone,
  'care-not-passed': everyone,
  'carer-papers-missing': carers,
} as const satisfies Record<GateBlocker['blocker'], readonly PartyKind[]>;

export const blockersFor = (kind: PartyKind, blockers: readonly GateBlocker[]): GateBlocker[] =>
  blockers.filter(({ blocker }) => (blockerReaders[blocker] as readonly PartyKind[]).includes(kind));
