/** Which commands of a group somebody is offered: those that they may send and that would be taken now. */
import { findParty } from '../model/mechanism';
import type { MechanismRules } from '../model/mechanism';
import { hasAnyRole } from '../model/parties';
import type { OfficialActor } from '../model/parties';
import { fitsGroupState, groupCommandTable, maySendToGroup } from './command-table';
import { goSayersOf, groupStateOf, isConfirmed, isUnderEmbargo } from './facts';
import type { Group, GroupCommandType } from './group';
import { listTerms } from './group';

/** Of a party, what `decide` asks of the group beyond its state. A command that is not here asks nothing of who sends it. */
const asks: Readonly<
  Partial<Record<GroupCommandType, (group: Group, actor: OfficialActor, mediator: string) => boolean>>
> = {
  confirmTerms: ({ asked, stands }, { party }) =>
    asked.includes(party) && listTerms.some((term) => stands[party]?.terms[term] !== 'confirmed'),
  disputeTerms: ({ asked }, { party }) => asked.includes(party),
  sayGo: (group, { party }, mediator) =>
    goSayersOf(group, mediator).includes(party) && isConfirmed(group) && group.go[party]?.go !== true,
  sayNoGo: ({ go }, { party }) => go[party]?.go !== false,
  confirmRelay: ({ pendingRelays }, { official }) =>
    pendingRelays.some(({ enteredBy }) => enteredBy.official !== official),
  rejectRelay: ({ pendingRelays }) => pendingRelays.length > 0,
  repudiateRelay: ({ relays }, { party }) =>
    relays.some((relay) => relay.party === party && relay.repudiatedAt === undefined),
  // Before they set out it is their legs.
  sayForAll: ({ departure }, { roles }) =>
    departure !== undefined || hasAnyRole(roles, ['dispatcher', 'case-officer', 'lead']),
  reportBreach: (group) => isUnderEmbargo(group),
};

export function offeredInGroup(
  group: Group,
  actor: OfficialActor,
  rules: MechanismRules,
): GroupCommandType[] {
  const { party } = actor;
  const mediator = findParty(rules, party)?.kind === 'mediator' ? party : '';
  return (Object.keys(groupCommandTable) as GroupCommandType[]).filter(
    (type) =>
      type !== 'draftGroup' &&
      maySendToGroup(type, actor, rules) &&
      fitsGroupState(type, groupStateOf(group)) &&
      asks[type]?.(group, actor, mediator) !== false,
  );
}
