/**
 * What an operator asks first: is anything wrong, and what to do next. Each check says how things stand and, where
 * they stand badly, the next command. Counts, codes and ages; nothing of a child.
 */
import { statfs } from 'node:fs/promises';
import { temporal } from '@temporalio/proto';
import { openStages } from '../../domain/model/stages';
import { differenceWorthTellingSeconds } from '../../record/postgres/clock';
import { upkeepScheduleId } from '../../temporal/upkeep-schedule';
import { childReturnType } from '../../../workflows/child-return/messages';
import type { OperatorParts } from './parts';
import { viewUrl } from './views';

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly says: string;
  /** What to do about it. */
  readonly next?: string;
  /** For scripts. */
  readonly value?: number;
}

type CheckTable = Readonly<Record<string, (parts: OperatorParts, seen: Seen) => Promise<Check> | Check>>;

/** Read once for all checks. */
export interface Seen {
  readonly systemStatus: Awaited<ReturnType<OperatorParts['record']['systemStatus']>>;
  readonly open: number;
  readonly running: number;
}

const seconds = (age: number): string =>
  age < 120
    ? `${Math.round(age)} s`
    : age < 7_200
      ? `${Math.round(age / 60)} min`
      : `${Math.round(age / 3600)} h`;

const aheadBy = (difference: number): string =>
  `${seconds(Math.abs(difference))} ${difference > 0 ? 'ahead' : 'behind'}`;

/** Three rounds of the upkeep; one may be long. */
const latestReconciliation = 180;
/** A round each minute, each with some of the cases. */
const latestSelfCheck = 3_600;
/** Mails go within seconds while the mail server answers. */
const latestNotice = 300;
const dayMs = 86_400_000;
const minFreeBytes = 1_000_000_000;

export const checks: CheckTable = {
  worker: async ({ client, taskQueue }) => {
    const { pollers } = await client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: taskQueue },
      taskQueueType: temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    });
    const count = pollers.length;
    return check(
      'worker',
      count > 0,
      `${count} polling ${taskQueue}`,
      count,
      'start a worker: npm start, or node dist/src/worker.js',
    );
  },

  schedule: async ({ client, taskQueue }) => {
    const id = upkeepScheduleId(taskQueue);
    try {
      const { state } = await client.schedule.getHandle(id).describe();
      return check(
        'schedule',
        !state.paused,
        state.paused ? `${id} is paused` : `${id} runs every minute`,
        Number(state.paused),
        `temporal schedule toggle --unpause --schedule-id ${id} --reason …`,
      );
    } catch {
      return check(
        'schedule',
        false,
        `${id} is not there`,
        1,
        'a worker puts it back within five minutes; at once: restart one',
      );
    }
  },

  reconciliation: (_parts, { systemStatus }) => {
    const age = systemStatus.rounds.find(({ task }) => task === 'reconcile')?.ageSeconds;
    if (age === undefined)
      return check('reconciliation', false, 'has never run', 0, 'homeward ops reconcile');
    return check(
      'reconciliation',
      age < latestReconciliation,
      `last whole one ${seconds(age)} ago`,
      age,
      'homeward ops reconcile',
    );
  },

  processes: (_parts, { open, running }) =>
    check(
      'processes',
      open <= running,
      `${open} open cases, ${running} running workflows`,
      Math.max(0, open - running),
      'homeward rebuild --all',
    ),

  'workflow tasks': (_parts, { systemStatus: { stuck } }) =>
    check(
      'workflow tasks',
      stuck === 0,
      stuck === 0 ? 'none fails again and again' : `${stuck} cases whose tasks fail`,
      stuck,
      'homeward ops stuck, then homeward ops retry CASE',
    ),

  'the record itself': (_parts, { systemStatus: { doubts, rounds } }) => {
    const age = rounds.find(({ task }) => task === 'check-record')?.ageSeconds;
    return check(
      'the record itself',
      doubts === 0 && age !== undefined && age < latestSelfCheck,
      doubts > 0
        ? `${doubts} cases or mechanisms are not as they were recorded; nothing departs on them`
        : age === undefined
          ? 'has never been looked at'
          : `as it was recorded; last looked at ${seconds(age)} ago`,
      doubts,
      'homeward ops doubts, then docs/operations.md, “When the record is in doubt”',
    );
  },

  'database role': (_parts, { systemStatus: { ownsTables } }) =>
    check(
      'database role',
      !ownsTables,
      ownsTables ? 'owns the tables: it could switch off what keeps them' : 'owns nothing',
      Number(ownsTables),
      'docs/operations.md, “Two roles”',
    ),

  trouble: async ({ client, taskQueue, uiUrl }) => {
    const query = `HomewardTrouble IS NOT NULL AND ExecutionStatus = 'Running' AND TaskQueue = '${taskQueue}'`;
    const { count } = await client.workflow.count(query);
    return check(
      'trouble',
      count === 0,
      `${count} cases met a fault that has not passed`,
      count,
      viewUrl(query, uiUrl),
    );
  },

  'foreign workflows': async ({ record }) => {
    const { foreign = 0, deaf = 0 } = await record.operations.countRestarts(dayMs);
    const replaced = foreign + deaf;
    return check(
      'foreign workflows',
      replaced === 0,
      replaced === 0
        ? 'none under the id of a case within a day'
        : `within a day ${foreign} under the id of a case were not ours and ${deaf} did not read their news; all were replaced`,
      replaced,
      'find who may start workflows: docs/operations.md, “Somebody else’s workflow”',
    );
  },

  commands: (_parts, { systemStatus: { commandsUnanswered, newsUnread } }) =>
    check(
      'commands',
      commandsUnanswered + newsUnread === 0,
      `${commandsUnanswered} unanswered, ${newsUnread} that processes have not read for a minute`,
      commandsUnanswered + newsUnread,
      'homeward ops reconcile',
    ),

  outbox: (_parts, { systemStatus: { outboxPending, outboxAgeSeconds, letters } }) => {
    const pending = letters.reduce((sum, kind) => sum + kind.pending, 0);
    return check(
      'outbox',
      outboxAgeSeconds < latestNotice,
      `${outboxPending} notices and ${pending} letters waiting, the oldest that could go for ${seconds(outboxAgeSeconds)}`,
      outboxAgeSeconds,
      'is the mail server reachable? docs/operations.md, “When SMTP fails”',
    );
  },

  alarms: (_parts, { systemStatus: { safetyLettersUndelivered, safetyLetterSeconds } }) =>
    check(
      'alarms',
      safetyLettersUndelivered === 0,
      safetyLettersUndelivered === 0
        ? 'every letter about safety has arrived'
        : `${safetyLettersUndelivered} letters about safety have not arrived, the oldest for ${seconds(safetyLetterSeconds)}`,
      safetyLettersUndelivered,
      'telephone the duty officer; docs/operations.md, “When an alarm does not arrive”',
    ),

  'dead letters': (_parts, { systemStatus: { outboxDead, letters } }) => {
    const dead = letters.reduce((sum, kind) => sum + kind.dead, outboxDead);
    return check('dead letters', dead === 0, `${dead} given up`, dead, 'homeward ops dead-letters');
  },

  safety: ({ uiUrl }, { systemStatus: { safetyOverdue, safetyOverdueSeconds } }) =>
    check(
      'safety',
      safetyOverdue === 0,
      safetyOverdue === 0
        ? 'nothing overdue'
        : `${safetyOverdue} overdue, the oldest for ${seconds(safetyOverdueSeconds)}`,
      safetyOverdue,
      viewUrl(`HomewardMarks = 'overdue-safety' AND ExecutionStatus = 'Running'`, uiUrl),
    ),

  clocks: async ({ record }, { systemStatus: { clockDifference } }) => {
    const now = await record.clock.measure();
    const isWrong = Math.abs(now) >= differenceWorthTellingSeconds;
    const worst = clockDifference === null ? '' : `; ${aheadBy(clockDifference.seconds)} within the last day`;
    return check(
      'clocks',
      !isWrong && clockDifference === null,
      isWrong
        ? `Postgres’s is ${aheadBy(now)} now${worst}`
        : `agree now${worst && `; Postgres’s was${worst.slice(1)}`}`,
      clockDifference?.seconds ?? now,
      'docs/operations.md, “When a clock is wrong”',
    );
  },

  disk: async ({ dataFolder, isEmbedded }) => {
    if (!isEmbedded) return check('disk', true, 'of the servers: not seen from here', 0);
    const { bavail, bsize } = await statfs(dataFolder);
    const free = bavail * bsize;
    return check(
      'disk',
      free > minFreeBytes,
      `${(free / 1e9).toFixed(1)} GB free at ${dataFolder}`,
      free,
      'free some space; docs/operations.md, “When the disk is full”',
    );
  },
};

/** Every check, one that itself fails being wrong too. */
export async function runChecks(parts: OperatorParts): Promise<Check[]> {
  const [systemStatus, running] = await Promise.all([parts.record.systemStatus(), countRunning(parts)]);
  const open = openStages.reduce((sum, stage) => sum + (systemStatus.casesByStage[stage] ?? 0), 0);
  const seen = { systemStatus, open, running };
  return Promise.all(
    Object.entries(checks).map(async ([name, run]) => {
      try {
        return await run(parts, seen);
      } catch (error) {
        return check(
          name,
          false,
          `could not be looked at: ${error instanceof Error ? error.name : 'fault'}`,
          0,
        );
      }
    }),
  );
}

const countRunning = async ({ client, taskQueue }: OperatorParts): Promise<number> =>
  (
    await client.workflow.count(
      `TaskQueue = '${taskQueue}' AND WorkflowType = '${childReturnType}' AND ExecutionStatus = 'Running'`,
    )
  ).count;

const check = (name: string, ok: boolean, says: string, value: number, next?: string): Check => ({
  name,
  ok,
  says,
  value,
  ...(ok || next === undefined ? {} : { next }),
});
