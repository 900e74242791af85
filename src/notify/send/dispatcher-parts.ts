import type { Logger } from 'pino';
import type { Mechanism } from '../../contracts/mechanism/mechanism';
import type { WaitingReader, Waiting } from '../../contracts/waiting';
import type { PartyId } from '../../domain/model/ids';
import type { Outbox, Letters } from './letters-port';
import type { MailFrame } from '../compose/mail-content';
import type { Mailer } from './mailer';
import type { FindAbsences } from '../routing/route-notices';
import type { WebhookClient } from './webhook-client';

/** What the dispatcher is put together from. */
export interface DispatcherParts {
  readonly outbox: Outbox;
  readonly letters: Letters;
  readonly mailer: Mailer;
  readonly webhooks: WebhookClient;
  /** Those that count now, the newest first. */
  readonly findWebhookSecrets: (mechanism: string, party: PartyId) => Promise<readonly string[]>;
  /** The newest version: people are no rules. */
  readonly latestMechanism: (id: string) => Promise<{ mechanism: Mechanism } | undefined>;
  /** What waits for a digest's reader. */
  readonly findWaiting: (reader: WaitingReader, limit: number) => Promise<Waiting>;
  /** Absences that run or are still to come. */
  readonly findAbsences: FindAbsences;
  /** Tells cases which alarms have not reached somebody; absent where somebody else does. */
  readonly noteUnheard?: () => Promise<unknown>;
  readonly frame: MailFrame;
  readonly logger: Logger;
  /** Between two looks at what is due. */
  readonly lookEveryMs?: number;
}
