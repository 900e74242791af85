/** Who owes it that a case is somebody's: the mediator's lead, from the opening on. */
import { latest, owedBy } from './draft';
import type { DraftSource } from './draft';

export const officerDrafts: DraftSource = (state, rules) =>
  state.officer
    ? []
    : owedBy(state, rules, 'mediator', ['lead'], {
        kind: 'assign-officer',
        since: latest(state.openedAt, state.officerLeftAt),
        commands: ['assignOfficer'],
      });
