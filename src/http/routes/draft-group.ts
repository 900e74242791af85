import { groupDraftSchema } from '../../contracts/group-commands';
import { groupAnswerSchema } from '../../contracts/http/groups';
import { defineRoute } from '../define-route';
import { drawGroupId } from '../commands/derived-ids';
import { takeGroupCommand, tellProcesses } from '../commands/send-group-command';
import { groupAnswerOf } from '../views/group-view';

export const draftGroup = defineRoute({
  id: 'draftGroup',
  method: 'post',
  path: '/v1/groups',
  summary: 'Draft a group of children who travel together',
  description: 'Nobody but the mediator sees it until its list is proposed.',
  body: groupDraftSchema,
  writes: { takesVersion: false },
  answers: {
    201: { description: 'Drafted; Location is the group', schema: groupAnswerSchema },
    200: { description: 'Drafted before by this very request', schema: groupAnswerSchema },
  },
  async handle({ parts, body, headers }, { reader }) {
    for (let draws = 1; ; draws += 1) {
      const result = await takeGroupCommand({ parts, reader, headers }, drawGroupId(), {
        type: 'draftGroup',
        ...body,
      });
      if (result.rejection?.code === 'group-exists' && draws < 5) continue;
      tellProcesses(parts, result);
      const found = await repeatedOf(parts, result);
      const { headers: known, body: answer } = await groupAnswerOf(parts, reader, found);
      return {
        status: result.outcome === 'repeated' ? 200 : 201,
        headers: { location: `/v1/groups/${answer.group}`, ...known },
        body: answer,
      };
    }
  },
});

type Given = Parameters<typeof groupAnswerOf>[2];
/** A repeat was asked under a new reference: its answer is of the group that was drafted then. */
async function repeatedOf({ record }: Parameters<typeof groupAnswerOf>[0], result: Given): Promise<Given> {
  if (result.outcome !== 'repeated' || result.found || !result.receipt) return result;
  const first = await record.groups.load(result.receipt.case);
  return first ? { ...result, found: { state: first.group, rules: first.rules } } : result;
}
