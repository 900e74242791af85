/** What is owed when a child passes from hand to hand: each of the two says that it has. */
import { isOnTheWay } from '../facts/care';
import { isToBeTaken } from '../facts/transfer';
import type { Office } from '../model/mechanism';
import type { Transfer } from '../model/transfer';
import { addDuration } from '../calendar/time';
import { latest, owedBy } from './draft';
import type { DraftSource } from './draft';

const givers: Readonly<Record<Transfer['from'], Office>> = {
  host: { kind: 'host', roles: ['host', 'clinician'] },
  'present-carer': { kind: 'holding', roles: ['official', 'decider'] },
  escort: { kind: 'escort', roles: ['dispatcher', 'duty-officer'] },
};
/** After the hour at which the first leg is to begin; of a change of escorts, after it was decided. */
const within = 'PT1H';

export const transferDrafts: DraftSource = (state, rules) => {
  const transfer = state.journey?.transfer;
  if (!transfer || !isOnTheWay(state)) return [];
  const { since, from, given } = transfer;
  const leaves = from === 'escort' ? since : latest(since, state.legs[0]?.departAt);
  const due = addDuration(leaves, within);
  const { kind, roles } = givers[from];
  return [
    ...(isToBeTaken(state)
      ? owedBy(state, rules, 'escort', ['escort'], {
          kind: 'take-into-care',
          since,
          due,
          commands: ['takeIntoCare'],
        })
      : []),
    ...(given
      ? []
      : owedBy(state, rules, kind, roles, {
          kind: 'give-into-care',
          since,
          due,
          commands: ['giveIntoCare'],
        })),
  ];
};
