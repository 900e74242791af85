/**
 * Rules of telling: family and child learn of each milestone, by whom, how and in which language. Source: docs/rules.md,
 * "Family and child are told".
 */
import { isTold, milestoneSince } from '../facts/milestones';
import type { Listener } from '../facts/milestones';
import { seesChild, tellsFamilyOf } from '../facts/tellers';
import type { ReturnCase } from '../model/case';
import { omitUndefined } from '../model/omit-undefined';
import { rejected } from '../model/rejections';
import type { Rejection } from '../model/rejections';
import type { Milestone } from '../model/telling';
import { officialOf } from './rule-context';
import type { HandlerTable } from './rule-context';

/** What did not happen is told to nobody, and what was told is told again only when it happens again. */
function tellingFault(
  state: ReturnCase,
  whom: Listener,
  of: Milestone,
): { rejection: Rejection } | undefined {
  if (milestoneSince(state, of) === undefined) return rejected('nothing-to-decide');
  return isTold(state, whom, of) ? rejected('already-done') : undefined;
}

export const tellingRules: HandlerTable<'tellFamily' | 'tellChild'> = {
  tellFamily: (state, { type: _, ...told }, context) => {
    if (!tellsFamilyOf(told.of, officialOf(context), context.mechanism)) return rejected('not-your-command');
    return tellingFault(state, 'family', told.of) ?? [omitUndefined({ type: 'FamilyTold', ...told })];
  },
  tellChild: (state, { type: _, ...told }, context) => {
    if (!seesChild(state, officialOf(context), context.mechanism)) return rejected('not-your-command');
    return tellingFault(state, 'child', told.of) ?? [omitUndefined({ type: 'ChildTold', ...told })];
  },
};
