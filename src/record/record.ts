/** The record, put together: the only door to Postgres that the rest of Homeward has. */
import { createWriteProbe } from './postgres/write-probe';
import type { Pool } from 'pg';
import type { SealKeys } from '../contracts/seal';
import type { RecordedEvent } from '../domain/model/events';
import { isUrgent } from '../domain/model/commands';
import type { CommandEnvelope } from '../domain/model/commands';
import type { CaseId } from '../domain/model/ids';
import type { MechanismRules } from '../domain/model/mechanism';
import type { ReturnCase } from '../domain/model/case';
import type { Group, GroupEnvelope, GroupEvent, GroupId } from '../domain/group/group';
import { orderOf } from '../domain/group/orders';
import { submitToGroup } from './commands/group-stream';
import { createGroups } from './reads/groups';
import { createAbsences } from './people/absences';
import { createAddressFaults } from './letters/address-faults';
import { createUnheardAlarms } from './letters/unheard-alarms';
import { createBoard, createBoardCounts } from './reads/board';
import { createCalendarFeeds } from './reads/calendar-feeds';
import { createDuressWords } from './store/duress-words';
import { createChanges } from './reads/changes';
import { createStreamCache } from './store/case-cache';
import { createClockWatch } from './postgres/clock';
import { readCase, recordedOf } from './store/case-reader';
import type { EventRow } from './store/case-reader';
import { createClosings } from './upkeep/closings';
import { createComingOfAge } from './upkeep/coming-of-age';
import { createCommands } from './commands/commands';
import { queryable } from './postgres/database';
import { createDeadLetters } from './letters/dead-letters';
import { createDigestContents } from './reads/digest-contents';
import { createDossiers } from './store/dossiers';
import { createFigures } from './reads/figures';
import { createInbox } from './reads/inbox';
import { createLetters } from './letters/letters';
import { createLinks } from './commands/links';
import { readEngagements, underWayFor } from './store/engagements';
import { changesRules, createMechanisms } from './store/mechanisms';
import { createNotes } from './store/notes';
import { createNews, dropNews } from './upkeep/news';
import { createLikelyDuplicates } from './upkeep/likely-duplicates';
import { openCase } from './commands/open-case';
import { createOpenCases } from './store/open-cases';
import { createOperations } from './upkeep/operations';
import { createOneEnded } from './commands/other-ends';
import type { Opening, OpenResult } from './commands/open-case';
import { createOutbox } from './letters/outbox';
import { createPlanLetters } from './letters/plan-letters';
import { createSites } from './reads/sites';
import { createSelfCheck } from './commands/self-check';
import { createSessions } from './people/sessions';
import { createSystemStatus } from './reads/system-status';
import { rebuildProjections } from './projections/rebuild';
import { submit } from './commands/case-stream';
import { createSubstitutions } from './people/substitutions';
import { createTallies } from './projections/tallies';
import type { SubmitParts } from './commands/submit';
import type { CatchUp, SubmitOptions, SubmitResult, Submitted } from './store/submission';
import { createCasePast, createTimeline } from './reads/timeline';
import { retry, query, retrying } from './postgres/transaction';
import type { Statement } from './postgres/transaction';
import { createPreview } from './commands/preview';
import { createWaits } from './reads/waits';
import { createWebhookSecrets } from './letters/webhook-secrets';

export interface RecordParts {
  /** From `createPool`; whoever made it ends it. */
  readonly pool: Pool;
  /** For what must not wait behind other work: who asks, and commands that stop a child. `pool` unless given. */
  readonly urgentPool?: Pool;
  /** The key of the edge's seals, and of what vouches for the record. */
  readonly sealKey: string;
  /** Keys before it whose seals are still believed. */
  readonly oldSealKeys?: readonly string[];
  /** Without the key, as operators are: it reads everything and can vouch for nothing. */
  readonly isReader?: boolean;
  /** Told, at most once a minute, when Postgres's clock and this process's differ by seconds. */
  readonly onClockDifference?: (seconds: number) => void;
}
export type CaseRecord = ReturnType<typeof createRecord>;

export function createRecord({
  pool,
  urgentPool = pool,
  sealKey,
  oldSealKeys = [],
  isReader = false,
  onClockDifference,
}: RecordParts) {
  const cache = createStreamCache<ReturnCase>();
  const sealKeys: SealKeys = [sealKey, ...oldSealKeys];
  const mechanisms = createMechanisms(urgentPool, isReader ? undefined : sealKeys);
  const absences = createAbsences(urgentPool, mechanisms, isReader ? undefined : sealKeys);
  const db = queryable(pool);
  const groups = createStreamCache<Group>();
  const door: SubmitParts = { pool, cache, groups, mechanisms, sealKeys };
  const urgentDoor: SubmitParts = { ...door, pool: urgentPool };
  const dossiers = createDossiers(pool);
  const notes = createNotes(pool);
  const commands = createCommands(pool);
  const openCases = createOpenCases(pool);
  const load = (
    id: CaseId,
    before: readonly Statement[],
  ): Promise<{ state: ReturnCase; rules: MechanismRules } | undefined> =>
    retrying(pool, async (client) => {
      const { state, head } = await readCase(client, cache, id, Number.MAX_SAFE_INTEGER, before);
      if (!state || !head) return undefined;
      cache.keep(id, { state, head });
      return { state, rules: await mechanisms.rulesOfStream(client, state) };
    });
  const waits = createWaits(db);
  const groupReads = createGroups(pool, { cache, groups, mechanisms });
  const sites = createSites(db);
  const clock = createClockWatch(pool, onClockDifference);
  const likelyDuplicates = createLikelyDuplicates(pool, mechanisms, clock);
  /** What is recorded is answered, whatever becomes of the look: the upkeep does what is left. */
  const lookSoon = async (id: CaseId): Promise<void> => {
    await likelyDuplicates.look(id).catch(() => undefined);
  };

  return {
    openCase: async (opening: Opening): Promise<OpenResult> => {
      const result = await openCase(door, opening);
      if (result.outcome === 'recorded') await lookSoon(result.case);
      return result;
    },
    /** For the process, which keeps what comes back in its history. */
    submit: async (envelope: CommandEnvelope, options: SubmitOptions): Promise<SubmitResult> => {
      const { found: _found, news: _news, ...result } = await submit(door, envelope, options);
      return result;
    },
    /** For the edge: an official's command, with the case as the transaction left it. */
    take: async (
      envelope: CommandEnvelope,
      options: Pick<SubmitOptions, 'asker' | 'notes'>,
    ): Promise<Submitted> => {
      const taken = { ...options, knownVersion: Number.MAX_SAFE_INTEGER, route: 'edge' } as const;
      const result = await submit(isUrgent(envelope.command) ? urgentDoor : door, envelope, taken);
      if (envelope.command.type === 'reviseDossier' && result.outcome === 'recorded')
        await lookSoon(envelope.case);
      return result;
    },

    /** The same of a group: for its process, and for the edge. */
    submitToGroup: async (
      envelope: GroupEnvelope,
      options: SubmitOptions,
    ): Promise<SubmitResult<GroupEvent>> => {
      const {
        found: _found,
        news: _news,
        others: _others,
        ...result
      } = await submitToGroup(door, envelope, options);
      return result;
    },
    takeGroup: (
      envelope: GroupEnvelope,
      options: Pick<SubmitOptions, 'asker' | 'notes'>,
    ): Promise<Submitted<Group, GroupEvent>> =>
      submitToGroup(isUrgent(orderOf(envelope.command) ?? envelope.command) ? urgentDoor : door, envelope, {
        ...{ ...options, knownVersion: Number.MAX_SAFE_INTEGER, route: 'edge' },
      }),
    groups: groupReads,
    /** For the group's process: its news are read with it. */
    loadGroupForProcess: (id: GroupId) => groupReads.loadForProcess(id, [dropNews(id)]),

    /** What a command would lead to; nothing is written. */
    preview: createPreview(pool, { cache, mechanisms, clock }),

    /** The case as it stands, or undefined when there is none. */
    load: (id: CaseId) => load(id, []),
    /** The same for the case's process: its news are read with it. */
    loadForProcess: (id: CaseId) => load(id, [dropNews(id)]),

    /** For the case's process, whose news are read with it: what happened after a version; 0 when there is no such case. */
    catchUp: (id: CaseId, knownVersion: number): Promise<CatchUp> =>
      retrying(pool, async (client) => {
        const { state, events } = await readCase(client, cache, id, knownVersion, [dropNews(id)]);
        const moved = knownVersion === 0 || events.some(({ event }) => changesRules(event));
        return {
          version: state?.version ?? 0,
          events,
          ...(state && moved ? { rules: await mechanisms.rulesOfStream(client, state) } : {}),
        };
      }),

    /** Up to a version, oldest first. */
    listEvents: (id: CaseId, upTo: number): Promise<RecordedEvent[]> =>
      retrying(pool, async (client) => {
        const { rows } = await query<EventRow & Record<string, unknown>>(client, {
          name: 'events-up-to',
          text: `select case_id, version, at, event, actor, command_id from events
                  where case_id = $1 and version <= $2 order by version`,
          values: [id, upTo],
        });
        return rows.map(recordedOf);
      }),
    links: createLinks(pool, cache, mechanisms),
    /** What the child's departure would meet now; the departure itself looks again. */
    underWayAtDeparture: (state: ReturnCase, rules: MechanismRules, family: readonly CaseId[]) =>
      retrying(pool, (client) =>
        underWayFor(client, { state, rules, family, command: { type: 'depart' } }, readEngagements),
      ),
    /** Links of before both ends were written. */
    listOneEnded: createOneEnded(pool).list,

    findCommand: commands.find,
    listUnanswered: commands.unanswered,
    /** What an earlier release accepted is decided as if it came now, and ends as recorded or refused. */
    answerPromised: async (envelope: CommandEnvelope): Promise<void> => {
      await submit(door, envelope, { knownVersion: 0, route: 'edge', isPromised: true });
    },
    refusePromised: commands.refusePromised,
    news: createNews(pool),

    depositNotes: notes.deposit,
    findNotes: notes.find,
    stageDossier: dossiers.stage,
    findDossier: dossiers.find,
    newestDossiers: dossiers.newestOf,
    findStagedDossier: dossiers.findStaged,
    forgetStagedDossiers: dossiers.forgetStaged,

    saveMechanism: mechanisms.save,
    findMechanism: mechanisms.find,
    latestMechanism: mechanisms.latest,

    board: safely(createBoard(db)),
    boardCounts: safely(createBoardCounts(db)),
    waitsOfCases: safely(waits.ofCases),
    waitsOfParties: safely(waits.ofParties),
    sites: {
      standing: safely(sites.standing),
      freed: safely(sites.freed),
      nights: safely(sites.nights),
    },
    inbox: createInbox(pool, clock),
    changes: createChanges(pool, clock),
    timeline: safely(createTimeline(db)),
    pastOf: safely(createCasePast(db)),
    figures: createFigures(pool, clock),
    systemStatus: createSystemStatus(pool),
    addUpTallies: createTallies(pool).addUp,
    clock,

    outbox: createOutbox(pool, mechanisms),
    letters: createLetters(pool, clock),
    deadLetters: createDeadLetters(pool),
    findPlanLetter: createPlanLetters(pool),
    addressFaults: createAddressFaults(pool),
    unheardAlarms: createUnheardAlarms(pool),
    findWaiting: createDigestContents(pool),
    operations: createOperations(pool),
    absences,
    selfCheck: createSelfCheck(pool, mechanisms, absences, sealKeys),
    substitutions: createSubstitutions(pool, mechanisms),
    calendarFeeds: createCalendarFeeds(pool),
    duressWords: createDuressWords(urgentPool, sealKeys),
    sessions: createSessions(urgentPool),
    webhookSecrets: createWebhookSecrets(pool),
    listOpenCases: openCases.list,
    listUnalarmed: openCases.listUnalarmed,
    countOpenCases: openCases.count,
    findOpen: openCases.find,
    listComingOfAge: createComingOfAge(pool, cache, mechanisms).due,
    /** Those who have not heard of them yet; each once. */
    listClosings: createClosings(pool, mechanisms).listToNote,
    likelyDuplicates: { of: likelyDuplicates.of, lookAtRest: likelyDuplicates.lookAtRest },

    rebuildProjections: () => rebuildProjections(pool, mechanisms),
    /** Throws a `RecordError` unless Postgres answers and can write. For readiness. */
    ping: createWriteProbe(pool),
  };
}

const safely =
  <Args extends unknown[], Result>(read: (...args: Args) => Promise<Result>) =>
  (...args: Args): Promise<Result> =>
    retry(() => read(...args));
