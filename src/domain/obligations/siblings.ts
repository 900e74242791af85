/** A child whom siblings may go ahead of is to follow them: somebody sees to it until it is home, or is no sibling. */
import { owedBy } from './draft';
import type { DraftSource } from './draft';

export const siblingDrafts: DraftSource = (state, rules) =>
  state.handover.at
    ? []
    : (state.siblingsAhead ?? []).flatMap(({ other: subject, since }) =>
        owedBy(state, rules, 'mediator', ['case-officer', 'lead'], {
          ...{ kind: 'bring-sibling-after', subject, since },
          // A link is not undone on the way.
          commands: state.journey ? [] : ['unlinkSiblings'],
        }),
      );
