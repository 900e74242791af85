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
  'legs-missing': everyone,
  'not-hosted': carers,
  'outside-window': everyone,
  'request-withdrawn': everyone,
  'own-consent-missing': sides,
  'recipient-unavailable': everyone,
  'duplicate-unsettled': file,
  'sibling-not-cleared': sides,
  'child-unidentified': everyone,
  'child-mismatch': everyone,
  'child-unheard': everyone,
  'child-unwilling': everyone,
} as const satisfies Record<GateBlocker['blocker'], readonly PartyKind[]>;

export const blockersFor = (kind: PartyKind, blockers: readonly GateBlocker[]): GateBlocker[] =>
  blockers.filter(({ blocker }) => (blockerReaders[blocker] as readonly PartyKind[]).includes(kind));
