/** Folds of acts that wait for their second person. */
import type { ReturnCase } from '../model/case';
import type { OfficialActor } from '../model/parties';
import type { FoldTable, Patch } from './fold-table';

const without = ({ proposals = [] }: ReturnCase, id: string): Patch => ({
  proposals: proposals.filter((proposal) => proposal.id !== id),
});

export const proposalFolds: FoldTable<'ActProposed' | 'ProposalConfirmed' | 'ProposalRejected'> = {
  ActProposed: (state, { proposal, act, second }, { at, actor }) => ({
    proposals: [
      ...(state.proposals ?? []),
      { id: proposal, act, second, by: actor as OfficialActor, at }, // decide lets only officials propose
    ],
  }),
  ProposalConfirmed: (state, { proposal }) => without(state, proposal),
  ProposalRejected: (state, { proposal }) => without(state, proposal),
};
