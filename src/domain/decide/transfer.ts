/**
 * Rules of a change of care: whoever had the child says that they gave it, whoever has it that they took it. Nobody says
 * both. Source: docs/rules.md, "Hand to hand".
 */
import type { CaseEvent } from '../model/events';
import { givingHand, isToBeTaken, takingHand } from '../facts/transfer';
import type { Hand } from '../facts/transfer';
import type { ReturnCase } from '../model/case';
import type { OfficialId } from '../model/ids';
import type { OfficialActor } from '../model/parties';
import { omitUndefined } from '../model/omit-undefined';
import { rejected } from '../model/rejections';
import type { Rejection } from '../model/rejections';
import type { Instant } from '../calendar/time';
import { happened } from './happened';
import { officialOf } from './rule-context';
import type { HandlerTable, RuleContext } from './rule-context';

/** Why this person can't say it of this hand, or undefined when they can. */
function handFault(
  hand: Hand,
  [said, other]: readonly [OfficialActor | undefined, OfficialActor | undefined],
  { note, official }: { readonly note: string | undefined; readonly official: OfficialId },
): { rejection: Rejection } | undefined {
  if (!hand) return rejected('not-your-command');
  if (said) return rejected('already-done');
  if (other?.official === official) return rejected('both-hands');
  return hand === 'for' && note === undefined ? rejected('note-required', { field: 'note' }) : undefined;
}

const onBehalf = (hand: Hand): { onBehalf?: true } => (hand === 'for' ? { onBehalf: true } : {});

/** Who tells of the way tells that the child is with them: it needs no second word from them. */
export function takenWith(state: ReturnCase, at: Instant | undefined, context: RuleContext): CaseEvent[] {
  const { official } = officialOf(context);
  const isTaking = isToBeTaken(state) && official === state.escort?.official;
  return isTaking && state.journey?.transfer?.given?.official !== official
    ? [{ type: 'CareTaken', ...happened(state, at, context) }]
    : [];
}

export const transferRules: HandlerTable<'giveIntoCare' | 'takeIntoCare'> = {
  giveIntoCare: (state, { note }, context) => {
    const transfer = state.journey?.transfer;
    if (!transfer) return rejected('already-done');
    const actor = officialOf(context);
    const hand = givingHand(transfer, actor, context.mechanism);
    const fault = handFault(hand, [transfer.given, transfer.taken], { note, official: actor.official });
    return fault ?? [omitUndefined({ type: 'CareGiven', ...onBehalf(hand), note })];
  },

  takeIntoCare: (state, { at, note }, context) => {
    const transfer = state.journey?.transfer;
    if (!transfer) return rejected('already-done');
    const actor = officialOf(context);
    const hand = takingHand(state, actor);
    const fault = handFault(hand, [transfer.taken, transfer.given], { note, official: actor.official });
    return (
      fault ?? [
        omitUndefined({ type: 'CareTaken', ...onBehalf(hand), ...happened(state, at, context), note }),
      ]
    );
  },
};
