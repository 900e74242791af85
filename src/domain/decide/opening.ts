/** Rules of opening a case, the one command without a case before it. */
import { isPartyClosed } from '../facts/closed';
import { commandTable } from '../model/command-table';
import type { CommandOf } from '../model/commands';
import type { Verdict, RuleContext } from './rule-context';
import { findParty } from '../model/mechanism';
import { isOfficial } from '../model/parties';
import { rejected } from '../model/rejections';

/** A side opens only cases that it requests itself; the mediator opens for any requesting side. */
export function openingOf(command: CommandOf<'openCase'>, { actor, mechanism, now }: RuleContext): Verdict {
  if (!isOfficial(actor)) return rejected('not-your-command');
  const party = findParty(mechanism, actor.party);
  const mayOpen = commandTable.openCase.by.some(
    ({ kind, roles }) => kind === party?.kind && roles.some((role) => actor.roles.includes(role)),
  );
  if (!mayOpen) return rejected('not-your-command');
  if (party?.kind === 'requesting' && command.requestingParty !== actor.party)
    return rejected('not-your-party');
  if (findParty(mechanism, command.requestingParty)?.kind !== 'requesting')
    return rejected('unknown-party', { field: 'requestingParty' });
  if (findParty(mechanism, command.holdingParty)?.kind !== 'holding')
    return rejected('unknown-party', { field: 'holdingParty' });
  const closed = (['requestingParty', 'holdingParty'] as const).find((field) =>
    isPartyClosed(command[field], { rules: mechanism, at: now }),
  );
  if (closed) return rejected('closed-for-new', { field: closed });
  const { type: _, ...facts } = command;
  return {
    events: [{ type: 'CaseOpened', mechanism: { id: mechanism.id, version: mechanism.version }, ...facts }],
  };
}
