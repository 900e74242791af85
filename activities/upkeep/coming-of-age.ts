/** The countdown to the 18th birthday, from whose day on the child's own consent counts. */
import type { ActivityDeps } from '../deps';
import type { Heartbeat } from './compare';

export async function noteComingOfAge({ record }: ActivityDeps, beat: Heartbeat): Promise<number> {
  const reached = await record.listComingOfAge();
  for (const [index, { case: id, daysLeft }] of reached.entries()) {
    const envelope = {
      id: `majority:${id}:${daysLeft}`,
      case: id,
      actor: { system: 'upkeep' },
      command: { type: 'noteMajority', daysLeft },
    } as const;
    await record.submit(envelope, { knownVersion: 0, route: 'upkeep' });
    beat(index);
  }
  return reached.length;
}
