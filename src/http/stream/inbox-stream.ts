/**
 * Everybody who listens to changes of their inbox in this process, and the one who looks for them. Once a second it
 * asks what changed, reads those cases once, and gives each listener the whole truth of a case as far as it is theirs.
 * What is lost on the way is told again: a listener that returns names the last position it had.
 */
import type { Logger } from 'pino';
import type { Reader } from '../../auth/official-directory';
import { lookBackMs } from '../../record/reads/changes';
import type { Audience, CaseTruth, ChangedCase } from '../../record/reads/changes';
import { isInScope } from '../../record/reads/inbox-entries';
import type { InboxScope } from '../../record/reads/inbox-entries';
import type { CaseRecord } from '../../record/record';
import { isGroupId } from '../../domain/group/group';
import type { CaseId, OfficialId } from '../../domain/model/ids';
import type { Instant } from '../../domain/calendar/time';
import type { EventStream } from './event-stream';
import type { Dresser, DescribeEntries } from '../views/inbox-about';
import type { GroupEntry } from '../../record/reads/group-inbox';
import type { GroupId } from '../../domain/group/group';
import { findCursor, sealCursor } from '../page-query';

const list = 'inbox-changes';
/** A position in the stream, opaque to whoever carries it. */
export const streamCursor = {
  seal: (at: Instant, key: string): string => sealCursor(list, Buffer.from(at).toString('base64url'), key),
  find: (sealed: string, key: string): Instant | undefined => {
    const inner = findCursor(list, sealed, key);
    return inner === undefined ? undefined : Buffer.from(inner, 'base64url').toString();
  },
};

const lookEveryMs = 1_000;
const lookAgainAfterFaultMs = 5_000;
/** Counts of a large office cost more than its changes. */
const countEveryMs = 2_000;
const readAtOnce = 500;
/** Whoever missed more reads the inbox anew, which is less work for all. */
const missedAtMost = 5_000;
/** What was told last is forgotten first; who is told twice takes no harm. */
const rememberedAtMost = 2_000;
const missedMs = 24 * 3_600_000;

interface Listener {
  readonly stream: EventStream;
  readonly scope: InboxScope;
  reader: Reader;
  /** Up to here it has been told everything. */
  position: Instant;
  /** Heard of nothing yet: what it missed comes first. */
  isNew: boolean;
  countsDue: boolean;
  /** What it was told last, by case or group. */
  readonly lastTold: Map<CaseId, string>;
}

export interface GroupNews {
  readonly id: GroupId;
  /** What is sent. */
  readonly data: {
    readonly group: GroupId;
    readonly version?: number;
    readonly entries: readonly GroupEntry[];
  };
  /** Another when there is news for them. */
  readonly known: string;
  /** Something of it came about since the instant asked for. */
  readonly isFresh: boolean;
}
/** For one reader; undefined of a group that is not theirs. */
export type TellGroups = (reader: Reader, scope: InboxScope) => GroupNews[];

export type ReadGroupNews = (ids: readonly GroupId[], since: Instant) => Promise<TellGroups>;

export interface InboxStream {
  /** How many streams this official has open. */
  openOf(official: OfficialId): number;
  /** From a position on, or from now. */
  listen(stream: EventStream, reader: Reader, scope: InboxScope, after: Instant | undefined): void;
  /** Ends every stream; who listened comes back to another process. */
  stop(): Promise<void>;
}

export function createInboxStream({
  changes,
  readGroupNews,
  describeEntries,
  sealKey,
  log,
}: {
  readonly describeEntries: DescribeEntries;
  readonly changes: CaseRecord['changes'];
  readonly readGroupNews: ReadGroupNews;
  readonly sealKey: string;
  readonly log: Logger;
}): InboxStream {
  const listeners = new Set<Listener>();
  /** Told to all who listened then; looked back upon, as some of it comes to light late. */
  const told = new Map<string, Instant>();
  const counted = new Map<string, number>();
  let position: Instant | undefined;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let stopped = false;

  const look = async (): Promise<void> => {
    const starts = [...listeners].filter(({ isNew }) => isNew).map((each) => each.position);
    const asked = before(
      [...starts, ...(position === undefined ? [] : [position])].sort()[0] ?? '',
      lookBackMs,
    );
    const present = [...listeners];
    const { from, at, changed } = await changes.since(asked, missedMs + lookBackMs);
    const wanted = wantedBy(present, changed, at);
    const all = [...new Set([...wanted.values()].flatMap((rows) => rows.map((row) => row.case)))];
    const ids = all.filter((id) => !isGroupId(id));
    const versions = new Map(changed.map((row) => [row.case, row]));
    const wants = new Map([...wanted].map(([who, rows]) => [who, new Set(rows.map((row) => row.case))]));
    for (let index = 0; index < ids.length; index += readAtOnce) {
      const truths = await changes.read(ids.slice(index, index + readAtOnce), from);
      const told = truths.flatMap((truth) => truth.entries);
      const described = await describeEntries(
        present.map(({ reader }) => reader),
        told,
      );
      const dressed = new Map(present.map((who) => [who, described(who.reader)]));
      for (const truth of truths)
        tell(
          truth,
          present.filter((who) => wants.get(who)?.has(truth.case)),
          dressed,
        );
    }
    const newsFor = await readGroupNews(all.filter(isGroupId), from);
    for (const who of present)
      for (const news of newsFor(who.reader, who.scope))
        if (wants.get(who)?.has(news.id)) tellGroup(who, news);
    for (const row of versions.values()) told.set(keyOf(row), row.changedAt);
    for (const [key, changedAt] of told) if (changedAt < before(at, 2 * lookBackMs)) told.delete(key);
    for (const who of present) {
      who.isNew = false;
      who.position = at;
    }
    position = at;
    await tellCounts(present);
  };

  /** For those who listened all along what is new; for who just came what they missed. */
  function wantedBy(
    present: readonly Listener[],
    changed: readonly ChangedCase[],
    at: Instant,
  ): Map<Listener, readonly ChangedCase[]> {
    const since = before(position ?? at, lookBackMs);
    const fresh = changed.filter((row) => row.changedAt > since && !told.has(keyOf(row)));
    return new Map(
      present.map((who) => {
        if (!who.isNew) return [who, fresh];
        const missed = changed.filter(({ changedAt }) => changedAt > before(who.position, lookBackMs));
        who.countsDue = true;
        if (missed.length <= missedAtMost && who.position > before(at, missedMs)) return [who, missed];
        who.stream.send({ event: 'reset', data: {} });
        return [who, []];
      }),
    );
  }

  function tell(
    truth: CaseTruth,
    those: readonly Listener[],
    dressed: ReadonlyMap<Listener, ReturnType<Dresser>>,
  ): void {
    for (const who of those) {
      const { mechanism, party } = who.reader;
      const show = dressed.get(who);
      if (truth.mechanism !== mechanism || !truth.parties.includes(party) || !show) continue;
      const data = {
        case: truth.case,
        ...(who.reader.kind === 'mediator' && { version: truth.version }),
        // Two of one office may be told otherwise: what one of them began is for the other to confirm.
        entries: truth.entries
          .filter((entry) => entry.party === party && isInScope(entry, who.reader, who.scope))
          .map(show),
      };
      if (!isNewsFor(who, truth, data)) continue;
      who.countsDue = true;
      // Not yet the new position: of what is told together some may not arrive.
      who.stream.send({ event: 'case', data, id: streamCursor.seal(who.position, sealKey) });
    }
  }

  function tellGroup(who: Listener, { id, data, known, isFresh }: GroupNews): void {
    if (!isNews(who, id, known, isFresh)) return;
    who.countsDue = true;
    who.stream.send({ event: 'group', data, id: streamCursor.seal(who.position, sealKey) });
  }

  async function tellCounts(present: readonly Listener[]): Promise<void> {
    const now = Date.now();
    const due = present.filter(
      (who) => who.countsDue && now - (counted.get(audienceKey(who)) ?? 0) >= countEveryMs,
    );
    const audiences = new Map(due.map((who) => [audienceKey(who), audienceOf(who)]));
    if (audiences.size > 0) {
      const all = await changes.counts([...audiences.values()]);
      const byKey = new Map([...audiences.keys()].map((key, index) => [key, all[index]]));
      for (const key of audiences.keys()) counted.set(key, now);
      for (const who of due) {
        who.countsDue = false;
        const id = streamCursor.seal(who.position, sealKey);
        who.stream.send({ event: 'counts', data: byKey.get(audienceKey(who)) ?? {}, id });
      }
    }
    for (const who of present) who.stream.reached(streamCursor.seal(who.position, sealKey));
    for (const [key, when] of counted) if (now - when > 60_000) counted.delete(key);
  }

  const goOn = (pause: number): void => {
    if (stopped || timer !== undefined) return;
    if (listeners.size === 0) {
      // Nobody misses anything; whoever comes says where they were.
      position = undefined;
      told.clear();
      return;
    }
    timer = setTimeout(() => {
      looking = look()
        .then(
          () => lookEveryMs,
          (fault: unknown) => {
            log.warn({ fault: fault instanceof Error ? fault.name : 'unknown' }, 'changes can’t be read');
            return lookAgainAfterFaultMs;
          },
        )
        .then((next) => {
          timer = undefined;
          goOn(next);
        });
    }, pause);
  };

  return {
    openOf: (official) => [...listeners].filter(({ reader }) => reader.official === official).length,
    listen(stream, reader, scope, after) {
      if (stopped) {
        stream.end();
        return;
      }
      const listener: Listener = {
        ...{ stream, reader, scope, isNew: true, countsDue: true, lastTold: new Map<CaseId, string>() },
        position: after ?? new Date(Date.now() - 1_000).toISOString(),
      };
      listeners.add(listener);
      // Perhaps at once.
      stream.onClose(() => listeners.delete(listener));
      stream.onReader((now) => {
        const changed = audienceKey({ reader: now, scope }) !== audienceKey(listener);
        listener.reader = now;
        // Another office is another inbox.
        if (changed) stream.send({ event: 'reset', data: {} });
      });
      goOn(0);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      for (const { stream } of listeners) stream.end();
      await looking;
    },
  };
}

/**
 * The mediator reads everything, so every change is theirs. Others are told when what they owe is another: a change that
 * they may not read would else tell its instant.
 */
const isNewsFor = (who: Listener, truth: CaseTruth, data: object): boolean =>
  isNews(who, truth.case, JSON.stringify(data), truth.touched.includes(who.reader.party));

/** `isFresh`: whether it is news to who has been told nothing of it yet. */
function isNews({ reader, lastTold }: Listener, id: string, text: string, isFresh: boolean): boolean {
  if (reader.kind === 'mediator') return true;
  const known = lastTold.get(id);
  lastTold.delete(id);
  lastTold.set(id, text);
  const [oldest] = lastTold.keys();
  if (lastTold.size > rememberedAtMost && oldest !== undefined) lastTold.delete(oldest);
  return known === undefined ? isFresh : known !== text;
}

const keyOf = ({ case: id, version, changedAt }: ChangedCase): string => `${id}@${version}@${changedAt}`;
const before = (at: Instant, milliseconds: number): Instant =>
  new Date(Date.parse(at) - milliseconds).toISOString();
const audienceOf = ({ reader, scope }: Pick<Listener, 'reader' | 'scope'>): Audience => ({
  mechanism: reader.mechanism,
  party: reader.party,
  roles: [...reader.roles].sort(),
  lent: [...reader.lent].sort(),
  scope,
});
const audienceKey = (who: Pick<Listener, 'reader' | 'scope'>): string => JSON.stringify(audienceOf(who));
