/** A group on the record of a record room, brought to where a test wants it. */
import { randomUUID } from 'node:crypto';
import { sealEnvelope } from '../../../src/contracts/seal';
import type { Group, GroupCommand, GroupEnvelope, GroupEvent } from '../../../src/domain/group/group';
import { listTerms } from '../../../src/domain/group/group';
import type { CaseId } from '../../../src/domain/model/ids';
import type { CaseRecord } from '../../../src/record/record';
import type { Submitted } from '../../../src/record/store/submission';
import { newReference, sealKey } from './record-room';
import type { RecordRoom } from './record-room';

export type GroupAnswer = Submitted<Group, GroupEvent>;
export const groupMilestones = ['drafting', 'proposed', 'frozen', 'confirmed', 'go'] as const;

export const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

export function groupsOf({ record, actor, mechanism }: RecordRoom) {
  const envelopeOf = (official: string, group: string, command: GroupCommand, id?: string): GroupEnvelope =>
    sealEnvelope(
      { id: `${official}:${id ?? randomUUID()}`, case: group, actor: actor(official), command },
      sealKey,
    );
  const send = (
    official: string,
    group: string,
    command: GroupCommand,
    { id, on = record }: { id?: string; on?: CaseRecord } = {},
  ): Promise<GroupAnswer> =>
    on.takeGroup(envelopeOf(official, group, command, id), {
      asker: { mechanism: mechanism.id, party: actor(official).party },
    });
  const act = async (official: string, group: string, command: GroupCommand): Promise<GroupAnswer> => {
    const answer = await send(official, group, command);
    if (answer.outcome === 'refused')
      throw new Error(`${command.type} by ${official}: ${JSON.stringify(answer.rejection)}`);
    return answer;
  };
  const listOf = async (group: string) => {
    const { version, hash } = (await record.groups.load(group))!.group.list;
    return { version, hash };
  };
  const steps: Record<
    (typeof groupMilestones)[number],
    (group: string, members: CaseId[]) => Promise<unknown>
  > = {
    drafting: (group, members) =>
      act('qa-officer-1', group, {
        ...{ type: 'draftGroup', members, departAt: inHours(1), place: 'kyiv', route: 'road' },
      }),
    proposed: (group) => act('qa-officer-1', group, { type: 'proposeList' }),
    frozen: async (group) =>
      act('qa-officer-1', group, { type: 'freezeList', version: (await listOf(group)).version }),
    confirmed: async (group) => {
      for (const official of ['ua-decider', 'ru-decider', 'em-host', 'es-dispatcher'])
        await act(official, group, { type: 'confirmTerms', ...(await listOf(group)), terms: listTerms });
    },
    go: async (group) => {
      for (const official of ['ua-decider', 'ru-decider', 'qa-lead'])
        await act(official, group, { type: 'sayGo', ...(await listOf(group)) });
    },
  };
  return {
    send,
    act,
    listOf,
    envelopeOf,
    async at(milestone: (typeof groupMilestones)[number], members: CaseId[]): Promise<string> {
      const group = `G-${newReference()}`;
      for (const step of groupMilestones.slice(0, groupMilestones.indexOf(milestone) + 1))
        await steps[step](group, members);
      return group;
    },
    depart: async (group: string, options: { id?: string; on?: CaseRecord } = {}): Promise<GroupAnswer> =>
      send('qa-lead', group, { type: 'departGroup', ...(await listOf(group)) }, options),
    /** As its process does. */
    observe: (group: string) =>
      record.submitToGroup(
        {
          id: `time:${randomUUID()}`,
          case: group,
          actor: { system: 'process' },
          command: { type: 'observeGroup' },
        },
        { knownVersion: 0, route: 'system' },
      ),
    stage: async (id: CaseId) => (await record.load(id))?.state.stage,
  };
}
