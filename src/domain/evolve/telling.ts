/** Folds of telling: of each milestone the last time that somebody was told. */
import { milestoneSince } from '../facts/milestones';
import type { ReturnCase } from '../model/case';
import type { RecordedEvent } from '../model/events';
import type { OfficialActor } from '../model/parties';
import type { Milestone, Told } from '../model/telling';
import type { FoldTable } from './fold-table';

function withTold<Of extends Milestone>(
  state: ReturnCase,
  before: readonly Told<Of>[] | undefined,
  { of, how, language }: Pick<Told<Of>, 'of' | 'how' | 'language'>,
  { at, actor }: RecordedEvent,
): readonly Told<Of>[] {
  const by = actor as OfficialActor; // decide lets only officials tell
  const told: Told<Of> = { of, since: milestoneSince(state, of) ?? at, at, by, how, language };
  return [...(before ?? []).filter((one) => one.of !== of), told];
}

export const tellingFolds: FoldTable<'FamilyTold' | 'ChildTold'> = {
  FamilyTold: (state, told, recorded) => ({ familyTold: withTold(state, state.familyTold, told, recorded) }),
  ChildTold: (state, told, recorded) => ({ childTold: withTold(state, state.childTold, told, recorded) }),
};
