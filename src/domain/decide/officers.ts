/**
 * Rules of whose case it is at the mediator's: one official has it and another may be the deputy. docs/rules.md,
 * "Whose case it is". That both are in office there, only the edge knows.
 */
import { rejected } from '../model/rejections';
import { omitUndefined } from '../model/omit-undefined';
import { officialOf } from './rule-context';
import type { HandlerTable } from './rule-context';

export const officerRules: HandlerTable<'assignOfficer' | 'noteOfficerRelieved'> = {
  assignOfficer: (state, { officer, deputy, note }, context) => {
    const { official, roles } = officialOf(context);
    const now = state.officer;
    // The lead gives cases out. Others take one themselves or pass on their own, and nobody else's.
    const isTheirs = officer === official || now?.official === official;
    if (!roles.includes('lead') && !isTheirs) return rejected('not-your-command');
    if (officer === deputy) return rejected('duplicate-id', { field: 'deputy' });
    if (now?.official === officer && now.deputy === deputy) return rejected('already-done');
    return [omitUndefined({ type: 'OfficerAssigned', officer, deputy, note } as const)];
  },

  noteOfficerRelieved: ({ officer }, { official }) =>
    officer?.official === official || officer?.deputy === official
      ? [{ type: 'OfficerRelieved', official }]
      : rejected('already-done'),
};
