/**
 * Where care passes. At the site: the carer comes, the child is handed to them while the host still has it in sight, and the
 * journey home is the family's own, accompanied. Source: docs/rules.md, "Where care passes".
 */
import { findLivePlan } from './agreement';
import { gateBlockersOf } from './gate';
import type { ReturnCase } from '../model/case';
import type { MechanismRules } from '../model/mechanism';
import type { GateBlocker } from '../model/rejections';
import type { Instant } from '../calendar/time';

export const passesAtSite = (state: ReturnCase): boolean =>
  findLivePlan(state)?.carePasses?.where === 'at-site';

/** The child is with its carer; whoever is recipient now. */
export const isReunited = ({ reunion, recipient }: ReturnCase): boolean =>
  reunion?.recipient === recipient.ref;

/** What of the gate concerns the way, and not into whose care the child passes. */
const ofTheWay: readonly GateBlocker['blocker'][] = [
  'care-not-passed',
  'outside-window',
  'travel-documents-missing',
  'medical-clearance-missing',
  'escort-missing',
  'crew-missing',
  'legs-missing',
  'safe-conduct-missing',
  'sibling-not-cleared',
];

/** What keeps the child from being handed over at the site: all that keeps it from leaving, but what is of the way. */
export const reunionBlockersOf = (state: ReturnCase, rules: MechanismRules, at: Instant): GateBlocker[] =>
  gateBlockersOf(state, rules, at).filter(({ blocker }) => !ofTheWay.includes(blocker));
