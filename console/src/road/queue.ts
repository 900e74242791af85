/** Commands in the order they were given, sent when there is a connection: each under its own key, so none counts twice. */
import { isGroupId } from '#domain/group/group';
import { http, isProblem } from '../api/client';
import type { SentCommand } from '../commands/read-command';
import { now } from '../parts/clock';
import { find, keep } from './sealed-store';

export interface Waiting {
  readonly key: string;
  /** Who gave it. Whoever signs in here later sends nothing of theirs. */
  readonly by: string;
  /** Or a group: what it speaks of is for every child of it who is with them. */
  readonly case: string;
  readonly command: SentCommand;
  /** When it was given. */
  readonly at: string;
  /** Code of the refusal: it is shown, and not sent again. */
  readonly refused?: string;
}
const place = 'road-queue';
const all = async (): Promise<readonly Waiting[]> => ((await find(place)) as Waiting[] | undefined) ?? [];
export const waiting = async (by: string): Promise<readonly Waiting[]> =>
  (await all()).filter((item) => item.by === by);
export const isAnythingWaiting = async (): Promise<boolean> => (await all()).length > 0;

/** One at a time, or two that were read together would overwrite one another. */
let last: Promise<unknown> = Promise.resolve();
const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
  const next = last.then(work, work);
  last = next;
  return next;
};

const atOnceMs = 60_000;
/** Commands of the road say when they happened; the record counts from then. */
const takesInstant = (type: string, at: string): boolean =>
  // Of a dose no time ahead is taken, and clocks differ: one that is sent at once is of now.
  (type === 'recordDose' && now() - Date.parse(at) > atOnceMs) ||
  [
    ...['takeIntoCare', 'checkIn', 'completeLeg', 'arrive', 'reportIncident'],
    ...['pauseJourney', 'divert', 'reachSafePoint'],
  ].includes(type);

export const give = (by: string, cases: readonly string[], command: SentCommand): Promise<void> =>
  inTurn(async () => {
    const at = new Date(now()).toISOString();
    const given = cases.map((id): Waiting => ({ key: crypto.randomUUID(), by, case: id, command, at }));
    await keep(place, [...(await all()), ...given]);
  });
export const dismiss = (key: string): Promise<void> =>
  inTurn(async () =>
    keep(
      place,
      (await all()).filter((item) => item.key !== key),
    ),
  );

/** What says nothing about the command itself: it stays and is sent again. */
const isPassing = (status: number): boolean =>
  status === 0 || status === 401 || status === 429 || status >= 500;

/** Said of all, it is in what is said that the instant stands. */
const happenedAt = (command: SentCommand, at: string): SentCommand =>
  command.type === 'sayForAll'
    ? { ...command, act: happenedAt(command.act as SentCommand, at) }
    : { ...command, ...(takesInstant(command.type, at) && { at }) };

const post = ({ case: id, key, command, at }: Waiting) => {
  const params = { path: { id }, header: { 'Idempotency-Key': key } };
  const body = happenedAt(command, at) as never;
  return isGroupId(id)
    ? http.POST('/v1/groups/{id}/commands', { params, body })
    : http.POST('/v1/cases/{id}/commands', { params, body });
};

/** Sends what it can, in order; stops where nobody answers, and goes on past what was refused. */
export const flush = (by: string): Promise<readonly Waiting[]> =>
  inTurn(async () => {
    for (const item of await waiting(by)) {
      if (item.refused !== undefined) continue;
      const answer = await post(item).catch(() => undefined);
      if (isPassing(answer?.response.status ?? 0)) break;
      const rest = (await all()).filter(({ key }) => key !== item.key);
      await keep(place, isProblem(answer?.error) ? [...rest, { ...item, refused: answer.error.code }] : rest);
    }
    return waiting(by);
  });
