/** Rules of safe conduct: granted for legs that are planned, and withdrawn at any time. Never-rules 3 and 13. */
import type { ReturnCase } from '../model/case';
import type { CommandOf } from '../model/commands';
import type { PartyId } from '../model/ids';
import { omitUndefined } from '../model/omit-undefined';
import { rejected } from '../model/rejections';
import { officialOf } from './rule-context';
import type { HandlerTable, Outcome, RuleContext } from './rule-context';

type Granted = Pick<CommandOf<'grantSafeConduct'>, 'legs' | 'opens' | 'until' | 'note'>;

/** Given directly, or by note. */
export function conductGranted(
  state: ReturnCase,
  party: PartyId,
  { legs, opens, until, note }: Granted,
  { now }: RuleContext,
  relay?: string,
): Outcome {
  const isPlanned = (leg: string): boolean => state.legs.some(({ id }) => id === leg);
  if (legs.length === 0 || !legs.every(isPlanned)) return rejected('unknown-leg', { field: 'legs' });
  if (until <= opens) return rejected('window-inverted', { field: 'until' });
  if (until <= now) return rejected('date-past', { field: 'until' });
  const stretches = state.legs.filter(({ id }) => legs.includes(id)).map(({ from, to }) => ({ from, to }));
  return [omitUndefined({ type: 'SafeConductGranted', party, stretches, opens, until, relay, note })];
}

/** Also of what was never granted: it says that the side may stop the child. */
export const conductWithdrawn = (party: PartyId, extra: { note?: string; relay?: string }): Outcome => [
  omitUndefined({ type: 'SafeConductWithdrawn', party, ...extra }),
];

export const safeConductRules: HandlerTable<'grantSafeConduct' | 'withdrawSafeConduct'> = {
  grantSafeConduct: (state, command, context) =>
    conductGranted(state, officialOf(context).party, command, context),
  withdrawSafeConduct: (_state, { note }, context) =>
    conductWithdrawn(officialOf(context).party, omitUndefined({ note })),
};
