/**
 * Makes letters of notices and sends them: mail to officials, messages to parties' systems. At least once: what was
 * sent is marked at once, and its id lets a receiver drop the rare repeat. Each way has a lane of its own, so that
 * neither a dead mail server nor a hanging system holds up the others; alarms have one for themselves, and what a minute
 * decides another.
 */
import { setTimeout } from 'node:timers/promises';
import type { MailLane, System } from '../../contracts/letters';
import { createLane } from './lane';
import type { Lane } from './lane';
import { mailConnections, maxDeliveryMs } from './mailer';
import { planRouting } from '../routing/route-notices';
import { sendMail } from './send-mail';
import { sendWebhook } from './send-webhook';
import type { DispatcherParts } from './dispatcher-parts';

export interface Dispatcher {
  /** Handles all that is due and gives the number of letters. Safe beside the loop and other dispatchers. */
  dispatchDue(): Promise<number>;
  /** Finishes what it has in hand, then rests. */
  stop(): Promise<void>;
}

/** Notices made into letters at a time: few enough not to hold their rows for long. */
const routedAtOnce = 500;
/** While Postgres is away. */
const maxLookMs = 60_000;
/** A letter in the hands of a worker that died waits this long; long enough for one that dawdles. */
const leaseMs = 2 * maxDeliveryMs;
/** Messages to one system at a time. */
const messagesAtOnce = 2;

export function startDispatcher(parts: DispatcherParts): Dispatcher {
  const { letters, logger, lookEveryMs = 1_000 } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  const lanes = openLanes(parts, signal);
  const running = new Map<Lane, Promise<void>>();

  /** One after the other: whoever looks second finds what the first has routed. */
  let looking: Promise<unknown> = Promise.resolve();
  const look = (): Promise<Lane[]> => {
    const mine = looking.then(lookNow, lookNow);
    looking = mine;
    return mine;
  };
  /** Routes what is there, and gives the lanes in which something is due. */
  async function lookNow(): Promise<Lane[]> {
    let due = await letters.look();
    if (due.unheard) {
      await noteUnheard();
      // Those told in their place are written to now, not at the next look.
      due = await letters.look();
    }
    if (due.notices) {
      await routeWhatIsThere();
      due = await letters.look();
    }
    return [
      ...(due.first ? [lanes.first] : []),
      ...(due.alarm ? [lanes.alarm] : []),
      ...(due.mail ? [lanes.mail] : []),
      ...due.webhook.map((system) => lanes.to(system)),
    ];
  }

  /** A fault in one case keeps no letter from going. */
  async function noteUnheard(): Promise<void> {
    try {
      await parts.noteUnheard?.();
    } catch (error) {
      logger.error({ err: error }, 'cases can’t be told of alarms that have not arrived; trying again');
    }
  }

  /** A backlog holds up no alarm, and a fault in one notice no letter that is there. */
  async function routeWhatIsThere(): Promise<void> {
    try {
      await routeAll(parts, signal, () => {
        start(lanes.first);
        start(lanes.alarm);
      });
    } catch (error) {
      logger.error({ err: error }, 'notices can’t be made into letters; trying again');
    }
  }

  /** One that is under way finds what is new by itself. */
  function start(lane: Lane): void {
    if (running.has(lane)) return;
    const run = lane
      .drain()
      .then(
        () => undefined,
        (error: unknown) => {
          logger.error({ err: error }, 'letters can’t be taken or marked; trying again');
        },
      )
      .finally(() => running.delete(lane));
    running.set(lane, run);
  }

  async function loop(): Promise<void> {
    let faults = 0;
    while (!signal.aborted) {
      try {
        for (const lane of await look()) start(lane);
        faults = 0;
      } catch (error) {
        // Postgres is away: said once, not every second.
        if (faults === 0) logger.error({ err: error }, 'the outbox can’t be read; trying again');
        faults += 1;
      }
      const wait = Math.min(lookEveryMs * 2 ** Math.min(faults, 6), maxLookMs);
      await setTimeout(wait, undefined, { signal }).catch(() => undefined);
    }
  }

  const looping = loop();
  return {
    async dispatchDue() {
      const due = await look();
      const handled = await Promise.all(due.map((lane) => lane.drain()));
      // What the loop has in hand was due as well.
      await Promise.all(running.values());
      return handled.reduce((sum, each) => sum + each, 0);
    },
    async stop() {
      stopping.abort();
      await looping;
      await Promise.all(running.values());
      parts.mailer.close();
    },
  };
}

/** `onMore`: a batch is done and another follows. */
async function routeAll(
  { outbox, findAbsences, logger }: DispatcherParts,
  signal: AbortSignal,
  onMore: () => void,
): Promise<void> {
  let routed = routedAtOnce;
  while (routed === routedAtOnce && !signal.aborted) {
    const done = await outbox.route(routedAtOnce, planRouting(findAbsences));
    routed = done.routed;
    for (const { id, notice } of done.nobody)
      logger.error({ notice: id, party: notice.party }, 'nobody to write to');
    if (routed === routedAtOnce) onMore();
  }
}

function openLanes(parts: DispatcherParts, signal: AbortSignal) {
  const mail = (lane: MailLane): Lane =>
    createLane({
      width: mailConnections,
      claim: (limit) => parts.letters.claim(lane, limit, leaseMs),
      send: (letter) => sendMail(parts, letter),
      signal,
    });
  const systems = new Map<string, Lane>();
  return {
    first: mail('first'),
    alarm: mail('alarm'),
    mail: mail('mail'),
    to(system: System): Lane {
      const key = `${system.mechanism} ${system.party}`;
      const lane =
        systems.get(key) ??
        createLane({
          width: messagesAtOnce,
          claim: (limit) => parts.letters.claim('webhook', limit, leaseMs, system),
          send: (letter) => sendWebhook(parts, letter),
          signal,
        });
      systems.set(key, lane);
      return lane;
    },
  };
}
