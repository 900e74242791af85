/**
 * Makes letters of notices and sends them: mail to officials, messages to parties' systems. At least once: what was
 * sent is marked at once, and its id lets a receiver drop the rare repeat. Each lane goes its own way, so that
 * neither a dead mail server nor a hanging system holds up the others; alarms have a lane for themselves.
 */
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { lanes } from '../contracts/letters';
import type { Lane } from '../contracts/letters';
import type { Mechanism } from '../contracts/mechanism';
import type { Waiting, WaitingReader } from '../contracts/waiting';
import { createLane } from './lane';
import type { LaneRun } from './lane';
import type { Letters, Outbox } from './letters-port';
import type { MailFrame } from './mail-content';
import { mailConnections, slowestDeliveryMs } from './mailer';
import type { Mailer } from './mailer';
import { planRouting } from './route-notices';
import type { FindAbsences } from './route-notices';
import { sendMail } from './send-mail';

export interface DispatcherParts {
  readonly outbox: Outbox;
  readonly letters: Letters;
  readonly mailer: Mailer;
  /** The newest version: people are no rules. */
  readonly latestMechanism: (id: string) => Promise<{ mechanism: Mechanism } | undefined>;
  /** What waits for a digest's reader. */
  readonly findWaiting: (reader: WaitingReader, limit: number) => Promise<Waiting>;
  /** Absences that run or are still to come. */
  readonly findAbsences: FindAbsences;
  readonly frame: MailFrame;
  readonly logger: Logger;
  /** Between two looks at what is due. */
  readonly lookEveryMs?: number;
}
export interface Dispatcher {
  /** Handles all that is due and gives the number of letters. Safe beside the loop and other dispatchers. */
  dispatchDue(): Promise<number>;
  /** Finishes what it has in hand, then rests. */
  stop(): Promise<void>;
}

/** Notices made into letters at a time: few enough not to hold their rows for long. */
const routedAtOnce = 500;
/** While Postgres is away. */
const longestLookMs = 60_000;
/** A letter in the hands of a worker that died waits this long; long enough for one that dawdles. */
const leaseMs = 2 * slowestDeliveryMs;

export function startDispatcher(parts: DispatcherParts): Dispatcher {
  const { outbox, letters, logger, lookEveryMs = 1_000 } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = new Set<Promise<unknown>>();
  const runs = lanesOf(parts, signal);

  async function route(): Promise<void> {
    let routed = 0;
    do {
      if (signal.aborted) return;
      const done = await outbox.route(routedAtOnce, planRouting(parts.findAbsences));
      routed = done.routed;
      for (const { id, notice } of done.nobody)
        logger.error({ notice: id, party: notice.party }, 'nobody to write to');
    } while (routed === routedAtOnce);
  }

  /** A lane that is under way already finds what is new by itself. */
  const busy = new Set<Lane>();
  function start(lane: Lane): void {
    if (busy.has(lane)) return;
    busy.add(lane);
    const run = runs[lane].drain().then(
      () => undefined,
      (error: unknown) => {
        logger.error({ lane, fault: messageOf(error) }, 'letters can’t be taken or marked; trying again');
      },
    );
    const tracked = run.finally(() => {
      busy.delete(lane);
      running.delete(tracked);
    });
    running.add(tracked);
  }

  async function look(): Promise<void> {
    const due = await letters.look();
    if (due.notices) await route();
    const next = due.notices ? await letters.look() : due;
    for (const lane of lanes) if (next[lane]) start(lane);
  }

  async function loop(): Promise<void> {
    let faults = 0;
    while (!signal.aborted) {
      try {
        await look();
        faults = 0;
      } catch (error) {
        // Postgres is away: said once, not every second.
        if (faults === 0) logger.error({ fault: messageOf(error) }, 'the outbox can’t be read; trying again');
        faults += 1;
      }
      const wait = Math.min(lookEveryMs * 2 ** Math.min(faults, 6), longestLookMs);
      await setTimeout(wait, undefined, { signal }).catch(() => undefined);
    }
  }

  const looping = loop();
  return {
    async dispatchDue() {
      await route();
      const handled = await Promise.all(lanes.map((lane) => runs[lane].drain()));
      return handled.reduce((sum, each) => sum + each, 0);
    },
    async stop() {
      stopping.abort();
      await looping;
      await Promise.all(running);
      parts.mailer.close();
    },
  };
}

function lanesOf(parts: DispatcherParts, signal: AbortSignal): Record<Lane, LaneRun> {
  const mail = (lane: 'alarm' | 'mail'): LaneRun =>
    createLane({
      width: mailConnections,
      claim: (limit) => parts.letters.claim(lane, limit, leaseMs),
      send: (letter) => sendMail(parts, letter),
      signal,
    });
  return {
    alarm: mail('alarm'),
    mail: mail('mail'),
    webhook: createLane({
      width: 0,
      claim: () => Promise.resolve([]),
      send: () => Promise.resolve({ isBlocked: false }),
      signal,
    }),
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');
