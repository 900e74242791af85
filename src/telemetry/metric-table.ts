/**
 * Every figure Homeward tells, by the name Prometheus knows it under. Labels take values from our own code only:
 * stages, kinds, routes, codes; never an id of a case, an official or a party, of which there is no end.
 * `docs/telemetry.md` holds the same table, and a test compares them.
 */
export interface MetricRow {
  readonly kind: 'counter' | 'seconds' | 'gauge';
  readonly help: string;
  readonly labels: readonly string[];
  /** Who tells it: the API, the worker, or each of them (`process` of itself, `record` the same from both). */
  readonly from: 'api' | 'worker' | 'process' | 'record';
}

export const metricTable = {
  homeward_http_requests_total: {
    kind: 'counter',
    help: 'Requests answered',
    labels: ['route', 'status'],
    from: 'api',
  },
  homeward_http_request_seconds: { kind: 'seconds', help: 'Time to answer', labels: ['route'], from: 'api' },
  homeward_commands_total: {
    kind: 'counter',
    help: 'Commands by what became of them: recorded, repeated, or the code of the refusal',
    labels: ['type', 'outcome'],
    from: 'api',
  },
  homeward_command_seconds: {
    kind: 'seconds',
    help: 'From a command’s arrival to its answer: recorded, kept for later, refused, or failed',
    labels: ['answer'],
    from: 'api',
  },
  homeward_events_total: {
    kind: 'counter',
    help: 'Events this process wrote to the record',
    labels: ['type'],
    from: 'process',
  },
  homeward_reminders_total: {
    kind: 'counter',
    help: 'Steps of ladders taken: remind, escalate or review, of safety or not',
    labels: ['act', 'safety'],
    from: 'process',
  },
  homeward_submit_seconds: {
    kind: 'seconds',
    help: 'The record’s transaction for one command, repetitions included',
    labels: ['outcome'],
    from: 'process',
  },
  homeward_letters_total: {
    kind: 'counter',
    help: 'Tries to deliver, by what became of them: sent, failed (tried again), dead (given up) or silenced',
    labels: ['kind', 'outcome'],
    from: 'worker',
  },
  homeward_activities_total: {
    kind: 'counter',
    help: 'Activities ended, by outcome: completed or failed (and then tried again)',
    labels: ['activity', 'outcome'],
    from: 'worker',
  },
  homeward_worker_polling: {
    kind: 'gauge',
    help: '1 while this worker takes tasks',
    labels: [],
    from: 'worker',
  },
  homeward_upkeep_paused: {
    kind: 'gauge',
    help: '1 while the schedule of the upkeep is paused, -1 when it is gone',
    labels: [],
    from: 'worker',
  },
  homeward_engine_up: {
    kind: 'gauge',
    help: '1 when Temporal answered this process',
    labels: [],
    from: 'worker',
  },
  homeward_record_up: {
    kind: 'gauge',
    help: '1 when Postgres answered this process',
    labels: [],
    from: 'process',
  },
  homeward_clock_difference_seconds: {
    kind: 'gauge',
    help: 'By how much Postgres’s clock is ahead of this process’s, at its worst within five minutes; behind is negative',
    labels: ['part'],
    from: 'process',
  },
  homeward_cases_open: {
    kind: 'gauge',
    help: 'Cases not closed, by stage',
    labels: ['stage'],
    from: 'record',
  },
  homeward_groups_open: {
    kind: 'gauge',
    help: 'Groups neither completed nor called off, by state',
    labels: ['state'],
    from: 'record',
  },
  homeward_cases_stalled: {
    kind: 'gauge',
    help: 'Cases without progress for too long',
    labels: [],
    from: 'record',
  },
  homeward_obligations_owed: {
    kind: 'gauge',
    help: 'Obligations open, by the kind of the party that owes them',
    labels: ['party_kind'],
    from: 'record',
  },
  homeward_obligations_late: {
    kind: 'gauge',
    help: 'Of these, those past their due instant',
    labels: ['party_kind'],
    from: 'record',
  },
  homeward_obligations_overdue: {
    kind: 'gauge',
    help: 'Obligations past their due instant, all together',
    labels: [],
    from: 'record',
  },
  homeward_safety_overdue: {
    kind: 'gauge',
    help: 'Obligations of a child’s safety past their due instant',
    labels: [],
    from: 'record',
  },
  homeward_safety_overdue_seconds: {
    kind: 'gauge',
    help: 'How long the oldest of these is overdue; 0 when none is',
    labels: [],
    from: 'record',
  },
  homeward_outbox_pending: {
    kind: 'gauge',
    help: 'Notices of which no letter has been made yet',
    labels: [],
    from: 'record',
  },
  homeward_outbox_age_seconds: {
    kind: 'gauge',
    help: 'How long the oldest notice or letter that could go now is waiting; 0 when none is',
    labels: [],
    from: 'record',
  },
  homeward_outbox_dead: {
    kind: 'gauge',
    help: 'Notices for which there is nobody at all',
    labels: [],
    from: 'record',
  },
  homeward_letters_pending: {
    kind: 'gauge',
    help: 'Letters to be sent, now or at their hour: notices and digests by mail, messages to systems',
    labels: ['kind'],
    from: 'record',
  },
  homeward_letters_dead: { kind: 'gauge', help: 'Letters given up', labels: ['kind'], from: 'record' },
  homeward_letters_given_up: {
    kind: 'gauge',
    help: 'Letters given up within the last day',
    labels: [],
    from: 'record',
  },
  homeward_safety_letter_seconds: {
    kind: 'gauge',
    help: 'How long the oldest letter about safety is on its way, tries included; 0 when none is',
    labels: [],
    from: 'record',
  },
  homeward_alarms_undelivered: {
    kind: 'gauge',
    help: 'Letters about safety that are due and have not arrived: the first attempt failed, or nobody took them',
    labels: [],
    from: 'record',
  },
  homeward_commands_unanswered: {
    kind: 'gauge',
    help: 'Commands kept and not yet taken',
    labels: [],
    from: 'record',
  },
  homeward_news_unread: {
    kind: 'gauge',
    help: 'Commands that the processes of their cases have not read for a minute',
    labels: [],
    from: 'record',
  },
  homeward_places_free: { kind: 'gauge', help: 'Places free at hosting sites', labels: [], from: 'record' },
  homeward_processes_stuck: {
    kind: 'gauge',
    help: 'Cases whose workflow tasks fail again and again',
    labels: [],
    from: 'record',
  },
  homeward_record_doubts: {
    kind: 'gauge',
    help: 'Cases, mechanisms and absences that are not as they were recorded',
    labels: [],
    from: 'record',
  },
  homeward_processes_missing: {
    kind: 'gauge',
    help: 'Open cases that had no running workflow at the last full comparison',
    labels: [],
    from: 'record',
  },
  homeward_upkeep_age_seconds: {
    kind: 'gauge',
    help: 'Since the last whole round of each task of the upkeep',
    labels: ['task'],
    from: 'record',
  },
  homeward_event_loop_lag_seconds: {
    kind: 'gauge',
    help: 'How late this process gets to its work, since the page was last asked for',
    labels: ['rank'],
    from: 'process',
  },
  homeward_memory_bytes: {
    kind: 'gauge',
    help: 'Memory of this process: all of it, or its JavaScript heap (workflows have a thread of their own)',
    labels: ['of'],
    from: 'process',
  },
  homeward_postgres_connections: {
    kind: 'gauge',
    help: 'Connections to Postgres: open, idle, and callers that wait for one',
    labels: ['part', 'state'],
    from: 'process',
  },
} as const satisfies Record<`homeward_${string}`, MetricRow>;

export type MetricName = keyof typeof metricTable;

/** Of the many that Temporal's core tells of a worker: those an operator acts on. */
export const coreMetrics = {
  temporal_workflow_task_execution_failed:
    'Workflow tasks that failed, by reason: our code, or its determinism',
  temporal_workflow_task_execution_latency: 'Time to run one workflow task, milliseconds',
  temporal_workflow_task_schedule_to_start_latency: 'How long workflow tasks wait for a worker, milliseconds',
  temporal_workflow_task_replay_latency: 'Time to replay a case that was not in memory, milliseconds',
  temporal_workflow_failed: 'Workflows that ended by a fault; the upkeep starts them anew',
  temporal_workflow_completed: 'Workflows that ended as they should',
  temporal_workflow_continue_as_new: 'Workflows that went on in a new run',
  temporal_activity_execution_failed: 'Tries of activities that failed',
  temporal_activity_schedule_to_start_latency: 'How long activities wait for a worker, milliseconds',
  temporal_local_activity_execution_failed: 'Tries of the record’s transactions that failed',
  temporal_sticky_cache_size: 'Cases this worker keeps in memory',
  temporal_sticky_cache_hit: 'Workflow tasks whose case was in memory',
  temporal_sticky_cache_miss: 'Workflow tasks whose case had to be replayed',
  temporal_sticky_cache_total_forced_eviction: 'Cases put out of memory to make room',
  temporal_worker_task_slots_available: 'Tasks of each kind this worker could still take',
  temporal_worker_task_slots_used: 'Tasks of each kind it has in hand',
  temporal_num_pollers: 'Its open requests for tasks',
  temporal_request_failure: 'Calls to Temporal that failed',
  temporal_long_request_failure: 'Polls that failed',
} as const satisfies Record<`temporal_${string}`, string>;
