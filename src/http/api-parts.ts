/** What the API is put together from; `api.ts` and `main.ts` give it, routes use it. */
import type { Logger } from 'pino';
import type { LocalIssuer } from '../auth/local-issuer';
import type { FindOfficial } from '../auth/official-directory';
import type { TokenVerifier } from '../auth/token-verifier';
import type { WriteCalendar } from '../contracts/calendar-feed';
import type { Mechanism } from '../contracts/mechanism/mechanism';
import type { Binding } from '../contracts/mechanism/subjects';
import type { CaseRecord } from '../record/record';
import type { TrustProxy } from '../contracts/trust-proxy';
import type { News } from '../record/store/submission';
import type { Traces } from '../telemetry/traces';
import type { IssuerClient } from './session/issuer-sign-in';
import type { InboxStream } from './stream/inbox-stream';
import type { Metrics } from './middleware/metrics';
import type { RateLimits } from './middleware/rate-limit';

/** The processes of cases, as far as the API knows them: it tells them what the record has taken, and asks nothing. */
export interface ProcessNotifier {
  /** Returns at once and never fails: what does not arrive now is delivered later by the worker. */
  notify(news: News, isOpen: boolean): void;
  /** Whether Temporal answers. */
  isReachable(): Promise<boolean>;
}

export interface ApiParts {
  readonly record: CaseRecord;
  readonly notifier: ProcessNotifier;
  readonly inboxStream: InboxStream;
  /** The newest version of the mechanism this API serves. */
  readonly getMechanism: () => Promise<Mechanism>;
  readonly verifyToken: TokenVerifier;
  readonly bindOfficial: (claims: Readonly<Record<string, unknown>>) => Promise<Binding>;
  readonly findOfficial: FindOfficial;
  /** Where officials sign in. */
  readonly issuer: {
    readonly url: string;
    readonly audience: string;
    /** What the console is at an issuer elsewhere; absent: browsers can't sign in there. */
    readonly client?: Omit<IssuerClient, 'url'>;
  };
  /** Present when this process is the issuer itself. */
  readonly localIssuer?: LocalIssuer;
  /** Makes the API's commands worth anything to the record; never leaves this process. */
  readonly sealKey: string;
  readonly sealHours: number;
  readonly publicUrl: string;
  readonly metrics: Metrics;
  /** Absent unless traces are on. */
  readonly traces?: Traces;
  readonly log: Logger;
  readonly rateLimits: RateLimits;
  /** How many proxies, or which, are believed about a caller's address; absent: none. */
  readonly trustProxy?: TrustProxy;
  readonly writeCalendar: WriteCalendar;
  /** Where the built console lies; `dist/console` unless given. */
  readonly consoleFolder?: string;
}
