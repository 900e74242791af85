/**
 * The fields a log line may hold, each with the shape of its value. What is not listed here is not written,
 * whoever logs it: an accidental `logger.info({ dossier })` prints a count and nothing else.
 *
 * A new field needs a row. None may be able to hold a name, a date of birth, a place or a sentence.
 */
import { faultFactsOf } from './fault-facts';

/** Gives what may be written of a value, or undefined when it is not what the field is for. */
type Shape = (value: unknown) => unknown;

const matching =
  (pattern: RegExp): Shape =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? value : undefined;

/** Ids and codes: one word of ASCII, no address of a person. */
const id = matching(/^[\w.:/-]{1,200}$/);
/** A reference as it is printed in mails, see `domain/model/ids.ts`. */
const reference = matching(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
const instant = matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/);
const number: Shape = (value) =>
  typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
const flag: Shape = (value) => (typeof value === 'boolean' ? value : undefined);
const ids: Shape = (value) =>
  Array.isArray(value) ? value.slice(0, 50).filter((entry) => id(entry) !== undefined) : undefined;
/** A stable code, or an error, of which only name, codes and places in our code are told. */
const fault: Shape = (value) => (typeof value === 'string' ? id(value) : faultFactsOf(value));
/** Without what could identify a caller: user, query and fragment. */
const address: Shape = (value) => {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
  const { origin, pathname } = new URL(value);
  return `${origin}${pathname === '/' ? '' : pathname}`;
};

export const logFields = {
  // The process.
  pid: number,
  hostname: id,
  name: id,
  part: id,
  url: address,
  port: number,
  reason: id,
  // What it is about.
  requestId: id,
  case: reference,
  command: id,
  commandId: id,
  activity: id,
  attempt: number,
  traceId: id,
  spanId: id,
  official: id,
  party: id,
  role: id,
  mechanism: id,
  site: id,
  obligation: id,
  kind: id,
  absence: id,
  // Requests.
  route: id,
  status: number,
  responseTime: number,
  // Letters.
  notice: id,
  letter: id,
  letters: number,
  notices: number,
  channel: id,
  slot: id,
  attempts: number,
  isGivenUp: flag,
  until: instant,
  at: instant,
  // Upkeep and processes.
  audit: id,
  task: id,
  run: id,
  cause: id,
  cases: number,
  effect: id,
  started: number,
  nudged: number,
  answered: number,
  missing: number,
  // The record's look at itself: of a mechanism or an absence its id.
  subject: id,
  version: number,
  handled: number,
  count: number,
  milliseconds: number,
  seconds: number,
  retentionDays: number,
  // Faults.
  code: id,
  fault,
  err: fault,
  reasons: ids,
  // Temporal's own. Not its task tokens, with which a task could be answered.
  error: fault,
  state: id,
  size: id,
  sdkComponent: id,
  namespace: id,
  taskQueue: id,
  workflowType: id,
  workflowId: id,
  runId: id,
  workflowRunId: id,
  activityId: id,
  activityType: id,
  isLocal: flag,
  durationMs: number,
  signalName: id,
  updateName: id,
  identity: id,
  target: id,
} as const satisfies Record<string, Shape>;

const shapes: Readonly<Record<string, Shape>> = logFields;

/** What of an object may stand in a line; `withheld` counts what may not. Names of unknown fields are no better. */
export function onlyKnown(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  let withheld = 0;
  for (const [name, value] of Object.entries(facts)) {
    if (value === undefined || value === null) continue;
    const written = Object.hasOwn(shapes, name) ? shapes[name]?.(value) : undefined;
    if (written === undefined) withheld += 1;
    else kept[name] = written;
  }
  return withheld === 0 ? kept : { ...kept, withheld };
}
