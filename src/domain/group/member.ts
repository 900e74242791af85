/** A child of a group as the group sees it: what its own case says, and nothing of the child itself. */
import { approvesAt, decidingSidesOf, findLivePlan, isAgreed } from '../facts/agreement';
import { careOf, isOnTheWay } from '../facts/care';
import type { CareCode } from '../facts/care';
import { askedPerEscort } from '../facts/crew';
import { gateBlockersOf } from '../facts/gate';
import { findPartyOf, partiesOf } from '../facts/visibility';
import { earliest } from '../calendar/time';
import type { Instant, LocalDate } from '../calendar/time';
import type { ReturnCase } from '../model/case';
import type { CaseId, OfficialId, PartyId, SiteId } from '../model/ids';
import type { MechanismRules } from '../model/mechanism';
import type { GateBlocker } from '../model/rejections';
import type { Stage } from '../model/stages';
import type { GroupId } from './group';

export interface MemberStatus {
  readonly case: CaseId;
  /** Of its mechanism; a group is of one. */
  readonly mechanism: string;
  readonly stage: Stage;
  readonly isClosed: boolean;
  /** On the way, or home: the child left, with this group or otherwise. */
  readonly hasDeparted: boolean;
  /** Not on the way: with whoever it can stay with, or was from the start. */
  readonly isSafe: boolean;
  /** In whose care it is: a code, never where. */
  readonly care: CareCode;
  /** Every deciding side's approval of the live plan stands. */
  readonly isAgreed: boolean;
  /** Whom the case concerns. */
  readonly parties: readonly PartyId[];
  readonly deciding: readonly PartyId[];
  readonly host?: PartyId;
  readonly escort?: PartyId;
  readonly site?: SiteId;
  /** Last day of its escort's credential. */
  readonly escortUntil?: LocalDate;
  /** With how many, itself among them, one escort may be. None where the rules ask for no crew. */
  readonly perEscort?: number;
  /** Who is to travel with it, and how many escorts there are, as far as that is confirmed. */
  readonly crew?: { readonly lead: OfficialId; readonly escorts?: number };
  readonly window?: { readonly from: LocalDate; readonly to: LocalDate };
  /** When the first of the approvals ends. */
  readonly approvedUntil?: Instant;
  /** Linked, and not waived: they travel together. */
  readonly siblings: readonly CaseId[];
  /** Linked, and waived: they may follow. */
  readonly follow: readonly CaseId[];
  readonly isUrgent: boolean;
  /** What keeps this child from setting out now, its siblings apart. */
  readonly blockers: readonly GateBlocker[];
  /** The same as it will be at the hour of a list that is still to come, if nobody does anything. */
  readonly atDeparture?: readonly GateBlocker[];
  /** The open group that it is in. */
  readonly group?: GroupId;
}

/** `state` as it is at `at`. */
export function memberStatusOf(
  state: ReturnCase,
  rules: MechanismRules,
  at: Instant,
  group?: GroupId,
): MemberStatus {
  const plan = findLivePlan(state);
  const deciding = decidingSidesOf(state, rules);
  const host = findPartyOf(state, rules, 'host')?.id;
  const escort = findPartyOf(state, rules, 'escort')?.id;
  const ends = plan
    ? earliest(
        deciding.flatMap((side) => {
          const decision = state.decisions[side];
          return approvesAt(decision, plan, at) ? (decision?.expiresAt ?? []) : [];
        }),
      )
    : undefined;
  const waived = state.siblingWaiver?.siblings ?? [];
  const site = plan?.site ?? undefined;
  const perEscort = askedPerEscort(state, rules);
  return {
    case: state.id,
    mechanism: state.mechanism.id,
    stage: state.stage,
    isClosed: state.closure !== undefined,
    hasDeparted: state.journey !== undefined || state.handover.at !== undefined,
    isSafe: !isOnTheWay(state),
    care: careOf(state).with,
    isAgreed: isAgreed(state, rules),
    parties: partiesOf(state, rules),
    deciding,
    ...(host !== undefined && { host }),
    ...(escort !== undefined && { escort }),
    ...(site !== undefined && { site }),
    ...(state.escort?.credentialUntil !== undefined && { escortUntil: state.escort.credentialUntil }),
    ...(perEscort !== undefined && { perEscort }),
    ...(state.escort && {
      crew: { lead: state.escort.official, ...(state.escort.crew && { escorts: state.escort.crew.escorts }) },
    }),
    ...(plan && { window: plan.window }),
    ...(ends !== undefined && { approvedUntil: ends }),
    siblings: state.siblings.filter((id) => !waived.includes(id)),
    follow: state.siblings.filter((id) => waived.includes(id)),
    isUrgent: state.medicallyUrgent,
    blockers: gateBlockersOf(state, rules, at),
    ...(group !== undefined && { group }),
  };
}

export type Members = ReadonlyMap<CaseId, MemberStatus>;

/** Could still travel. */
export const isWaiting = (member: MemberStatus | undefined): boolean =>
  member !== undefined && !member.isClosed && !member.hasDeparted;

/** Who is to follow these by a waiver: siblings who are not among them, as far as they could still travel. */
export const followersOf = (cases: readonly CaseId[], members: Members): CaseId[] => [
  ...new Set(
    cases
      .flatMap((id) => members.get(id)?.follow ?? [])
      .filter((id) => !cases.includes(id) && isWaiting(members.get(id))),
  ),
];

/**
 * Without whom these do not travel: their siblings and theirs, as far as they could still travel; without themselves. A waiver
 * speaks for its own child only: the other one may still not go without it. Never-rule 4.
 */
export function tiedTo(cases: readonly CaseId[], members: Members): CaseId[] {
  const found = new Set(cases);
  for (const id of found)
    for (const sibling of members.get(id)?.siblings ?? [])
      if (isWaiting(members.get(sibling))) found.add(sibling);
  return [...found].filter((id) => !cases.includes(id));
}
