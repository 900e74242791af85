/** Whom a group's events tell, without a word of personal data: one notice for the group, never one for each child. */
import { millisecondsBetween } from '../calendar/time';
import type { Instant } from '../calendar/time';
import { findParty } from '../model/mechanism';
import type { MechanismRules } from '../model/mechanism';
import type { PartyId } from '../model/ids';
import type { NoticeKind } from '../model/notice-kinds';
import { hasAnyRole, isOfficial, rolesToAsk } from '../model/parties';
import type { Role } from '../model/parties';
import type { Notice } from '../obligations/notices';
import { groupDutiesOf } from './duties';
import type { GroupDuty } from './duties';
import type { Group, GroupEvent, RecordedGroupEvent } from './group';

/** What is due within a day does not wait for the morning's digest, nor for the end of a night. */
const urgentWithinMs = 86_400_000;

const isUrgent = ({ due }: Pick<GroupDuty, 'due'>, now: Instant): boolean =>
  millisecondsBetween(now, due) <= urgentWithinMs;

type Draft = Pick<Notice, 'kind' | 'party' | 'roles' | 'safety' | 'obligation' | 'facts'>;

/** `after` the group after the last event of one command, `before` before its first. */
export function groupNoticesOf(
  before: Group | undefined,
  events: readonly RecordedGroupEvent[],
  after: Group,
  rules: MechanismRules,
): Notice[] {
  const last = events.at(-1);
  if (!last) return [];
  const told = events.flatMap((recorded) =>
    keyed(recorded, drafts(recorded.event, after, rules, recorded.at)),
  );
  const known = new Set(before ? groupDutiesOf(before, rules).map(({ key }) => key) : []);
  const arisen = groupDutiesOf(after, rules)
    .filter(({ key }) => !known.has(key))
    // Nobody is told of what their own doing has left to themselves; a relay is for a second person.
    .filter(
      ({ kind, party, roles }) =>
        kind === 'confirm-relay' ||
        !(isOfficial(last.actor) && last.actor.party === party && hasAnyRole(last.actor.roles, roles)),
    )
    .map((duty) => ofDuty('group-waiting', duty, duty.party, duty.roles, last.at));
  return [...told, ...keyed(last, arisen, 'w')];
}

const keyed = ({ case: id, version }: RecordedGroupEvent, all: readonly Draft[], mark = ''): Notice[] =>
  all.map((draft, index) => ({ ...draft, key: `${id}:${version}:${mark}${index + 1}` }));

const ofDuty = (
  kind: NoticeKind,
  duty: GroupDuty,
  party: PartyId,
  roles: readonly Role[],
  now: Instant,
): Draft => ({
  ...{ kind, party, roles, obligation: duty.key, safety: isUrgent(duty, now) },
  facts: { duty: duty.kind, due: duty.due },
});

const inNameOf = (party: PartyId, kind: 'relay-entered' | 'relay-confirmed'): Draft => ({
  ...{ kind, party, roles: ['decider', 'official'], safety: true, facts: {} },
});

function drafts(event: GroupEvent, group: Group, rules: MechanismRules, now: Instant): Draft[] {
  const mediator = rules.parties.find(({ kind }) => kind === 'mediator')?.id;
  const lead = (kind: NoticeKind, facts: Draft['facts'] = {}, safety = true): Draft[] =>
    mediator === undefined ? [] : [{ kind, party: mediator, roles: ['lead', 'duty-officer'], safety, facts }];
  const asked = (kind: NoticeKind): Draft[] =>
    group.asked.map((party) => ({
      ...{ kind, party, safety: true, facts: {} },
      roles: rolesToAsk[findParty(rules, party)?.kind ?? 'observer'].atClosure,
    }));
  switch (event.type) {
    case 'GroupReminded': {
      const duty = groupDutiesOf(group, rules).find(({ key }) => key === event.duty);
      if (!duty) return [];
      const own = ofDuty('group-reminder', duty, duty.party, duty.roles, now);
      // From the due instant on the mediator's lead hears as well.
      return event.step > 1 && !(duty.party === mediator && duty.roles.join() === 'lead')
        ? [
            own,
            ...(mediator === undefined ? [] : [ofDuty('group-escalation', duty, mediator, ['lead'], now)]),
          ]
        : [own];
    }
    case 'MemberDropped':
      return [...lead('group-child-dropped', { reason: event.reason }), ...asked('group-child-dropped')];
    // At once, at any hour, to everybody who may disown it.
    case 'WordRelayed':
      return [inNameOf(event.party, 'relay-entered')];
    case 'RelayConfirmed':
      return [inNameOf(event.party, 'relay-confirmed')];
    case 'GroupDeparted':
      return [...asked('group-departed'), ...lead('group-departed')];
    case 'GroupAborted':
      return asked('group-aborted');
    case 'EmbargoBroken':
      return lead('embargo-broken');
    default:
      return [];
  }
}
