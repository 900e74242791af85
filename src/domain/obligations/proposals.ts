/** The second person's word, owed by the first office of those that may give it whose party the case has. */
import { owedByFirst } from './draft';
import type { DraftSource } from './draft';

export const proposalDrafts: DraftSource = (state, rules) =>
  (state.proposals ?? []).flatMap(({ id, second, by, at }) => {
    const offices = second.offices.filter(
      ({ kind }) =>
        !second.otherParty || rules.parties.find(({ id: party }) => party === by.party)?.kind !== kind,
    );
    return owedByFirst(state, rules, offices, {
      kind: second.urgent ? 'confirm-urgent-proposal' : 'confirm-proposal',
      subject: id,
      since: at,
      commands: ['confirmProposal', 'rejectProposal'],
    });
  });
