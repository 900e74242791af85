/**
 * The record's entry point, for every kind of stream: a command becomes events, or is refused, in one transaction. It
 * locks the stream, decides on what it then reads, appends, and writes everything the events imply. Two round trips for
 * an ordinary command. A crash anywhere leaves all or nothing, and the same command may be submitted again.
 */
import type { Pool, PoolClient } from 'pg';
import { bodyHash as hashOf } from '../../contracts/seal';
import type { SealKeys } from '../../contracts/seal';
import type { Envelope } from '../../domain/model/commands';
import type { RecordedOf } from '../../domain/model/events';
import type { Group } from '../../domain/group/group';
import type { Sha256 } from '../../domain/model/ids';
import type { MechanismRef, MechanismRules } from '../../domain/model/mechanism';
import { isOfficial } from '../../domain/model/parties';
import type { Actor } from '../../domain/model/parties';
import { rejected } from '../../domain/model/rejections';
import type { Rejection, RejectionCode } from '../../domain/model/rejections';
import type { Instant } from '../../domain/calendar/time';
import { underAuthority } from '../people/authority';
import { writeNothingDone, writeRefusal } from './append';
import type { CaseCache, StreamCache } from '../store/case-cache';
import type { StreamReading } from '../store/case-reader';
import { authenticityRejection, isIdReused } from './decision';
import { changesRules } from '../store/mechanisms';
import type { Mechanisms, Ruled } from '../store/mechanisms';
import type { Receipt, SubmitOptions, Submitted } from '../store/submission';
import { query, retrying } from '../postgres/transaction';

export interface SubmitParts {
  readonly pool: Pool;
  readonly cache: CaseCache;
  readonly groups: StreamCache<Group>;
  readonly mechanisms: Mechanisms;
  readonly sealKeys: SealKeys;
}

/** What every stream's state says of itself. */
export interface StreamState extends Ruled {
  readonly id: string;
  /** Number of events so far. */
  readonly version: number;
}

type AnyCommand = { readonly type: string };

/**
 * What tells one kind of stream from another on the way in. `Locked` is what its `begin` learns beside the stream itself,
 * for its own `decide` and `record`.
 */
export interface StreamKind<State extends StreamState, Command extends AnyCommand, Event, Locked> {
  readonly notFound: RejectionCode;
  cacheOf(door: SubmitParts): StreamCache<State>;
  /** Begins the transaction, takes the locks and reads. */
  begin(
    door: SubmitParts,
    client: PoolClient,
    envelope: Envelope<Command>,
    options: SubmitOptions,
  ): Promise<StreamReading<State, Event> & { readonly locked: Locked }>;
  /** By which rules the command is decided; undefined where there is no such stream and the command opens none. */
  rulesFor(taken: LockedSubmission<State, Command, Event, Locked>): Promise<MechanismRules | undefined>;
  /** Whether the stream is there at all for whoever asks. */
  isOf(
    state: State | undefined,
    rules: MechanismRules,
    asker: NonNullable<SubmitOptions['asker']>,
    taken: LockedSubmission<State, Command, Event, Locked>,
  ): boolean;
  decide(
    taken: LockedSubmission<State, Command, Event, Locked>,
    judged: Judged<State>,
  ): Promise<{ readonly events: readonly Event[] } | { readonly rejection: Rejection }>;
  /** Whether anything that the command rests on is not as it was recorded. */
  isInDoubt(taken: LockedSubmission<State, Command, Event, Locked>, judged: Judged<State>): Promise<boolean>;
  record(
    taken: LockedSubmission<State, Command, Event, Locked>,
    judged: Judged<State>,
    events: readonly Event[],
  ): Promise<Submitted<State, Event>>;
}

/** What is known once the stream is locked and read. */
export interface LockedSubmission<
  State extends StreamState,
  Command extends AnyCommand = AnyCommand,
  Event = unknown,
  Locked = unknown,
> extends SubmitParts {
  readonly client: PoolClient;
  /** As it was sealed. */
  readonly envelope: Envelope<Command>;
  readonly bodyHash: Sha256;
  readonly options: SubmitOptions;
  readonly reading: StreamReading<State, Event> & { readonly locked: Locked };
  readonly streamCache: StreamCache<State>;
}
/** Of a command whose sender is believed. */
export interface Judged<State> {
  readonly state: State | undefined;
  readonly rules: MechanismRules;
  /** Its sender with the roles that were found to be theirs. */
  readonly actor: Actor;
  readonly now: Instant;
}

export const submitTo =
  <State extends StreamState, Command extends AnyCommand, Event, Locked>(
    kind: StreamKind<State, Command, Event, Locked>,
  ) =>
  (
    door: SubmitParts,
    envelope: Envelope<Command>,
    options: SubmitOptions,
  ): Promise<Submitted<State, Event>> =>
    retrying(door.pool, (client) => submitOnce(kind, door, client, envelope, options));

async function submitOnce<State extends StreamState, Command extends AnyCommand, Event, Locked>(
  kind: StreamKind<State, Command, Event, Locked>,
  door: SubmitParts,
  client: PoolClient,
  envelope: Envelope<Command>,
  options: SubmitOptions,
): Promise<Submitted<State, Event>> {
  const reading = await kind.begin(door, client, envelope, options);
  const bodyHash = hashOf(envelope);
  const streamCache = kind.cacheOf(door);
  const taken = { ...door, client, envelope, bodyHash, options, reading, streamCache };
  const { state, now, earlier } = reading;
  const rules = await kind.rulesFor(taken);

  const { asker } = options;
  // Leaves no trace: of what is hidden from the sender nothing is the sender's.
  if (asker && !(rules && kind.isOf(state, rules, asker, taken))) return hide(taken, kind.notFound);
  const distrust = authenticityRejection(envelope, options.route, door.sealKeys);
  if (distrust) return refuse(taken, distrust.rejection, { answersCommand: options.isPromised === true });
  if (isIdReused(earlier, bodyHash))
    return refuse(taken, rejected('command-id-reused').rejection, { answersCommand: false });
  if (earlier?.receipt) return repeat(taken, earlier.receipt);
  // A message that the engine delivers again, after a reset by hand for one, must not decide what was refused: its
  // sender did not ask again. A sender who does asks through the API, which decides again, or under a new id.
  if (earlier?.rejection && options.route === 'process')
    return refuse(taken, earlier.rejection, { answersCommand: false });
  if (!rules) return refuse(taken, rejected(kind.notFound).rejection);

  const authority = await underAuthority(client, envelope, await newestOf(taken, rules), door.sealKeys, now);
  if ('rejection' in authority) return refuse(taken, authority.rejection);
  const judged = { state, rules, actor: authority.envelope.actor, now };
  const verdict = await kind.decide(taken, judged);
  if ('rejection' in verdict) return refuse(taken, verdict.rejection);
  if (verdict.events.length === 0) return nothingToDo(taken, state);
  if (await kind.isInDoubt(taken, judged)) return refuse(taken, rejected('record-in-doubt').rejection);
  return kind.record(taken, judged, verdict.events);
}

/** By a version that nobody vouches for nobody is in office. */
async function newestOf<State extends StreamState>(
  { client, mechanisms, reading }: LockedSubmission<State>,
  { id, version }: MechanismRef,
) {
  const newest = await mechanisms.findOn(client, { id, version: reading.newest ?? version });
  return newest?.isVouched ? newest : mechanisms.latestOn(client, id);
}

async function nothingToDo<State extends StreamState, Event>(
  taken: LockedSubmission<State, AnyCommand, Event>,
  state: State | undefined,
): Promise<Submitted<State, Event>> {
  const { client, envelope, bodyHash, reading } = taken;
  const version = state?.version ?? 0;
  const receipt: Receipt = {
    commandId: envelope.id,
    case: envelope.case,
    fromVersion: version,
    toVersion: version,
    at: reading.now,
    bodyHash,
  };
  // The system asks again and again whether time has brought something; that needs no trace.
  if (isOfficial(envelope.actor)) await writeNothingDone(client, envelope, receipt);
  else await query(client, { text: 'commit' });
  keepReading(taken);
  return { ...(await resultOf(taken, 'recorded', state, reading.events)), receipt };
}

async function hide<State extends StreamState, Event>(
  { client }: LockedSubmission<State, AnyCommand, Event>,
  code: RejectionCode,
): Promise<Submitted<State, Event>> {
  await query(client, { text: 'commit' });
  return { outcome: 'refused', version: 0, events: [], ...rejected(code) };
}

async function repeat<State extends StreamState, Event>(
  taken: LockedSubmission<State, AnyCommand, Event>,
  receipt: Receipt,
): Promise<Submitted<State, Event>> {
  await query(taken.client, { text: 'commit' });
  keepReading(taken);
  return { ...(await resultOf(taken, 'repeated', taken.reading.state, taken.reading.events)), receipt };
}

/** The refusals of officials' commands are kept; the process's own are its business. Ends the transaction. */
export async function refuse<State extends StreamState, Event>(
  taken: LockedSubmission<State, AnyCommand, Event>,
  rejection: Rejection,
  { answersCommand = true }: { answersCommand?: boolean } = {},
): Promise<Submitted<State, Event>> {
  const { client, envelope, bodyHash, reading } = taken;
  if (isOfficial(envelope.actor))
    await writeRefusal(client, { envelope, bodyHash, at: reading.now, rejection, answersCommand });
  else await query(client, { text: 'commit' });
  keepReading(taken);
  return { ...(await resultOf(taken, 'refused', reading.state, reading.events)), rejection };
}

/** Refused when half was written already: that is undone, the refusal stays. */
export async function refuseAfterAll<State extends StreamState, Event>(
  taken: LockedSubmission<State, AnyCommand, Event>,
  rejection: Rejection,
): Promise<Submitted<State, Event>> {
  await query(taken.client, { text: 'rollback' });
  await query(taken.client, { text: 'begin' });
  return refuse(taken, rejection);
}

function keepReading<State extends StreamState>({ streamCache, envelope, reading }: LockedSubmission<State>) {
  const { state, head } = reading;
  if (state && head) streamCache.keep(envelope.case, { state, head });
}

/** Rules go to whoever does not know them, or knows others. */
export async function resultOf<State extends StreamState, Event>(
  { client, mechanisms, options }: LockedSubmission<State, AnyCommand, Event>,
  outcome: Submitted['outcome'],
  state: State | undefined,
  events: readonly RecordedOf<Event>[],
): Promise<Omit<Submitted<State, Event>, 'receipt' | 'rejection' | 'news'>> {
  const changed = options.knownVersion === 0 || events.some(({ event }) => changesRules(event as AnyCommand));
  const rules = state && (await mechanisms.rulesOfStream(client, state));
  return {
    outcome,
    version: state?.version ?? 0,
    events,
    ...(rules && changed && { rules }),
    ...(state && rules && { found: { state, rules } }),
  };
}
