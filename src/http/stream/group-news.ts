/**
 * What a listener is told of groups that changed: whole truths, as of cases. A party is told when it owes something else,
 * or when something happened that it may read of the group: any other step would tell its instant.
 */
import type { Reader } from '../../auth/official-directory';
import { mayKnow } from '../../domain/group/facts';
import type { GroupId } from '../../domain/group/group';
import type { Instant } from '../../domain/calendar/time';
import type { GroupEntry } from '../../record/reads/group-inbox';
import { isInScope } from '../../record/reads/inbox-entries';
import type { InboxScope } from '../../record/reads/inbox-entries';
import type { LoadedGroup } from '../../record/reads/groups';
import type { CaseRecord } from '../../record/record';
import type { GroupNews, TellGroups } from './inbox-stream';
import { isShown, sightOf } from '../views/group-view';

export async function readGroupNews(
  { changes, groups }: Pick<CaseRecord, 'changes' | 'groups'>,
  ids: readonly GroupId[],
  since: Instant,
): Promise<TellGroups> {
  if (ids.length === 0) return () => [];
  const owed = await changes.readGroups(ids);
  const loaded = await Promise.all(ids.map((id) => groups.load(id)));
  const found = loaded.filter((each) => each !== undefined);
  return (reader, scope) => found.flatMap((each) => newsOf(each, owed, { reader, scope, since }));
}

function newsOf(
  found: LoadedGroup,
  owed: readonly GroupEntry[],
  { reader, scope, since }: { reader: Reader; scope: InboxScope; since: Instant },
): GroupNews[] {
  const { group, rules, members, events, now } = found;
  const isMediator = reader.kind === 'mediator';
  if (rules.id !== reader.mechanism || !mayKnow(group, isMediator, reader.party, members)) return [];
  const sight = sightOf(reader, found);
  const last = events.findLast((event) => isShown(event, sight));
  const entries = owed.filter(
    (entry) => entry.group === group.id && entry.party === reader.party && isInScope(entry, reader, scope),
  );
  const begun = entries.map((entry) => entry.since);
  const fallen = entries.map(({ due }) => due).filter((due) => due <= now);
  return [
    {
      id: group.id,
      data: { group: group.id, ...(isMediator && { version: group.version }), entries },
      known: JSON.stringify([last?.version, entries]),
      isFresh: [...(last ? [last.at] : []), ...begun, ...fallen].some((at) => at > since),
    },
  ];
}
