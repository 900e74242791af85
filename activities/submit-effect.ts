/** The end of every effect: the system's own command, with an id that makes a repetition harmless. */
import type { Command } from '../src/domain/model/commands';
import type { SubmitResult } from '../src/record/store/submission';
import type { ActivityDeps } from './deps';
import type { EffectOrder } from './effect-order';

export function submitEffect(
  { record }: Pick<ActivityDeps, 'record'>,
  { commandId, case: id, knownVersion }: EffectOrder,
  command: Command,
): Promise<SubmitResult> {
  const envelope = { id: commandId, case: id, actor: { system: 'process' }, command } as const;
  return record.submit(envelope, { knownVersion, route: 'system' });
}
