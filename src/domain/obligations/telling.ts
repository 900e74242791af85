/** What family and child are owed a word of: by the side that asked for the return, and by whoever has the child. */
import { untoldOf } from '../facts/milestones';
import { childsTeller } from '../facts/tellers';
import { latest, owedBy } from './draft';
import type { DraftSource } from './draft';

export const tellingDrafts: DraftSource = (state, rules) => [
  ...untoldOf(state, 'family').flatMap(({ of, since }) =>
    owedBy(state, rules, 'requesting', ['official', 'decider'], {
      kind: 'tell-family',
      subject: of,
      since,
      commands: ['tellFamily'],
    }),
  ),
  ...untoldOf(state, 'child').flatMap(({ of, since }) => {
    const { kind, roles, since: theirs } = childsTeller(state);
    return owedBy(state, rules, kind, roles, {
      kind: 'tell-child',
      subject: of,
      // Who takes a child over has their own time to tell it.
      since: latest(since, theirs),
      commands: ['tellChild'],
    });
  }),
];
