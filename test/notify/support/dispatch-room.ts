/** A record, a post office and dispatchers between them; time passes only when a test says so. */
import { startDispatcher } from '../../../src/notify/send/dispatcher';
import type { Dispatcher } from '../../../src/notify/send/dispatcher';
import type { DispatcherParts } from '../../../src/notify/send/dispatcher-parts';
import { createMailer } from '../../../src/notify/send/mailer';
import { parseRanges } from '../../../src/notify/send/webhook-address';
import { createWebhookClient } from '../../../src/notify/send/webhook-client';
import { webhookSecretOf } from '../../../src/contracts/webhook-secret';
import type { Mechanism } from '../../../src/contracts/mechanism/mechanism';
import type { CaseId } from '../../../src/domain/model/ids';
import { openRecordRoom, sealKey } from '../../record/support/record-room';
import type { RecordRoom } from '../../record/support/record-room';
import { noteUnheardAlarms } from '../../../src/temporal/unheard-alarms';
import { quiet } from '../../workflows/support/process-room';
import { openPostOffice } from './post-office';
import type { PostOffice } from './post-office';

export const frame = {
  from: 'Homeward <homeward@mediator.example>',
  publicUrl: 'https://homeward.example',
};
export interface LetterRow {
  readonly id: string;
  readonly kind: string;
  readonly party: string;
  readonly official: string | null;
  readonly status: string;
  readonly attempts: number;
  readonly last_error_code: string | null;
  readonly send_at: string;
}
export interface DispatchRoom {
  readonly recordRoom: RecordRoom;
  readonly office: PostOffice;
  dispatcherAt(smtpUrl?: string, change?: Partial<DispatcherParts>): Dispatcher;
  /** A newer version of the mechanism; officials are known by the newest. */
  change(change: Partial<Mechanism> | ((mechanism: Mechanism) => Partial<Mechanism>)): Promise<Mechanism>;
  /** A hold by the holding side tells the mediator’s four and the requesting side’s three officials. */
  placeHold(): Promise<CaseId>;
  /** Letters about a case, by official. */
  lettersOf(id: CaseId): Promise<LetterRow[]>;
  noticesOf(id: CaseId): Promise<string[]>;
  /** As if the time until the next attempt had passed. */
  hurry(): Promise<unknown>;
  /** Forgets what earlier tests left. */
  clear(): Promise<void>;
  restDispatchers(): Promise<void>;
  close(): Promise<void>;
}

export async function openDispatchRoom(): Promise<DispatchRoom> {
  const recordRoom = await openRecordRoom();
  const running = new Set<Dispatcher>();
  let { mechanism } = recordRoom;
  let office = await openPostOffice();
  const restDispatchers = async (): Promise<void> => {
    await Promise.all([...running].map((dispatcher) => dispatcher.stop()));
    running.clear();
  };
  return {
    recordRoom,
    get office() {
      return office;
    },
    dispatcherAt(smtpUrl = office.url, change = {}) {
      const { record } = recordRoom.another();
      const dispatcher = startDispatcher({
        outbox: record.outbox,
        letters: record.letters,
        mailer: createMailer(smtpUrl),
        webhooks: createWebhookClient({ allowed: parseRanges('127.0.0.0/8'), deadlineMs: 1_000 }),
        findWebhookSecrets: async (mechanismId, party) =>
          (await record.webhookSecrets.generations(mechanismId, party, new Date().toISOString())).map(
            (generation) => webhookSecretOf(sealKey, { mechanism: mechanismId, party, generation }),
          ),
        latestMechanism: record.latestMechanism,
        findWaiting: record.findWaiting,
        findAbsences: record.absences.current,
        noteUnheard: () => noteUnheardAlarms({ record, logger: quiet }),
        frame,
        logger: quiet,
        lookEveryMs: 50,
        ...change,
      });
      running.add(dispatcher);
      return dispatcher;
    },
    async change(change) {
      const made = typeof change === 'function' ? change(mechanism) : change;
      mechanism = { ...mechanism, ...made, version: mechanism.version + 1 };
      await recordRoom.record.saveMechanism(mechanism);
      return mechanism;
    },
    async placeHold() {
      const { case: id } = await recordRoom.open();
      // What the opening told is not what these tests are about.
      await recordRoom.pool.query(`update outbox set status = 'silenced' where case_id = $1`, [id]);
      await recordRoom.act('ru-official-1', id, { type: 'placeHold', hold: 'h1', reason: 'safety' });
      await recordRoom.pool.query(
        `update outbox set status = 'silenced' where case_id = $1 and notice ->> 'kind' <> 'hold-placed'`,
        [id],
      );
      return id;
    },
    async lettersOf(id) {
      const { rows } = await recordRoom.pool.query<LetterRow>(
        `select distinct l.id, l.kind, l.party, l.official, l.status, l.attempts, l.last_error_code, l.send_at
           from letters l join letter_notices n on n.letter_id = l.id join outbox o on o.id = n.notice_id
          where o.case_id = $1 order by l.official, l.id`,
        [id],
      );
      return rows;
    },
    async noticesOf(id) {
      const { rows } = await recordRoom.pool.query<{ status: string }>(
        `select status from outbox where case_id = $1 and notice ->> 'kind' = 'hold-placed'`,
        [id],
      );
      return rows.map(({ status }) => status);
    },
    hurry: () =>
      recordRoom.pool.query(
        `update letters set next_attempt_at = clock_timestamp() where status = 'pending' and leased_until is null`,
      ),
    async clear() {
      await restDispatchers();
      await recordRoom.pool.query(
        `update outbox set status = 'silenced' where status in ('pending', 'routed')`,
      );
      await recordRoom.pool.query('delete from letter_notices');
      await recordRoom.pool.query('delete from letters');
      await office.stop();
      office = await openPostOffice();
    },
    restDispatchers,
    async close() {
      await restDispatchers();
      await office.stop();
      await recordRoom.close();
    },
  };
}
