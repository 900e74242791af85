/** Another way is owed where the one that is planned leads through a place that is closed by then. */
import { closedAhead } from '../facts/closed';
import type { ClosedAhead } from '../facts/closed';
import { latest, owedBy } from './draft';
import type { Draft, DraftSource } from './draft';

const owners = {
  plan: { kind: 'mediator', roles: ['case-officer', 'lead'], commands: ['proposePlan'] },
  legs: { kind: 'escort', roles: ['dispatcher', 'duty-officer'], commands: ['planLegs'] },
} as const satisfies Record<ClosedAhead['part'], Pick<Draft, 'roles' | 'commands'> & { kind: string }>;

export const closedDrafts: DraftSource = (state, rules) =>
  closedAhead(state, rules).flatMap(({ place, part }) => {
    const { kind, roles, commands } = owners[part];
    return owedBy(state, rules, kind, roles, {
      kind: 'avoid-closed-place',
      subject: place,
      since: latest(
        state.plan?.proposedAt ?? state.openedAt,
        part === 'legs' ? state.legsPlannedAt : undefined,
        state.closings?.at,
      ),
      commands,
    });
  });
