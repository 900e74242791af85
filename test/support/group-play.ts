/** A group in memory over cases in memory, under one clock that only the test moves; a departure is recorded as the record does. */
import { memberStatusOf } from '../../src/domain/group/member';
import { decideGroup } from '../../src/domain/group/decide';
import type { GroupVerdict } from '../../src/domain/group/decide';
import { gatesOf } from '../../src/domain/group/departure';
import type { MemberCases } from '../../src/domain/group/departure';
import { evolveGroup } from '../../src/domain/group/evolve';
import { groupStateOf, travellersOf } from '../../src/domain/group/facts';
import { answersTo, orderOf } from '../../src/domain/group/orders';
import { listTerms } from '../../src/domain/group/group';
import type { Group, GroupCommand, RecordedGroupEvent } from '../../src/domain/group/group';
import { siblingStatusOf } from '../../src/domain/facts/gate';
import type { CaseId } from '../../src/domain/model/ids';
import type { MechanismRules } from '../../src/domain/model/mechanism';
import type { Rejection } from '../../src/domain/model/rejections';
import { addDuration } from '../../src/domain/calendar/time';
import type { Duration, Instant } from '../../src/domain/calendar/time';
import { ready } from '../domain/plays/returns';
import { hashOf, hashPlan } from './factories';
import type { CaseInPlay } from './factories';
import { actorOf, hostingRules } from './mechanism-rules';
import type { ActorName } from './mechanism-rules';

const readyByRules = new Map<MechanismRules, Map<string, CaseInPlay>>();
/** A child whom nothing keeps from setting out but its siblings; every call gives one of its own. */
export function readyChild(id: CaseId, rules: MechanismRules = hostingRules): CaseInPlay {
  const known = readyByRules.get(rules) ?? new Map<string, CaseInPlay>();
  readyByRules.set(rules, known);
  const play = known.get(id) ?? ready(rules, id);
  known.set(id, play);
  return play.fork();
}

export class GroupInPlay {
  readonly events: RecordedGroupEvent[] = [];
  #group: Group | undefined;
  now: Instant;

  constructor(
    readonly children: ReadonlyMap<CaseId, CaseInPlay>,
    readonly id = 'G-C4SE-0001',
    readonly rules: MechanismRules = hostingRules,
  ) {
    this.now = [...children.values()].reduce((latest, { now }) => (now > latest ? now : latest), '');
  }

  get group(): Group {
    if (!this.#group) throw new Error('no group was drafted');
    return this.#group;
  }
  get found(): Group | undefined {
    return this.#group;
  }
  get state() {
    return groupStateOf(this.group);
  }
  get list() {
    const { version, hash } = this.group.list;
    return { version, hash };
  }
  get cases(): MemberCases {
    const { now } = this;
    return new Map(
      [...this.children].map(([id, { state, rules }]) => {
        const group =
          this.#group && this.#isOpen && travellersOf(this.#group).includes(id) ? this.id : undefined;
        return [id, { judged: state, rules, status: memberStatusOf(state, rules, now, group) }];
      }),
    );
  }
  get #isOpen(): boolean {
    return !['completed', 'aborted'].includes(this.state);
  }

  child(id: CaseId): CaseInPlay {
    const found = this.children.get(id);
    if (!found) throw new Error(`no child ${id}`);
    found.now = this.now;
    return found;
  }

  /** Links both ends, as the record does. */
  link(one: CaseId, other: CaseId): void {
    this.child(one).send('officer', { type: 'linkSiblings', siblings: [other] });
    this.child(other).send({ system: 'upkeep' }, { type: 'noteSiblings', siblings: [one] });
  }

  send(by: ActorName, command: GroupCommand): GroupVerdict {
    const actor = actorOf(by);
    const { cases, now } = this;
    const members = new Map([...cases].map(([id, { status }]) => [id, status]));
    const departing = { cases, actor, now, hashPlan };
    const isDeparture = command.type === 'departGroup' && this.#group !== undefined;
    const gates = isDeparture ? gatesOf(travellersOf(this.group), departing, []) : undefined;
    const answers = this.#group && answersTo(command, this.#group, departing);
    const order = orderOf(command);
    const verdict = decideGroup(
      this.#group,
      { case: this.id, actor, command },
      { now, mechanism: this.rules, members, hashOf, ...(gates && { gates }), ...(answers && { answers }) },
    );
    if ('rejection' in verdict) return verdict;
    if (order)
      for (const event of verdict.events)
        if ('cases' in event) for (const id of event.cases) this.child(id).send(by, order);
    // The cases first, as each asks what its siblings are before any of them has gone.
    for (const event of verdict.events)
      if (event.type === 'GroupDeparted') for (const id of event.departed) this.#departs(id, cases, by);
    for (const event of verdict.events) this.#record(by, event);
    return verdict;
  }

  #departs(id: CaseId, cases: MemberCases, by: ActorName): void {
    const child = this.child(id);
    child.siblings = [...cases]
      .filter(([each]) => each !== id && child.state.siblings.includes(each))
      .map(([, { judged, rules }]) => siblingStatusOf(judged, rules, this.now));
    const verdict = child.send(by, { type: 'depart' });
    if ('rejection' in verdict)
      throw new Error(`${id} departs and may not: ${JSON.stringify(verdict.rejection)}`);
  }

  #record(by: ActorName, event: RecordedGroupEvent['event']): void {
    const version = this.events.length + 1;
    const recorded = {
      case: this.id,
      version,
      at: this.now,
      actor: actorOf(by),
      commandId: `${version}`,
      event,
    };
    this.events.push(recorded);
    this.#group = evolveGroup(this.#group, recorded);
  }

  take(by: ActorName, command: GroupCommand): readonly RecordedGroupEvent['event'][] {
    this.now = addDuration(this.now, 'PT1S');
    const verdict = this.send(by, command);
    if ('rejection' in verdict)
      throw new Error(`${command.type} was refused: ${JSON.stringify(verdict.rejection)}`);
    return verdict.events;
  }
  refuse(by: ActorName, command: GroupCommand): Rejection {
    const verdict = this.send(by, command);
    if ('events' in verdict) throw new Error(`${command.type} was taken`);
    return verdict.rejection;
  }
  pass(duration: Duration): void {
    this.now = addDuration(this.now, duration);
  }

  draft(
    members: readonly CaseId[] = [...this.children.keys()],
    departAt = addDuration(this.now, 'PT1H'),
  ): void {
    this.take('officer', { type: 'draftGroup', members, departAt, place: 'border', route: 'rail' });
  }
  /** Proposed and frozen. */
  freeze(): void {
    this.take('officer', { type: 'proposeList' });
    this.take('officer', { type: 'freezeList', version: this.list.version });
  }
  confirm(by: readonly ActorName[] = sayers): void {
    for (const each of by) this.take(each, { type: 'confirmTerms', ...this.list, terms: listTerms });
  }
  sayGo(by: readonly ActorName[] = goSayers): void {
    for (const each of by) this.take(each, { type: 'sayGo', ...this.list });
  }
  /** Nothing but the departure is missing. */
  toGo(members?: readonly CaseId[]): void {
    this.draft(members);
    this.freeze();
    this.confirm();
    this.sayGo();
  }
  depart(): readonly RecordedGroupEvent['event'][] {
    return this.take('lead', { type: 'departGroup', ...this.list });
  }
}
export const sayers = ['northDecider', 'southDecider', 'host', 'dispatcher'] as const;
export const goSayers = ['northDecider', 'southDecider', 'lead'] as const;
