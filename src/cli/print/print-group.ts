/** A group on the terminal. */
import pc from 'picocolors';
import type { GroupView } from '../../contracts/http/groups';
import { shortTime } from './print-case';
import { tableLines } from './print-table';

type Line = GroupView['checklist'][number];
const marks = { yes: pc.green('yes'), no: pc.red('no'), waiting: pc.yellow('waiting') } as const;

export function groupLines(view: GroupView): string[] {
  const {
    id,
    state,
    list,
    children,
    dropped,
    checklist,
    duties,
    departure,
    embargo,
    allowed,
    pendingRelays,
  } = view;
  return [
    `${pc.bold(id)} is ${state}; list version ${list.version}`,
    `sets out ${shortTime(list.departAt)} by ${list.route}, by way of ${list.place}`,
    ...(embargo.active ? [pc.dim('Nothing of it is published until the last child is safe.')] : []),
    '',
    ...tableLines(
      children.map((child, index) => [
        `${index + 1}.`,
        pc.bold(child.case),
        child.stage,
        child.travels ? '' : pc.yellow('does not travel with it'),
      ]),
    ),
    ...dropped.map(
      ({ case: member, reason, party }) => `${member} dropped out: ${reason}${party ? ` (${party})` : ''}`,
    ),
    '',
    ...tableLines(
      checklist.map((line) => [marks[line.state], textOf(line), line.since ? shortTime(line.since) : '']),
    ),
    ...(departure
      ? [
          '',
          `Set out ${shortTime(departure.at)}: ${departure.departed.join(', ') || 'nobody of yours'}`,
          ...leftLines(departure.left),
        ]
      : []),
    ...(pendingRelays.length > 0 ? ['', 'Relayed words that wait for a second mediator'] : []),
    ...pendingRelays.map(({ id: relay, party, word }) => `  ${relay}  ${party}: ${word.type}`),
    ...(duties.length > 0
      ? [
          '',
          ...duties.map(
            ({ kind, party, subject, due }) =>
              `${party} owes ${kind}${subject ? ` (${subject})` : ''} by ${shortTime(due)}`,
          ),
        ]
      : []),
    ...(allowed.length > 0 ? ['', `You may send: ${allowed.join(', ')}`] : []),
  ];
}

export const leftLines = (left: NonNullable<GroupView['departure']>['left']): string[] =>
  left.map(
    ({ case: id, reason, blockers }) =>
      `${pc.yellow('Stayed')}: ${id} (${reason})${blockers.map(({ blocker, subject = '' }) => `  ${blocker} ${subject}`.trimEnd()).join(',')}`,
  );

function textOf(line: Line): string {
  switch (line.line) {
    case 'list-frozen':
      return 'the list is frozen';
    case 'terms':
      return `${line.party}: ${line.terms.join(', ')}`;
    case 'child':
      return line.state === 'yes'
        ? `${line.case} may go`
        : `${line.case}: ${[
            ...line.blockers.map(({ blocker }) => blocker),
            ...(line.lapses ?? []).map(({ blocker }) => `${blocker} by then`),
          ].join(', ')}`;
    case 'siblings':
      return `siblings who are not on the list: ${line.cases.join(', ')}`;
    case 'follows':
      return `follow later, by a waiver: ${line.cases.join(', ')}`;
    case 'go':
      return `${line.party} says go`;
  }
}
