/**
 * Who owes a group what by when: one function for the view, the reminders and the process's timer. A group is days long and
 * its times count from the hour of departure, so its duties have one ladder: halfway, when due, then every six hours.
 */
import { addDuration, before, millisecondsBetween } from '../calendar/time';
import type { Instant } from '../calendar/time';
import type { PartyId } from '../model/ids';
import { findParty } from '../model/mechanism';
import type { MechanismRules } from '../model/mechanism';
import type { PartyKind, Role } from '../model/parties';
import {
  disputedTermsOf,
  goSayersOf,
  groupTimesOf,
  groupStateOf,
  isConfirmed,
  silentTermsOf,
  travellersOf,
} from './facts';
import { fitsGroupState } from './command-table';
import type { Group, GroupCommandType, GroupEvent } from './group';
import type { GroupState } from '../model/groups';

export const groupDutyKinds = [
  'propose-list',
  'freeze-list',
  'confirm-list',
  'settle-terms',
  'say-go',
  'weigh-no-go',
  'depart-group',
  'confirm-relay',
  'add-escorts',
  'mend-list',
] as const;
export type GroupDutyKind = (typeof groupDutyKinds)[number];

export interface GroupDuty {
  /** Stable while the duty lasts: `kind:subject:party@since`. */
  readonly key: string;
  readonly kind: GroupDutyKind;
  /** The party whose word it is about, where that is not who owes it. */
  readonly subject?: PartyId;
  readonly party: PartyId;
  readonly roles: readonly Role[];
  readonly since: Instant;
  readonly due: Instant;
  readonly commands: readonly GroupCommandType[];
}

const thenEvery = 'PT6H';
/** A relayed word waits so long for its second mediator at most. */
const relayWithin = 'P1D';
/** What arises when its time has passed is not overdue at once: whoever is just told has so long. */
const atLeast = 'PT15M';

/** Who speaks for a party about a list. */
const sayerRoles: Readonly<Partial<Record<PartyKind, readonly Role[]>>> = {
  mediator: ['lead'],
  requesting: ['decider'],
  holding: ['decider'],
  consenting: ['decider'],
  host: ['host', 'duty-officer'],
  escort: ['dispatcher', 'duty-officer'],
};
const officers: readonly Role[] = ['case-officer', 'lead'];

/** In the order in which they are due. */
export function groupDutiesOf(group: Group, rules: MechanismRules): GroupDuty[] {
  const mediator = rules.parties.find(({ kind }) => kind === 'mediator')?.id;
  if (mediator === undefined) return [];
  const { freezeBefore, confirmBefore, goBefore } = groupTimesOf(rules);
  const { departAt, since: listedAt } = group.list;
  const by = (duration: string): Instant => before(departAt, duration);
  const duty = (
    kind: GroupDutyKind,
    party: PartyId,
    roles: readonly Role[],
    since: Instant,
    due: Instant,
    commands: readonly GroupCommandType[],
    subject?: PartyId,
  ): GroupDuty => ({
    ...{ key: `${kind}:${subject ?? ''}:${party}@${since}`, kind, party, roles, since, commands },
    due: latestOf([due], addDuration(since, atLeast)),
    ...(subject !== undefined && { subject }),
  });
  const rolesOf = (party: PartyId): readonly Role[] =>
    sayerRoles[findParty(rules, party)?.kind ?? 'observer'] ?? [];
  const state = groupStateOf(group);
  const waiting = group.frozenAt !== undefined && group.frozenAt > listedAt ? group.frozenAt : listedAt;
  const confirming = (): GroupDuty[] => [
    ...group.asked
      .filter((party) => silentTermsOf(group, party).length > 0)
      .map((party) =>
        duty('confirm-list', party, rolesOf(party), waiting, by(confirmBefore), [
          'confirmTerms',
          'disputeTerms',
        ]),
      ),
    ...group.asked
      .filter((party) => disputedTermsOf(group, party).length > 0)
      .map((party) => {
        const since = group.stands[party]?.since ?? waiting;
        return duty('settle-terms', mediator, officers, since, by(confirmBefore), ['changeList'], party);
      }),
    ...(isConfirmed(group)
      ? goSayersOf(group, mediator)
          .filter((party) => group.go[party] === undefined)
          .map((party) =>
            duty('say-go', party, rolesOf(party), confirmedAt(group), by(goBefore), ['sayGo', 'sayNoGo']),
          )
      : []),
    ...Object.entries(group.go)
      .filter(([, { go }]) => !go)
      .map(([party, { at }]) =>
        duty('weigh-no-go', mediator, ['lead'], at, by(goBefore), ['changeList', 'abortGroup'], party),
      ),
  ];
  const owed: Readonly<Partial<Record<typeof state, () => GroupDuty[]>>> = {
    drafting: () => [duty('propose-list', mediator, officers, listedAt, by(freezeBefore), ['proposeList'])],
    proposed: () => [
      duty('freeze-list', mediator, officers, group.proposedAt ?? listedAt, by(freezeBefore), ['freezeList']),
    ],
    frozen: confirming,
    confirming,
    go: () => [
      duty('depart-group', mediator, ['lead'], goAt(group), departAt, [
        ...(['departGroup', 'sayNoGo', 'changeList', 'abortGroup'] as const),
      ]),
    ],
  };
  const mend = (since: Instant): GroupDuty =>
    duty('mend-list', mediator, officers, since, by(confirmBefore), ['changeList', 'abortGroup']);
  if (isFrozen(state) && travellersOf(group).length === 0)
    return [
      mend(
        latestOf(
          group.dropped.map((each) => each.since),
          listedAt,
        ),
      ),
    ];
  const { escorts = {}, sayers, place }: Partial<NonNullable<Group['hindrances']>> = group.hindrances ?? {};
  const toMend = sayers ?? place;
  const hindered = isFrozen(state)
    ? [
        ...Object.entries(escorts).map(([party, since]) =>
          duty('add-escorts', party, rolesOf(party), since, by(confirmBefore), []),
        ),
        ...(toMend === undefined ? [] : [mend(toMend)]),
      ]
    : [];
  const relays = isOpen(state)
    ? group.pendingRelays.map(({ party, at }) =>
        duty(
          ...(['confirm-relay', mediator, officers, at] as const),
          earliestOf(by(goBefore), addDuration(at, relayWithin)),
          ['confirmRelay', 'rejectRelay'],
          party,
        ),
      )
    : [];
  return [...(owed[state]?.() ?? []), ...relays, ...hindered].sort((one, other) =>
    one.due < other.due ? -1 : 1,
  );
}

const isFrozen = (state: GroupState): boolean => fitsGroupState('confirmTerms', state);
const isOpen = (state: GroupState): boolean => fitsGroupState('confirmRelay', state);
const earliestOf = (one: Instant, other: Instant): Instant => (one < other ? one : other);
const latestOf = (instants: readonly Instant[], or: Instant): Instant =>
  instants.reduce((latest, at) => (at > latest ? at : latest), or);
const confirmedAt = (group: Group): Instant =>
  latestOf(
    Object.values(group.stands).map(({ since }) => since),
    group.list.since,
  );
const goAt = (group: Group): Instant =>
  latestOf(
    Object.values(group.go).map(({ at }) => at),
    group.list.since,
  );

/** Steps count from 1. */
export function stepOfDutyAt({ since, due }: GroupDuty, step: number): Instant {
  if (step === 1) return new Date(Date.parse(since) + millisecondsBetween(since, due) / 2).toISOString();
  const every = millisecondsBetween(due, addDuration(due, thenEvery));
  return new Date(Date.parse(due) + every * (step - 2)).toISOString();
}

/** Of several steps that fell due in a silence the last one only. */
export function remindersDueOf(group: Group, rules: MechanismRules, now: Instant): GroupEvent[] {
  return groupDutiesOf(group, rules).flatMap((duty): GroupEvent[] => {
    const taken = group.reminded[duty.key] ?? 0;
    let step = taken;
    while (stepOfDutyAt(duty, step + 1) <= now) step += 1;
    return step > taken ? [{ type: 'GroupReminded', duty: duty.key, step }] : [];
  });
}

/** When time next has something to do; undefined when never. */
export const nextInstantOfGroup = (group: Group, rules: MechanismRules): Instant | undefined =>
  groupDutiesOf(group, rules)
    .map((duty) => stepOfDutyAt(duty, (group.reminded[duty.key] ?? 0) + 1))
    .reduce<Instant | undefined>((first, at) => (first === undefined || at < first ? at : first), undefined);
