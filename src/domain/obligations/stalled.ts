/** When a case counts as stalled. Source: docs/rules.md, "Default timeframes"; reminders are no progress. */
import type { ReturnCase } from '../model/case';
import type { MechanismRules } from '../model/mechanism';
import { foreseenObligationsOf } from './obligations';
import { addDuration, earliest } from '../calendar/time';
import type { Duration, Instant } from '../calendar/time';

/** How long this case may stand still. */
export function stalledLimitOf(state: ReturnCase, { stalledAfter }: MechanismRules): Duration {
  if (state.medicallyUrgent || state.stay?.status === 'occupied') return stalledAfter.urgent;
  return state.stage === 'tracing' ? stalledAfter.tracing : stalledAfter.usual;
}

/** The instant from which the case counts as stalled if nothing happens; undefined when it already does or is closed. */
export function stallsAt(state: ReturnCase, rules: MechanismRules): Instant | undefined {
  if (state.closure || state.stalledSince) return undefined;
  return addDuration(quietSince(state, rules), stalledLimitOf(state, rules));
}

/** Between two follow-up visits nothing is meant to happen: there the silence counts from the next visit's due day. */
function quietSince(state: ReturnCase, rules: MechanismRules): Instant {
  if (state.stage !== 'follow-up') return state.lastProgressAt;
  const due = earliest(
    foreseenObligationsOf(state, rules, state.lastProgressAt).map((obligation) => obligation.due),
  );
  return due !== undefined && due > state.lastProgressAt ? due : state.lastProgressAt;
}
