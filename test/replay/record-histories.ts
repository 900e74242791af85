/**
 * Records one history for each branch of every workflow type, on real servers, into `histories/`:
 * `node -r ./test/support/run-typescript.cjs test/replay/record-histories.ts [branch…]`.
 *
 * A recorded history is never replaced: it is what a release left running. A new branch is a new file, and a
 * change of the process that can't follow an old one needs `patched`. See docs/decisions/workflow-changes.md.
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { Command } from '../../src/domain/model/commands';
import { groupWorkflowIdOf } from '../../src/domain/group/group';
import type { GroupId } from '../../src/domain/group/group';
import type { CaseId } from '../../src/domain/model/ids';
import { workflowIdOf } from '../../src/domain/model/ids';
import { childReturnType, nudgeSignal } from '../../workflows/child-return/messages';
import { upkeepType } from '../../workflows/upkeep/upkeep-type';
import { brokerVariable } from '../support/ask-broker';
import { startBroker } from '../support/stack-broker';
import { groupsOf } from '../record/support/group-room';
import { caseAt, openRecordRoom } from '../record/support/record-room';
import type { RecordRoom } from '../record/support/record-room';
import { eventually, openProcessRoom } from '../workflows/support/process-room';
import type { ProcessRoom } from '../workflows/support/process-room';
import {
  acceptance,
  approvalBy,
  arrival,
  departure,
  letterToRussia,
  plainReturn,
  play,
  playInRecord,
  preparation,
  proposal,
  verification,
} from '../workflows/support/plain-return';
import type { Step } from '../workflows/support/plain-return';
import { startChildReturn } from '../../src/temporal/start';

const folder = join(__dirname, 'histories');
const sha = '0'.repeat(64);

/** Plays a branch and names the runs to keep. What comes before the branch is played in the record alone. */
type Branch = (room: ProcessRoom) => Promise<{ workflowId: string; runIds?: string[] }>;

const begun = async (room: ProcessRoom, before: readonly Step[], options = {}): Promise<CaseId> => {
  const id = await room.open({ started: false });
  await playInRecord(room, id, before);
  await startChildReturn(room.client, id, { taskQueue: room.taskQueue, ...options });
  return id;
};
const agreedOn = [...acceptance, ...verification, proposal];
const settled = async (room: ProcessRoom, id: CaseId) => {
  // Lets effects and attributes come to rest, so that the history ends between two tasks.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  return { workflowId: workflowIdOf(id), room };
};

const branches: Record<string, Branch> = {
  async plain(room) {
    const id = await room.open();
    await play(room, id, plainReturn(room));
    await room.handle(id).result();
    return { workflowId: workflowIdOf(id) };
  },
  async relayed(room) {
    const id = await begun(room, agreedOn);
    const { plan } = await room.until(id, ({ planPutToSidesAt }) => planPutToSidesAt !== undefined);
    await room.submit('qa-officer-1', id, {
      type: 'relayDecision',
      relay: 'r1',
      party: 'russia',
      decision: { act: 'approve', planVersion: plan!.version, planHash: plan!.hash, conditions: [] },
      source: { channel: 'note-verbale', reference: 'No 12/34', dated: plan!.window.from, documentHash: sha },
    });
    await room.submit('qa-officer-2', id, { type: 'confirmRelay', relay: 'r1' });
    await room.submit('ru-decider', id, { type: 'repudiateRelay', relay: 'r1' });
    return settled(room, id);
  },
  async objected(room) {
    const id = await begun(room, agreedOn);
    const { plan } = await room.until(id, ({ planPutToSidesAt }) => planPutToSidesAt !== undefined);
    const on = { planVersion: plan!.version, planHash: plan!.hash };
    await room.submit('ru-decider', id, { type: 'objectToPlan', ...on, reason: 'timing' });
    await room.submit('qa-officer-1', id, { type: 'recordMediation', party: 'russia' });
    await play(room, id, [approvalBy('ru-decider'), approvalBy('ua-decider')]);
    return settled(room, id);
  },
  async withdrawn(room) {
    const id = await begun(room, [...agreedOn, approvalBy('ua-decider'), approvalBy('ru-decider')]);
    await play(room, id, preparation.slice(0, 2));
    await room.submit('ru-decider', id, { type: 'withdrawApproval' });
    await room.until(id, ({ stage }) => stage === 'agreement');
    await play(room, id, [approvalBy('ru-decider')]);
    await room.until(id, ({ placeRequest }) => placeRequest !== undefined);
    return settled(room, id);
  },
  async 'withdrawn-on-the-way'(room) {
    const agreed = [...agreedOn, approvalBy('ua-decider'), approvalBy('ru-decider')];
    const id = await begun(room, agreed);
    await play(room, id, [...preparation, ...departure]);
    await room.submit('ru-decider', id, { type: 'withdrawApproval' });
    await room.submit('qa-lead', id, { type: 'decideRecall', outcome: 'continue' });
    const [proposal] = (await room.state(id)).proposals ?? [];
    await room.submit('qa-duty', id, { type: 'confirmProposal', proposal: proposal?.id ?? '' });
    await play(room, id, arrival);
    return settled(room, id);
  },
  async 'put-to-sides'(room) {
    const id = await begun(room, agreedOn);
    await room.until(id, ({ planPutToSidesAt }) => planPutToSidesAt !== undefined);
    await settled(room, id);
    // One side decides before any letter is out; the other is reached.
    await play(room, id, [approvalBy('ua-decider')]);
    await room.pool.query(letterToRussia, [id]);
    const execution = { workflowId: workflowIdOf(id) };
    const { namespace } = room;
    await room.client.workflowService.resetActivity({ namespace, execution, type: 'seePlanReachSide' });
    await room.until(id, ({ planReached }) => planReached !== undefined);
    return settled(room, id);
  },
  async hold(room) {
    const id = await begun(room, acceptance);
    await room.signal('ru-official-1', id, { type: 'placeHold', hold: 'h1', reason: 'legal' });
    await room.until(id, ({ holds }) => holds.length === 1);
    await room.submit('ru-official-1', id, { type: 'liftHold', hold: 'h1' });
    return settled(room, id);
  },
  async 'continued-as-new'(room) {
    const id = await begun(room, acceptance, { continueAfter: 30 });
    const runIds = [(await room.handle(id).describe()).runId];
    await play(room, id, verification);
    await settled(room, id);
    runIds.push((await room.handle(id).describe()).runId);
    return { workflowId: workflowIdOf(id), runIds };
  },
  async 'closed-early'(room) {
    const id = await begun(room, acceptance);
    await room.submit('ua-official-1', id, { type: 'withdrawRequest' });
    await room.submit('qa-officer-1', id, { type: 'closeCase', outcome: 'withdrawn' });
    await room.handle(id).result();
    return { workflowId: workflowIdOf(id) };
  },
  async reminded(room) {
    const id = await room.open();
    await room.until(id, ({ ladderSteps }) => Object.values(ladderSteps).some((steps) => steps >= 2), 30_000);
    return settled(room, id);
  },
  /* Since 0.2. */
  async answered(room) {
    const id = await begun(room, acceptance);
    const [first, second] = await owed(room, id);
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await room.submit('qa-lead', id, { type: 'acknowledgeObligation', obligation: first!, until });
    await room.submit('qa-lead', id, {
      type: 'snoozeObligation',
      obligation: second!,
      until,
      reason: 'awaiting-document',
    });
    await note(room, id, { type: 'noteAbsence', absence: 'a1', ...away, deputy: 'ru-official-2', until });
    await note(room, id, { type: 'noteSubstitution', ...away, by: 'ru-official-2' });
    await note(room, id, { type: 'noteAddressFault', ...away, channel: 'mail', code: '550' });
    await room.until(id, ({ addressFaults = [] }) => addressFaults.length === 1);
    await room.submit('qa-officer-1', id, { type: 'mendAddress', ...away });
    return settled(room, id);
  },
  /* Told of before it lapses; renewed, and then the process waits for the new date. */
  async expiring(room) {
    const id = await begun(room, acceptance);
    const dayAhead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const validUntil = dayAhead(10);
    const seconds = Math.floor((Date.parse(`${validUntil}T21:00:00.000Z`) - Date.now() - 10_000) / 1000);
    const version = room.mechanism.version + 1;
    const change = { expiryNotice: `PT${seconds}S`, reminderSpread: 'PT0S' };
    await room.record.saveMechanism({ ...room.mechanism, version, ...change });
    await room.submit('qa-lead', id, { type: 'moveMechanism', version });
    const custody = {
      type: 'attestFacet',
      facet: 'custody',
      finding: 'confirmed',
      evidence: ['doc-1'],
    } as const;
    const review = { type: 'reviewAttestation', facet: 'custody' } as const;
    await room.submit('ua-official-1', id, { ...custody, validUntil });
    await room.until(id, ({ expiriesNoted = [] }) => expiriesNoted.length === 1, 30_000);
    await room.submit('qa-reviewer', id, { ...review, verdict: 'returned' });
    await room.submit('ua-official-1', id, { ...custody, validUntil: dayAhead(60) });
    await room.submit('qa-reviewer', id, { ...review, verdict: 'upheld' });
    return settled(room, id);
  },
  async rebuilt(room) {
    const id = await begun(room, acceptance, {
      restarted: { cause: 'terminated', at: new Date().toISOString() },
    });
    await play(room, id, verification);
    await room.handle(id).signal(nudgeSignal, { cause: 'reset', at: new Date().toISOString() });
    return settled(room, id);
  },
  /** A run of 0.1 that has gone on under this release. */
  async upgraded(room) {
    const id = await room.open({ started: false });
    await playInRecord(room, id, acceptance);
    await room.client.workflow.start(childReturnType, {
      workflowId: workflowIdOf(id),
      taskQueue: room.taskQueue,
      args: [{ case: id }],
    });
    await play(room, id, verification);
    return settled(room, id);
  },
  /* Since view 3: the record answers, the process is told. Before, these branches were played by updates. */
  async followed(room) {
    const id = await room.open();
    await play(room, id, plainReturn(room));
    await room.handle(id).result();
    return { workflowId: workflowIdOf(id) };
  },
  async 'followed-by-hand'(room) {
    const id = await begun(room, acceptance);
    await room.signal('ru-official-1', id, { type: 'placeHold', hold: 'h1', reason: 'legal' });
    await room.until(id, ({ holds }) => holds.length === 1);
    await room.handle(id).signal(nudgeSignal, { cause: 'reset', at: new Date().toISOString() });
    await room.submit('ru-official-1', id, { type: 'liftHold', hold: 'h1' });
    return settled(room, id);
  },
  async 'followed-continued'(room) {
    const id = await begun(room, acceptance, { continueAfter: 30 });
    const runIds = [(await room.handle(id).describe()).runId];
    for (const step of verification) {
      await play(room, id, [step]);
      await eventually(async () => (await room.unreadNews(id)) === 0 || undefined);
    }
    await settled(room, id);
    runIds.push((await room.handle(id).describe()).runId);
    return { workflowId: workflowIdOf(id), runIds };
  },
  async 'followed-reminded'(room) {
    const id = await room.open();
    await room.until(id, ({ ladderSteps }) => Object.values(ladderSteps).some((steps) => steps >= 2), 30_000);
    return settled(room, id);
  },
  /** A run of view 2 that has gone on under this release. */
  async 'upgraded-to-news'(room) {
    const id = await room.open({ started: false });
    await playInRecord(room, id, acceptance);
    await room.client.workflow.start(childReturnType, {
      workflowId: workflowIdOf(id),
      taskQueue: room.taskQueue,
      args: [{ case: id, view: 2 }],
    });
    await play(room, id, [...verification, proposal, approvalBy('ua-decider')]);
    return settled(room, id);
  },
  /* Since groups: the group's own process, and that of a child who left in it. */
  async together(room) {
    const { records, id, group } = await gone(room);
    await playInRecord(room, id, [...departure.slice(1), ...arrival]);
    await room.deliverNews();
    await room.client.workflow.getHandle(groupWorkflowIdOf(group)).result();
    await records.close();
    return { workflowId: groupWorkflowIdOf(group) };
  },
  /* Since marks of groups: too few escorts, owed until there are enough; a disputed term after every go; the end. */
  async hindered(room) {
    const database = { ...room.database, drop: () => Promise.resolve() };
    const records = await openRecordRoom({ database, capacity: room.mechanism.sites[0]?.capacity ?? 0 });
    const groups = groupsOf(records);
    const six: CaseId[] = [];
    for (let index = 0; index < 6; index += 1) six.push(await caseAt(records, 'ready'));
    const group = await groups.at('go', six);
    const told = async (): Promise<void> => {
      await room.deliverNews();
      await sleep(500);
    };
    await told();
    await records.act('es-dispatcher', six[0]!, { type: 'confirmCrew', has: [], escorts: 2, children: 6 });
    await told();
    const list = await groups.listOf(group);
    await groups.act('em-host', group, { type: 'disputeTerms', ...list, terms: ['date'] });
    await told();
    await groups.act('em-host', group, { type: 'reportBreach' });
    await told();
    await groups.act('qa-lead', group, { type: 'abortGroup', reason: 'security' });
    await told();
    await room.client.workflow.getHandle(groupWorkflowIdOf(group)).result();
    await records.close();
    return { workflowId: groupWorkflowIdOf(group) };
  },
  /** Heard at the door, and not forced home: from hand to hand into interim care, and from there to somebody verified. */
  async 'interim-care'(room) {
    const { records, id } = await gone(room);
    await startChildReturn(room.client, id, { taskQueue: room.taskQueue });
    await play(room, id, departure.slice(1));
    await play(room, id, [{ by: 'es-escort-1', command: { type: 'arrive' } }]);
    await room.submit('qa-interviewer', id, {
      ...{ type: 'recordHearing', recipient: 'recipient-1', answer: 'unwilling' },
    });
    await room.submit('re-receiver', id, {
      ...{ type: 'placeInInterimCare', kind: 'foster-family', place: 'kyiv' },
    });
    await records.close();
    return settled(room, id);
  },
  /** Trouble on the road, of a release in which nobody owed an answer to it. */
  async 'in-trouble'(room) {
    const id = await onTheRoad(room);
    await room.submit('es-escort-1', id, { type: 'reportIncident', kind: 'security' });
    await room.submit('es-escort-1', id, { type: 'checkIn' });
    return settled(room, id);
  },
  /** The same, since it is owed: waited for, and answered. */
  async 'trouble-answered'(room) {
    const id = await onTheRoad(room);
    await room.submit('es-escort-1', id, { type: 'reportIncident', kind: 'security' });
    await settled(room, id);
    await room.submit('qa-duty', id, {
      ...{ type: 'answerIncident', incident: 'security-1', note: 'note-1' },
    });
    return settled(room, id);
  },
  async 'upkeep-of-people'(room) {
    const workflowId = 'upkeep-recorded';
    await room.client.workflow.execute(upkeepType, { workflowId, taskQueue: room.taskQueue });
    return { workflowId };
  },
  async upkeep(room) {
    const workflowId = 'upkeep-recorded';
    await room.client.workflow.execute(upkeepType, { workflowId, taskQueue: room.taskQueue });
    return { workflowId };
  },
};
/** One child, with its escort. */
async function onTheRoad(room: ProcessRoom): Promise<CaseId> {
  const id = await begun(room, [...agreedOn, approvalBy('ua-decider'), approvalBy('ru-decider')]);
  await play(room, id, [...preparation, ...departure]);
  return id;
}
/** One child, ready, leaves in a group. */
async function gone(room: ProcessRoom): Promise<{ records: RecordRoom; id: CaseId; group: GroupId }> {
  const database = { ...room.database, drop: () => Promise.resolve() };
  const records = await openRecordRoom({ database, capacity: room.mechanism.sites[0]?.capacity ?? 0 });
  const id = await caseAt(records, 'ready');
  const groups = groupsOf(records);
  const group = await groups.at('go', [id]);
  await room.deliverNews();
  await groups.depart(group);
  await room.deliverNews();
  return { records, id, group };
}
/** Keys of what is owed, as a person reads them in the inbox. */
const owed = async (room: ProcessRoom, id: CaseId): Promise<string[]> =>
  (
    await room.pool.query<{ key: string }>('select key from obligations where case_id = $1 order by key', [
      id,
    ])
  ).rows.map(({ key }) => key);
const away = { official: 'ru-official-1', party: 'russia' } as const;
/** As the upkeep does: to the record; the process is told. */
const note = async (room: ProcessRoom, id: CaseId, command: Command): Promise<void> => {
  const envelope = {
    id: `note:${command.type}:${id}`,
    case: id,
    actor: { system: 'upkeep' },
    command,
  } as const;
  await room.record.submit(envelope, { knownVersion: 0, route: 'upkeep' });
  await room.deliverNews();
};
/** Branches that need time to pass. */
const fast = new Set(['reminded', 'followed-reminded']);

async function main(): Promise<void> {
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(branches);
  const missing = wanted.filter((name) => !readdirSync(folder).some((file) => file.startsWith(`${name}.`)));
  const broker = await startBroker();
  process.env[brokerVariable] = broker.url;
  for (const name of missing) {
    const branch = branches[name];
    if (!branch) throw new Error(`no branch ${name}: ${Object.keys(branches).join(', ')}`);
    const room = await openProcessRoom(name, { mechanism: fast.has(name) ? 'fast' : 'doha' });
    await room.startWorker();
    const { workflowId, runIds = [undefined] } = await branch(room);
    for (const [index, runId] of runIds.entries()) {
      const history = await room.client.workflow.getHandle(workflowId, runId).fetchHistory();
      const file = join(folder, `${name}.${index + 1}.json`);
      if (existsSync(file)) throw new Error(`${file} is there already`);
      // Where it was recorded is nobody's business.
      const text = JSON.stringify(JSON.parse(historyToJSON(history))).replaceAll(hostname(), 'host');
      writeFileSync(file, `${text}\n`);
      console.log(`${file}: ${history.events?.length ?? 0} events`);
    }
    await room.close();
  }
  await broker.stop();
}

void main();
