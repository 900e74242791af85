/** The record, put together: the only door to Postgres that the rest of Homeward has. */
import type { Pool } from 'pg';
import type { CaseEvent, RecordedEvent } from '../domain/events';
import type { CommandEnvelope } from '../domain/commands';
import type { CaseId } from '../domain/ids';
import type { MechanismRules } from '../domain/mechanism';
import type { ReturnCase } from '../domain/case';
import { createAbsences } from './absences';
import { createAddressFaults } from './address-faults';
import { createBoard } from './board';
import { createCalendarFeeds } from './calendar-feeds';
import { createChanges } from './changes';
import { createCaseCache } from './case-cache';
import { createClockWatch } from './clock';
import { readCase } from './case-reader';
import { createComingOfAge } from './coming-of-age';
import { createCommands } from './commands';
import { queryable } from './database';
import { createDeadLetters } from './dead-letters';
import { createDigestContents } from './digest-contents';
import { createDossiers } from './dossiers';
import { createFigures } from './figures';
import { createInbox } from './inbox';
import { createLetters } from './letters';
import { createMechanisms } from './mechanisms';
import { createNotes } from './notes';
import { createNudges } from './nudges';
import { openCase } from './open-case';
import { createOperations } from './operations';
import type { Opening } from './open-case';
import { createOutbox } from './outbox';
import { createStanding } from './standing';
import { rebuildProjections } from './rebuild';
import { submit } from './submit';
import { createSubstitutions } from './substitutions';
import type { Door } from './submit';
import type { CatchUp, SubmitOptions } from './submission';
import { createTimeline } from './timeline';
import { again, one, repeating } from './transaction';
import { createWebhookSecrets } from './webhook-secrets';

export interface RegisterParts {
  /** From `createPool`; whoever made it ends it. */
  readonly pool: Pool;
  /** The key of the edge's seals. */
  readonly sealKey: string;
  /** Told, at most once a minute, when Postgres's clock and this process's differ by seconds. */
  readonly onClockDifference?: (seconds: number) => void;
}
export type Register = ReturnType<typeof createRegister>;

export function createRegister({ pool, sealKey, onClockDifference }: RegisterParts) {
  const cache = createCaseCache();
  const mechanisms = createMechanisms(pool);
  const db = queryable(pool);
  const door: Door = { pool, cache, mechanisms, sealKey };
  const dossiers = createDossiers(pool);
  const notes = createNotes(pool);
  const commands = createCommands(pool);
  const nudges = createNudges(pool);
  const clock = createClockWatch(pool, onClockDifference);

  return {
    openCase: (opening: Opening) => openCase(door, opening),
    submit: (envelope: CommandEnvelope, options: SubmitOptions) => submit(door, envelope, options),

    /** The case as it stands, or undefined when there is none. */
    load: (id: CaseId): Promise<{ state: ReturnCase; rules: MechanismRules } | undefined> =>
      repeating(pool, async (client) => {
        const { state, head } = await readCase(client, cache, id, Number.MAX_SAFE_INTEGER);
        if (!state || !head) return undefined;
        cache.keep(id, { state, head });
        return { state, rules: await mechanisms.rulesOn(client, state.mechanism) };
      }),

    /** What happened after a version; version 0 when there is no such case. */
    catchUp: (id: CaseId, knownVersion: number): Promise<CatchUp> =>
      repeating(pool, async (client) => {
        const { state, events } = await readCase(client, cache, id, knownVersion);
        const moved = knownVersion === 0 || events.some(changesRules);
        return {
          version: state?.version ?? 0,
          events,
          ...(state && moved ? { rules: await mechanisms.rulesOn(client, state.mechanism) } : {}),
        };
      }),

    acceptCommand: commands.accept,
    findCommand: commands.find,
    listUndelivered: commands.undelivered,

    depositNotes: notes.deposit,
    findNotes: notes.find,
    stageDossier: dossiers.stage,
    findDossier: dossiers.find,
    forgetStagedDossiers: dossiers.forgetStaged,

    saveMechanism: mechanisms.save,
    findMechanism: mechanisms.find,
    latestMechanism: mechanisms.latest,

    board: safely(createBoard(db)),
    inbox: createInbox(pool, clock),
    changes: createChanges(pool, clock),
    timeline: safely(createTimeline(db)),
    figures: createFigures(pool, clock),
    standing: createStanding(pool),
    clock,

    outbox: createOutbox(pool, mechanisms),
    letters: createLetters(pool, clock),
    deadLetters: createDeadLetters(pool),
    addressFaults: createAddressFaults(pool),
    findWaiting: createDigestContents(pool),
    operations: createOperations(pool),
    absences: createAbsences(pool, mechanisms),
    substitutions: createSubstitutions(pool, mechanisms),
    calendarFeeds: createCalendarFeeds(pool),
    webhookSecrets: createWebhookSecrets(pool),
    listNudges: nudges.list,
    clearNudge: nudges.clear,
    listOpenCases: nudges.openCases,
    listComingOfAge: createComingOfAge(pool).due,

    rebuildProjections: () => rebuildProjections(pool, mechanisms),
    /** Throws a `RegisterError` unless Postgres answers. For readiness. */
    ping: (): Promise<void> =>
      repeating(pool, async (client) => {
        await one(client, { text: 'select 1' });
      }),
  };
}

const safely =
  <Args extends unknown[], Result>(read: (...args: Args) => Promise<Result>) =>
  (...args: Args): Promise<Result> =>
    again(() => read(...args));

const changesRules = ({ event }: RecordedEvent): boolean =>
  (['CaseOpened', 'MechanismMoved'] as CaseEvent['type'][]).includes(event.type);
