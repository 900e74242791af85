/**
 * Hand to hand: from whom the child passes to the escort, and whose hand an official is. Source: docs/rules.md, "Hand to
 * hand", and never-rule 12.
 */
import type { ReturnCase } from '../model/case';
import type { OfficialId } from '../model/ids';
import { findParty } from '../model/mechanism';
import type { MechanismRules } from '../model/mechanism';
import type { OfficialActor, PartyKind } from '../model/parties';
import type { Transfer } from '../model/transfer';

/** Open, and the escort has not said that the child is with them. */
export const isToBeTaken = ({ journey }: Pick<ReturnCase, 'journey'>): boolean =>
  journey?.transfer !== undefined && journey.transfer.taken === undefined;

/** The escort has the child; until then it is where it was. */
export const hasSetOut = (state: Pick<ReturnCase, 'journey'>): boolean =>
  state.journey !== undefined && (!isToBeTaken(state) || state.journey.transfer?.from === 'escort');

/** Whoever travels with the child: its escort, and the one before until the child has passed on. */
export const travelsWith = (state: Pick<ReturnCase, 'escort' | 'journey'>, official: OfficialId): boolean =>
  official === state.escort?.official ||
  (isToBeTaken(state) &&
    state.journey?.transfer?.from === 'escort' &&
    official === state.journey.transfer.escort);

/** Who has it until it is taken. */
export const giverKind = ({ from }: Transfer): PartyKind =>
  (({ host: 'host', 'present-carer': 'holding', escort: 'escort' }) as const)[from];

/** `own`: of who gives; `for`: who speaks for a hand that can't; undefined: neither. */
export type Hand = 'own' | 'for' | undefined;

/** The mediator on duty speaks for any giver; for an escort who gives, those who sent them. */
export function givingHand(transfer: Transfer, actor: OfficialActor, rules: MechanismRules): Hand {
  const kind = findParty(rules, actor.party)?.kind;
  if (kind === 'mediator') return 'for';
  if (kind !== giverKind(transfer)) return undefined;
  if (transfer.from !== 'escort') return 'own';
  if (actor.official === transfer.escort) return 'own';
  return sentThem(actor) ? 'for' : undefined;
}

/** The child’s own escort; those who sent them speak for one whose telephone is dead. */
export function takingHand({ escort }: ReturnCase, actor: OfficialActor): Hand {
  if (actor.official === escort?.official) return 'own';
  return sentThem(actor) ? 'for' : undefined;
}

const sentThem = ({ roles }: OfficialActor): boolean =>
  roles.includes('dispatcher') || roles.includes('duty-officer');
