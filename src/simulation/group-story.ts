/** What the record says of those who travelled together, and of their groups, as the mediator's lead reads it. */
import type { z } from 'zod';
import type { timelineEntrySchema } from '../contracts/http/events';
import type { GroupView } from '../contracts/http/groups';
import type { CaseId } from '../domain/model/ids';
import type { HttpOfficial } from './http-official';
import type { OpenedChild } from './open-the-eleven';
import { readCase } from './seen-case';

export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

export interface GroupStory {
  readonly groups: readonly Pick<GroupView, 'id' | 'events' | 'departure'>[];
  readonly children: readonly {
    readonly case: CaseId;
    /** Of the case file: `04`. */
    readonly number: string;
    readonly siblings: readonly CaseId[];
    readonly events: readonly TimelineEntry[];
  }[];
}

export async function readGroupStory(
  children: readonly OpenedChild[],
  lead: HttpOfficial,
): Promise<GroupStory> {
  const ids = new Set(children.map((child) => child.case));
  const { items } = await lead.get<{ items: readonly { id: string }[] }>('/v1/groups');
  const groups = await Promise.all(items.map(({ id }) => lead.get<GroupView>(`/v1/groups/${id}`)));
  return {
    groups: groups
      .filter(({ list }) => list.members.some((member) => ids.has(member)))
      .sort((one, other) => (startOf(one) < startOf(other) ? -1 : 1)),
    children: await Promise.all(
      children.map(async (child) => ({
        case: child.case,
        number: child.name.slice(0, 2),
        siblings: (await readCase(lead, child.case)).siblings,
        events: await timelineOf(lead, child.case),
      })),
    ),
  };
}

const startOf = ({ events }: GroupView): string => events[0]?.at ?? '';

async function timelineOf(lead: HttpOfficial, id: CaseId): Promise<TimelineEntry[]> {
  const entries: TimelineEntry[] = [];
  let cursor: string | undefined;
  do {
    const more = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { items: readonly TimelineEntry[]; next?: string } = await lead.get(
      `/v1/cases/${id}/timeline?limit=200${more}`,
    );
    entries.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return entries;
}
