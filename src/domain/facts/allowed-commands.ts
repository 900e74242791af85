/** Who may send what now: the check `decide` makes first, and the list that the API offers and a 409 names. */
import { decidingSidesOf } from './agreement';
import type { ReturnCase } from '../model/case';
import { commandTable } from '../model/command-table';
import type { CommandRule, OfficialsCommandType } from '../model/command-table';
import { unrefusable } from '../model/commands';
import type { Command, CommandType } from '../model/commands';
import { findParty } from '../model/mechanism';
import type { MechanismRules, Office } from '../model/mechanism';
import type { Actor, OfficialActor } from '../model/parties';
import { isOfficial, hasAnyRole } from '../model/parties';
import type { Proposal } from '../model/proposals';
import { facets } from '../model/verification';
import type { Facet } from '../model/verification';
import { isInInterimCare } from './care';
import { travelsWith } from './transfer';
import { findPartyOf, partiesOf } from './visibility';

const ruleOf = (type: CommandType): CommandRule => commandTable[type];

/** In the party of that kind in this case, with one of the roles (any, when the office names none). */
export function holdsOffice(
  actor: OfficialActor,
  state: ReturnCase,
  rules: MechanismRules,
  office: Office,
): boolean {
  const party = findParty(rules, actor.party);
  if (party?.kind !== office.kind) return false;
  const single = office.kind !== 'mediator' && office.kind !== 'consenting';
  if (single && findPartyOf(state, rules, office.kind)?.id !== actor.party) return false;
  return hasAnyRole(actor.roles, office.roles);
}

/** Another person, in an office of their own that the act names: what is lent for an absence does not count. */
export function mayConfirm(
  actor: OfficialActor,
  { by, second }: Proposal,
  state: ReturnCase,
  rules: MechanismRules,
): boolean {
  if (actor.official === by.official || (second.otherParty && actor.party === by.party)) return false;
  const { lent = [] } = actor;
  const own = { ...actor, roles: actor.roles.filter((role) => !lent.includes(role)) };
  // Another escort of their organisation has not seen the child.
  const isStranger = (office: Office): boolean =>
    office.kind === 'escort' && !travelsWith(state, actor.official);
  return second.offices.some((office) => holdsOffice(own, state, rules, office) && !isStranger(office));
}

/** Whether the actor's office permits this command at all, whatever the stage. */
export function maySend(
  type: CommandType,
  actor: Actor,
  state: ReturnCase,
  rules: MechanismRules,
  facet?: Facet,
): boolean {
  const { by } = ruleOf(type);
  if (!isOfficial(actor)) return by === 'system';
  if (by === 'system' || !partiesOf(state, rules).includes(actor.party)) return false;
  if (by === 'any-party') return findParty(rules, actor.party)?.kind !== 'observer';
  if (by === 'deciding-side')
    return decidingSidesOf(state, rules).includes(actor.party) && actor.roles.includes('decider');
  if (by === 'attesting' || by === 'reviewing') {
    const asked = facet === undefined ? facets : [facet];
    const offices = asked.flatMap(
      (one) => rules.facets[one]?.[by === 'attesting' ? 'attestedBy' : 'reviewedBy'] ?? [],
    );
    return offices.some((office) => holdsOffice(actor, state, rules, office));
  }
  if (by === 'second-person' || by === 'proposing')
    return (state.proposals ?? []).some(
      (proposal) =>
        mayConfirm(actor, proposal, state, rules) ||
        (by === 'proposing' && proposal.by.official === actor.official),
    );
  return by.some((office) => holdsOffice(actor, state, rules, office));
}

export const facetOf = (command: Command): Facet | undefined =>
  'facet' in command ? command.facet : undefined;

/** Stage allows it; holds and withdrawals are allowed in every stage. */
export const fitsStage = (type: CommandType, state: ReturnCase): boolean =>
  (unrefusable as readonly CommandType[]).includes(type) ||
  ruleOf(type).stages.includes(state.stage) ||
  (isInInterimCare(state) && !state.closure && ruleOf(type).stages.includes('interim-care'));

/** The commands this official may send now, in the table's order. */
export function allowedCommandsOf(
  state: ReturnCase,
  actor: OfficialActor,
  rules: MechanismRules,
): OfficialsCommandType[] {
  return (Object.keys(commandTable) as CommandType[]).filter(
    (type): type is OfficialsCommandType => fitsStage(type, state) && maySend(type, actor, state, rules),
  );
}
