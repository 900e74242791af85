/**
 * The record, as the process reaches it. These run as local activities: short, safe to repeat, because a command
 * id is written once. Each gives back the events that the process did not know yet.
 */
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { ReturnCase } from '../../src/domain/model/case';
import type { CareCode } from '../../src/domain/facts/care';
import type { Group, GroupEnvelope, GroupId } from '../../src/domain/group/group';
import type { Stage } from '../../src/domain/model/stages';
import type { CommandEnvelope } from '../../src/domain/model/commands';
import type { CaseId, CommandId } from '../../src/domain/model/ids';
import type { MechanismRules } from '../../src/domain/model/mechanism';
import type { CatchUp, SubmitResult } from '../../src/record/store/submission';
import type { ActivityDeps } from '../deps';

export type { News, Receipt, SubmitResult } from '../../src/record/store/submission';

export interface LoadedCase {
  readonly state: ReturnCase;
  readonly rules: MechanismRules;
}
export interface LoadedGroup {
  readonly group: Group;
  readonly rules: MechanismRules;
  /** Of the list, in its order, for operators: no more of a child than a code. */
  readonly children: readonly {
    readonly case: CaseId;
    readonly stage: Stage;
    readonly care: CareCode;
    /** How many things keep it from setting out. */
    readonly blockers: number;
  }[];
}
/** How far the process knows the case. */
export interface Known {
  readonly case: CaseId;
  readonly knownVersion: number;
}

export interface RecordActivities {
  /** Null when there is no such case. */
  loadCase(id: CaseId): Promise<LoadedCase | null>;
  /** Brings an official's command to the record, which decides. */
  submitCommand(order: { envelope: CommandEnvelope; knownVersion: number }): Promise<SubmitResult>;
  /** Lets the rules do what the passing of time requires: remind, escalate, lapse, reopen. */
  observeTime(order: Known & { commandId: CommandId }): Promise<SubmitResult>;
  catchUp(known: Known): Promise<CatchUp>;
  /** Null when there is no such group. */
  loadGroup(id: GroupId): Promise<LoadedGroup | null>;
  /** Lets the rules look at the members of a group and at the clock. */
  observeGroup(order: {
    group: GroupId;
    commandId: CommandId;
    knownVersion: number;
  }): Promise<Pick<SubmitResult, 'version'>>;
  /** Writes to the audit log that messages sent by hand were not taken as commands, and why. */
  noteSetAside(note: { case: CaseId; reasons: readonly string[] }): Promise<void>;
}

export function createRecordActivities({ record, logger }: ActivityDeps): RecordActivities {
  return onlyFromOurProcesses({
    async loadCase(id) {
      return (await record.loadForProcess(id)) ?? null;
    },
    submitCommand({ envelope, knownVersion }) {
      return record.submit(envelope, { knownVersion, route: 'process' });
    },
    observeTime({ case: id, commandId, knownVersion }) {
      const envelope: CommandEnvelope = {
        id: commandId,
        case: id,
        actor: { system: 'process' },
        command: { type: 'observeTime' },
      };
      return record.submit(envelope, { knownVersion, route: 'system' });
    },
    catchUp({ case: id, knownVersion }) {
      return record.catchUp(id, knownVersion);
    },
    async loadGroup(id) {
      return (await record.loadGroupForProcess(id)) ?? null;
    },
    async observeGroup({ group, commandId, knownVersion }) {
      const envelope: GroupEnvelope = {
        id: commandId,
        case: group,
        actor: { system: 'process' },
        command: { type: 'observeGroup' },
      };
      const { version } = await record.submitToGroup(envelope, { knownVersion, route: 'system' });
      return { version };
    },
    noteSetAside({ case: id, reasons }) {
      for (const reason of reasons)
        logger.warn({ audit: 'message-set-aside', case: id, reason }, 'message set aside');
      return Promise.resolve();
    },
  });
}

/**
 * A workflow of somebody else's may schedule activities on our task queue, but only a run that our own worker carries has
 * local ones. So nobody can have news marked as read that no process of ours has read.
 */
function onlyFromOurProcesses(activities: RecordActivities): RecordActivities {
  const guarded = Object.entries(activities).map(([name, activity]) => [
    name,
    (...args: never[]) => {
      if (!Context.current().info.isLocal)
        throw ApplicationFailure.nonRetryable('Only processes of cases reach the record', 'not-your-command');
      return (activity as (...args: never[]) => unknown)(...args);
    },
  ]);
  return Object.fromEntries(guarded) as RecordActivities;
}
