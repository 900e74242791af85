/** The case in Temporal's markdown, for the operator: codes, parties and instants, never a person. */
import { careOf } from '../../src/domain/facts/care';
import type { Obligation } from '../../src/domain/obligations/obligations';
import type { CaseState } from './case-state';

/** A case of many obligations is cut here; the console shows them all. */
const maxShown = 12;

export function describeCase(caseState: CaseState, obligations: readonly Obligation[]): string {
  const { case: state, lastReminderAt, trouble, restarted } = caseState;
  const lines = [
    `**Stage** ${state.stage} since ${state.stageSince}`,
    `**Version** ${state.version} · **mechanism** ${state.mechanism.id} version ${state.mechanism.version}`,
  ];
  if (!state.closure) {
    const care = careOf(state);
    lines.push(`**In the care of** ${care.with} since ${care.since}`);
  }
  if (state.plan) lines.push(`**Plan** version ${state.plan.version}${state.plan.lapsed ? ', lapsed' : ''}`);
  if (state.stalledSince) lines.push(`**Stalled** since ${state.stalledSince}`);
  if (state.medicallyUrgent) lines.push('**Medically urgent**');
  if (state.medical.emergencySince) lines.push(`**Medical emergency** since ${state.medical.emergencySince}`);
  if (trouble) lines.push(`**Trouble** ${trouble}`);
  if (restarted) lines.push(`**Rebuilt** from the record at ${restarted.at}, because: ${restarted.cause}`);
  if (state.closure) lines.push(`**Closed** ${state.closure.outcome} at ${state.closure.at}`);
  if (obligations.length > 0)
    lines.push('', '**Waiting on**', ...obligations.slice(0, maxShown).map(waitingOn));
  if (obligations.length > maxShown) lines.push(`- and ${obligations.length - maxShown} more`);
  lines.push(
    '',
    lastReminderAt ? `**Last reminder** ${lastReminderAt}` : '**Last reminder** none in this run',
  );
  if (state.holds.length > 0) lines.push('', '**Holds**');
  for (const hold of state.holds)
    lines.push(`- ${hold.reason} by ${hold.party}, to be reviewed by ${hold.reviewAt}`);
  // The UI folds single line breaks into spaces, lists included: only a blank line separates.
  return lines.filter((line) => line !== '').join('\n\n');

  function waitingOn({ key, kind, subject, party, since, due }: Obligation): string {
    const steps = state.ladderSteps[key];
    const told = steps ? `, ${steps} ${steps === 1 ? 'step' : 'steps'} taken` : '';
    return `- ${party}: ${kind}${subject === undefined ? '' : ` (${subject})`}, since ${since}, due ${due}${told}`;
  }
}
