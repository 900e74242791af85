import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tasksFailing } from '../../activities/deps';
import { findCaseIdOf, workflowIdOf } from '../../src/domain/model/ids';
import type { CaseId } from '../../src/domain/model/ids';
import { groupWorkflowIdOf, listTerms } from '../../src/domain/group/group';
import { startChildReturn, startGroupReturn } from '../../src/temporal/start';
import { childReturnType } from '../../workflows/child-return/messages';
import { searchAttributes } from '../../workflows/child-return/search-attributes';
import { groupsOf } from '../record/support/group-room';
import { caseAt, newReference, openRecordRoom } from '../record/support/record-room';
import type { RecordRoom } from '../record/support/record-room';
import { eventually, openProcessRoom } from '../workflows/support/process-room';
import { terms } from '../workflows/support/plain-return';
import type { ProcessRoom } from '../workflows/support/process-room';
import { shiftTime } from './shift-time';

interface DocumentedQuery {
  readonly title: string;
  readonly url: string;
  readonly query: string;
}
const document = readFileSync(join(__dirname, '../../docs/operations.md'), 'utf8');
const documented: DocumentedQuery[] = [
  ...document.matchAll(/^### \d+\. \[(?<title>.+)\]\((?<url>\S+)\)\n[^]*?```sql\n(?<query>.+)\n```/gm),
].map(({ groups }) => groups as unknown as DocumentedQuery);

describe('the queries that docs/operations.md gives operators', () => {
  let recordRoom: RecordRoom;
  let room: ProcessRoom;
  const names = new Map<CaseId, string>();
  /** By the ids of their workflows. */
  const groupNames = new Map<string, string>();
  const name = (id: CaseId, as: string): CaseId => {
    names.set(id, as);
    return id;
  };

  beforeAll(async () => {
    recordRoom = await openRecordRoom({ capacity: 40 });
    const ids = await prepareCases();
    room = await openProcessRoom('queries', {
      database: recordRoom.database,
      change: () => recordRoom.mechanism,
    });
    await room.startWorker();
    const options = { taskQueue: room.taskQueue };
    for (const id of ids) await startChildReturn(room.client, id, options);
    for (const id of await prepareGroups()) await startGroupReturn(room.client, id, options);
    const rebuilt = name((await recordRoom.open()).case, 'rebuilt');
    const restarted = { cause: 'terminated', at: new Date().toISOString() } as const;
    await startChildReturn(room.client, rebuilt, { ...options, restarted });
    // As the upkeep leaves them when not one task has succeeded since.
    for (const trouble of [tasksFailing, 'checkFile: unexpected']) {
      const id = name(newReference(), trouble);
      await room.client.workflow.start(childReturnType, {
        workflowId: workflowIdOf(id),
        ...options,
        args: [{ case: id, view: 2 }],
        startDelay: '1 hour',
        typedSearchAttributes: [{ key: searchAttributes.trouble, value: trouble }],
      });
    }
  }, 120_000);
  afterAll(async () => {
    await room.close();
    await recordRoom.close();
  });

  async function prepareCases(): Promise<CaseId[]> {
    const ids = [];
    const earlier = async (id: CaseId, as: string, days: number): Promise<void> => {
      await shiftTime(recordRoom, id, days);
      ids.push(name(id, as));
    };
    const fresh = name((await recordRoom.open()).case, 'fresh');

    const waits = await caseAt(recordRoom, 'verified');
    await recordRoom.act('qa-officer-1', waits, proposal());
    await recordRoom.act('ua-decider', waits, await approval(waits));
    await earlier(waits, 'waits for Russia for 40 days', 40);
    const asked = await caseAt(recordRoom, 'verified');
    await recordRoom.act('qa-officer-1', asked, proposal());
    await recordRoom.act('ua-decider', asked, await approval(asked));
    await earlier(asked, 'waits for Russia for 20 days', 20);

    await earlier(await caseAt(recordRoom, 'hosted'), 'hosted, no note for two days', 2);
    ids.push(name(await caseAt(recordRoom, 'hosted'), 'hosted today'));

    const stalled = (await recordRoom.open()).case;
    await shiftTime(recordRoom, stalled, 40);
    await observe(stalled);
    await earlier(stalled, 'stalled for 40 days', 40);
    const justStalled = (await recordRoom.open()).case;
    await shiftTime(recordRoom, justStalled, 40);
    await observe(justStalled);
    ids.push(name(justStalled, 'stalled today'));

    await earlier(await caseAt(recordRoom, 'place-asked'), 'approved 85 days ago', 85);

    await earlier(await departed(), 'left yesterday, not heard of since', 1);
    const paused = await departed();
    await recordRoom.act('es-escort-1', paused, { type: 'pauseJourney', kind: 'delay' });
    ids.push(name(paused, 'left just now'));

    const held = (await recordRoom.open()).case;
    await recordRoom.act('ru-official-1', held, { type: 'placeHold', hold: 'h1', reason: 'safety' });
    ids.push(name(held, 'on hold'));

    const lapsing = await caseAt(recordRoom, 'hosted');
    const validUntil = new Date(Date.now() + 4 * 86_400_000).toISOString().slice(0, 10);
    await recordRoom.act('ua-official-1', lapsing, {
      type: 'confirmTravelDocuments',
      documents: ['doc-2'],
      validUntil,
    });
    ids.push(name(lapsing, 'papers for four days'));

    const withdrawn = (await recordRoom.open()).case;
    await recordRoom.act('ua-official-1', withdrawn, { type: 'withdrawRequest' });
    await recordRoom.act('qa-officer-1', withdrawn, { type: 'closeCase', outcome: 'withdrawn' });
    ids.push(name(withdrawn, 'withdrawn'));
    return [fresh, ...ids];
  }
  async function prepareGroups(): Promise<string[]> {
    const groups = groupsOf(recordRoom);
    const child = () => caseAt(recordRoom, 'ready');
    const asked = await groups.at('frozen', [await child()]);
    await groups.act('ru-decider', asked, {
      ...{ type: 'confirmTerms', ...(await groups.listOf(asked)), terms: listTerms },
    });
    const gone = await groups.at('go', [await child()]);
    await groups.depart(gone);
    const disputed = await groups.at('frozen', [await child()]);
    await groups.act('ru-decider', disputed, {
      ...{ type: 'disputeTerms', ...(await groups.listOf(disputed)), terms: listTerms },
    });
    const dropped = await child();
    const empty = await groups.at('frozen', [dropped]);
    await groups.act('ru-decider', empty, { type: 'refuseMember', member: dropped, reason: 'route' });
    const [held, other] = [await child(), await child()];
    const parted = await groups.at('go', [held, other]);
    await recordRoom.act('em-host', held, { type: 'placeHold', hold: 'fever', reason: 'health' });
    await groups.depart(parted);
    await groups.act('em-host', parted, { type: 'reportBreach' });
    const six = await Promise.all(Array.from({ length: 6 }, child));
    for (const [id, as] of [
      [asked, 'Russia has confirmed'],
      [await groups.at('frozen', [await child()]), 'nobody has confirmed'],
      [disputed, 'Russia disputes'],
      [empty, 'all have dropped out'],
      [await groups.at('frozen', six), 'too few escorts'],
      [await groups.at('go', [await child()]), 'may set out'],
      [gone, 'on the way together'],
      [parted, 'one stayed behind'],
    ] as const)
      groupNames.set(groupWorkflowIdOf(id), as);
    return [...groupNames.keys()].map((id) => id.slice('group-'.length));
  }
  const proposal = () => ({ type: 'proposePlan', terms: terms() }) as const;
  const approval = async (id: CaseId) => {
    const { plan } = (await recordRoom.record.load(id))!.state;
    return { type: 'approvePlan', planVersion: plan!.version, planHash: plan!.hash, conditions: [] } as const;
  };
  /** A fresh record: the one that opened the case remembers it as it was before its time was shifted. */
  const observe = async (id: CaseId): Promise<void> => {
    const envelope = {
      id: `time:${id}`,
      case: id,
      actor: { system: 'process' },
      command: { type: 'observeTime' },
    } as const;
    await recordRoom.another().record.submit(envelope, { knownVersion: 0, route: 'system' });
  };
  const departed = async (): Promise<CaseId> => {
    const id = await caseAt(recordRoom, 'ready');
    await recordRoom.act('qa-lead', id, { type: 'depart' });
    await recordRoom.act('es-escort-1', id, { type: 'takeIntoCare' });
    return id;
  };

  const decidesOnPlan = ['waits for Russia for 40 days', 'waits for Russia for 20 days'];
  const before = [
    ...[
      'Russia has confirmed',
      'nobody has confirmed',
      'Russia disputes',
      'too few escorts',
      'all have dropped out',
    ],
  ];
  const expected: Readonly<Record<string, readonly string[]>> = {
    'Waiting on Russia for over 30 days': ['waits for Russia for 40 days'],
    'Hosted, and no welfare note today': ['hosted, no note for two days'],
    'Workflow tasks fail': [tasksFailing],
    'A fault has not passed': ['checkFile: unexpected'],
    'Safety overdue': ['hosted, no note for two days', 'left yesterday, not heard of since'],
    'Stalled for over 30 days': ['stalled for 40 days'],
    'Approvals lapse this week': ['approved 85 days ago'],
    'Travelling, and no sign of life': ['left yesterday, not heard of since'],
    'Waiting for a decision on a plan': decidesOnPlan,
    'On hold': ['on hold'],
    'Rebuilt from the record within a day': ['rebuilt'],
    'Papers lapse this week': ['papers for four days'],
    'Closed, and the child is not home': ['withdrawn'],
    'Groups that nobody has said go to yet': before,
    'Groups that wait for Russia': ['nobody has confirmed', 'too few escorts'],
    'Groups on the way': ['on the way together', 'one stayed behind'],
    'Groups that may set out': ['may set out'],
    'Groups with a term that is disputed': ['Russia disputes'],
    'Groups with too few escorts': ['too few escorts'],
    'Groups whose list must be another': ['all have dropped out'],
    'Groups that left a child behind': ['one stayed behind'],
    'Groups of which nothing may be published': [
      ...before,
      'may set out',
      'on the way together',
      'one stayed behind',
    ],
    'Groups whose silence was broken': ['one stayed behind'],
    'In an escort’s care': ['left yesterday, not heard of since', 'left just now'],
    'Journeys that do not go on': ['left just now'],
  };

  it('are at least ten, each a link that asks the very query it stands above', () => {
    expect(documented.map(({ title }) => title)).toEqual(Object.keys(expected));
    expect(documented.length).toBeGreaterThanOrEqual(10);
    for (const { url, query } of documented) {
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:8233\/namespaces\/default\/workflows\?/);
      expect(new URL(url).searchParams.get('query')).toBe(query);
    }
  });

  it.each(documented.map(({ title, query }) => [title, query]))(
    '“%s” finds those cases and no others',
    async (title, query) => {
      const wanted = [...(expected[title] ?? [])].sort();
      let found: string[] = [];
      // Visibility is eventually consistent, and a case that is busy shows its attributes when it has calmed down.
      await eventually(async () => {
        found = [];
        for await (const { workflowId } of room.client.workflow.list({
          query: `${query} AND TaskQueue = '${room.taskQueue}'`,
        }))
          found.push(groupNames.get(workflowId) ?? names.get(findCaseIdOf(workflowId) ?? '') ?? workflowId);
        return found.sort().join() === wanted.join() ? true : undefined;
      }, 25_000).catch(() => undefined);
      expect(found).toEqual(wanted);
    },
  );
});
