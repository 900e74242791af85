/** How an operator sees a group in the Temporal UI: codes, parties and instants, never a person. */
import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { patched, setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { LoadedGroup } from '../../activities/record/record-activities';
import { groupDutiesOf } from '../../src/domain/group/duties';
import { groupStateOf, isUnderEmbargo, travellersOf } from '../../src/domain/group/facts';
import type { Group } from '../../src/domain/group/group';
import { searchAttributes } from '../child-return/search-attributes';

export function showGroup(loaded: LoadedGroup): void {
  setCurrentDetails(describe(loaded));
  const changes = attributesOf(loaded).filter(isChanged);
  if (changes.length > 0) upsertSearchAttributes(changes);
}

function describe({ group, rules, children }: LoadedGroup): string {
  const { list, departure } = group;
  const travellers = travellersOf(group);
  const duties = groupDutiesOf(group, rules);
  const lines = children.map(
    ({ case: id, stage, care, blockers }) =>
      `| ${id} | ${travellers.includes(id) ? stage : 'dropped'} | ${care} | ${departure ? '' : blockers} |`,
  );
  return [
    `**${groupStateOf(group)}**, list version ${list.version}, ${travellers.length} of ${list.members.length} children, sets out ${list.departAt} by way of ${list.place} (${list.route})`,
    isUnderEmbargo(group) ? 'Nothing of it is published until the last child is safe.' : '',
    duties.length > 0
      ? `Waits for: ${duties.map(({ kind, party, due }) => `${kind} by ${party}, due ${due}`).join('; ')}`
      : '',
    `| Case | Stage | In whose care | Kept back by |\n| --- | --- | --- | --- |\n${lines.join('\n')}`,
    departure && departure.left.length > 0
      ? `Stayed behind: ${departure.left.map(({ case: id, reason }) => `${id} (${reason})`).join(', ')}`
      : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Null takes an attribute away. */
function attributesOf({ group, rules }: LoadedGroup): SearchAttributeUpdatePair[] {
  const duties = groupDutiesOf(group, rules);
  const parties = [...new Set(duties.map(({ party }) => party))].sort();
  const kinds = [...new Set(duties.map(({ kind }) => kind))].sort();
  const [first] = duties;
  return [
    { key: searchAttributes.stage, value: groupStateOf(group) },
    { key: searchAttributes.mechanism, value: `${group.mechanism.id}@${group.mechanism.version}` },
    { key: searchAttributes.waitingOn, value: parties.length === 0 ? null : parties },
    { key: searchAttributes.waitingFor, value: kinds.length === 0 ? null : kinds },
    { key: searchAttributes.since, value: first ? new Date(first.since) : null },
    { key: searchAttributes.due, value: first ? new Date(first.due) : null },
    ...(patched('group-marks') ? [{ key: searchAttributes.marks, value: marksOf(group) }] : []),
  ];
}

/** What stays true of a group beside its state; null where nothing does. */
function marksOf(group: Group): string[] | null {
  const marks = {
    embargo: isUnderEmbargo(group),
    'embargo-broken': group.breaches.length > 0,
    'left-behind': (group.departure?.left.length ?? 0) > 0,
  };
  const set = Object.entries(marks).flatMap(([mark, is]) => (is ? [mark] : []));
  return set.length === 0 ? null : set;
}

function isChanged({ key, value }: SearchAttributeUpdatePair): boolean {
  const known = workflowInfo().typedSearchAttributes.get(key);
  return JSON.stringify(known ?? null) !== JSON.stringify(value);
}
