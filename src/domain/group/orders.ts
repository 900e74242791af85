/**
 * A movement is shared by the children on it: what is said of it once is a command of each child's own case, and each case says
 * by its own rules whether it is so there. Whom it is not true of is not spoken for.
 */
import { decide } from '../decide/decide';
import type { Verdict } from '../decide/rule-context';
import type { Command } from '../model/commands';
import type { CaseId } from '../model/ids';
import { omitUndefined } from '../model/omit-undefined';
import { hasAnyRole, isOfficial } from '../model/parties';
import { rejected } from '../model/rejections';
import type { Rejection } from '../model/rejections';
import type { Departing } from './departure';
import { travellersOf } from './facts';
import type { Group, GroupCommand } from './group';

/** What the command is in each case; undefined where it is the group's own. */
export function orderOf(command: GroupCommand): Command | undefined {
  if (command.type === 'checkIn')
    return omitUndefined<Command>({ type: 'checkIn', place: command.place, at: command.at });
  return command.type === 'sayForAll' ? command.act : undefined;
}

/** Of whom it may be said: who set out, and before that who is to. */
export const movementOf = (group: Group): readonly CaseId[] =>
  group.departure?.departed ?? travellersOf(group);

/** What the child's own case says to it. */
export function answerOf(id: CaseId, command: Command, { cases, actor, now, hashPlan }: Departing): Verdict {
  const own = cases.get(id);
  return own
    ? decide(own.judged, { actor, command }, { now, mechanism: own.rules, hashPlan })
    : rejected('case-not-found');
}

/** Why not, for each of whom it may be said; undefined where the case takes it. */
export type Answers = ReadonlyMap<CaseId, Rejection | undefined>;

export function answersTo(command: GroupCommand, group: Group, departing: Departing): Answers | undefined {
  const order = orderOf(command);
  if (!order) return undefined;
  const theirs = spokenForBy(group, order, departing);
  return new Map(
    movementOf(group).map((id) => {
      if (!theirs.includes(id)) return [id, rejected('not-your-command').rejection];
      const verdict = answerOf(id, order, departing);
      if ('rejection' in verdict) return [id, verdict.rejection];
      return [id, verdict.events.length === 0 ? rejected('already-done').rejection : undefined];
    }),
  );
}

/**
 * An escort on the way speaks for the children in their own care: what is wrong with one car is not said of another. Who sends
 * escorts, and the mediator, speak for all.
 */
function spokenForBy(group: Group, { type }: Command, departing: Departing): readonly CaseId[] {
  const all = movementOf(group);
  if (!group.departure || type === 'takeIntoCare') return all;
  const withThem = all.filter((id) => 'events' in answerOf(id, { type: 'checkIn' }, departing));
  const { actor } = departing;
  const speaksForOthers =
    isOfficial(actor) && hasAnyRole(actor.roles, ['dispatcher', 'duty-officer', 'case-officer', 'lead']);
  return withThem.length > 0 || !speaksForOthers ? withThem : all;
}
