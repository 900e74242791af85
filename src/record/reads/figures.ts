/**
 * Figures for a steering meeting: what is open, how long each stage and each party took, what was decided. Counts and
 * durations of a mechanism's cases, or of those of one party; nothing about a single case by its reference.
 */
import type { Pool } from 'pg';
import type { ClosureOutcome } from '../../domain/model/commands';
import type { DecisionAct } from '../../domain/model/decisions';
import type { PartyId } from '../../domain/model/ids';
import type { Stage } from '../../domain/model/stages';
import type { Instant } from '../../domain/calendar/time';
import { nowOn } from '../postgres/clock';
import type { ClockWatch } from '../postgres/clock';
import { begin, commit, retrying, pipeline } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';

export interface FigureScope {
  readonly mechanism: string;
  /** Only the cases that concern this party; of all unless given. */
  readonly party?: PartyId;
  readonly from: Instant;
  /** Not included. */
  readonly to: Instant;
}
/** Half took no longer than the one, nine in ten no longer than the other; absent where there is nothing to count. */
export interface Spread {
  readonly medianMs: number;
  readonly p90Ms: number;
}
export interface StageFigures {
  readonly stage: Stage;
  /** Cases in it now, and for how long. */
  readonly open: number;
  readonly openFor?: Spread;
  /** How often a case left it within the period, and how long it had been in it. */
  readonly left: number;
  readonly took?: Spread;
}
export interface PartyFigures {
  readonly party: PartyId;
  /** Obligations now, and for how long. */
  readonly owes: number;
  readonly overdue: number;
  readonly owedFor?: Spread;
  /** Met within the period, and how long that took. */
  readonly met: number;
  readonly took?: Spread;
}
export interface WaitFigures {
  readonly party: PartyId;
  readonly stage: Stage;
  readonly met: number;
  readonly took?: Spread;
}
export type WeekFigures = { readonly week: string; readonly party: PartyId } & Readonly<
  Record<DecisionAct, number>
>;
export interface Figures {
  readonly asOf: Instant;
  readonly open: Readonly<Record<'total' | 'overdue' | 'stalled' | 'hosted' | 'urgent' | 'onHold', number>>;
  readonly stages: readonly StageFigures[];
  readonly parties: readonly PartyFigures[];
  readonly waits: readonly WaitFigures[];
  /** By ISO week in UTC, and the side that decided; relayed decisions count as that side's. */
  readonly decisions: readonly WeekFigures[];
  readonly closed: readonly { readonly outcome: ClosureOutcome; readonly cases: number }[];
  readonly children: Readonly<Record<ChildFigure, number>>;
}
export const childFigures = [
  /** Placed in interim care. */
  'interimCare',
  /** Said no to their recipient. */
  'unwilling',
  /** Not met at a visit. */
  'notMet',
  /** Handed over to somebody else than the plan of their departure named. */
  'otherThanAgreed',
  /** Died before they were handed over. */
  'diedWaiting',
] as const;
/** Children to whom it happened within the period. */
export type ChildFigure = (typeof childFigures)[number];

/** With 300,000 past obligations they take seconds, and a whole meeting asks at once; `asOf` says how old they are. */
const freshMs = 30_000;

export function createFigures(pool: Pool, clock: ClockWatch): (scope: FigureScope) => Promise<Figures> {
  const read = createReading(pool, clock);
  const kept = new Map<string, { readonly at: number; readonly figures: Promise<Figures> }>();
  return ({ mechanism, party, from, to }) => {
    const now = Date.now();
    for (const [key, { at }] of kept) if (now - at > freshMs) kept.delete(key);
    const key = JSON.stringify([mechanism, party, from, to]);
    const known = kept.get(key)?.figures;
    if (known) return known;
    const figures = read({ mechanism, ...(party !== undefined && { party }), from, to });
    kept.set(key, { at: now, figures });
    // No answer is kept of a fault.
    figures.catch(() => kept.delete(key));
    return figures;
  };
}

const createReading =
  (pool: Pool, clock: ClockWatch) =>
  ({ mechanism, party, from, to }: FigureScope): Promise<Figures> =>
    retrying(pool, async (client) => {
      const asOf = await nowOn(client, clock);
      const now: unknown[] = [mechanism, party ?? null];
      const period: unknown[] = [...now, from, to];
      // One snapshot, so that the parts add up.
      const snapshot: Statement = { text: 'set transaction isolation level repeatable read, read only' };
      const results = await pipeline<Record<string, unknown>>(client, [
        begin,
        snapshot,
        { text: openText, values: now },
        { text: stagesText, values: period },
        { text: owedText, values: now },
        { text: metText, values: period },
        { text: decisionsText, values: period },
        { text: closedText, values: period },
        { text: childrenText, values: period },
        commit,
      ]);
      const [open, stages, owed, met, decisions, closed, children] = results.slice(2).map(({ rows }) => rows);
      const metBy = withoutNulls(met) as unknown as MetRow[];
      return {
        asOf,
        open: open?.[0] as unknown as Figures['open'],
        stages: withoutNulls(stages) as unknown as Figures['stages'],
        parties: partiesFrom(withoutNulls(owed) as unknown as OwedRow[], metBy),
        waits: metBy.filter((row) => row.stage !== undefined) as WaitFigures[],
        decisions: (decisions ?? []) as unknown as Figures['decisions'],
        closed: (closed ?? []) as unknown as Figures['closed'],
        children: children?.[0] as unknown as Figures['children'],
      };
    });

type OwedRow = Pick<PartyFigures, 'party' | 'owes' | 'overdue' | 'owedFor'>;
/** Without a stage: over all of them. */
type MetRow = Omit<WaitFigures, 'stage'> & Partial<Pick<WaitFigures, 'stage'>>;

function partiesFrom(owed: readonly OwedRow[], met: readonly MetRow[]): PartyFigures[] {
  const nothing = { owes: 0, overdue: 0, met: 0 };
  const parties = new Map<PartyId, PartyFigures>();
  for (const { stage, ...row } of [...owed, ...met].map((each) => ({ stage: undefined, ...each })))
    if (stage === undefined) parties.set(row.party, { ...nothing, ...parties.get(row.party), ...row });
  return [...parties.values()].sort((a, b) => (a.party < b.party ? -1 : 1));
}

const withoutNulls = (rows: readonly object[] = []): object[] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));

/** Of cases `c`. */
const theirs = `c.mechanism_id = $1 and ($2::text is null or c.parties @> array[$2::text])`;
/** Of past rows `p`, whose case is looked at only where a party asks: planned per call, so that it falls away. */
const pastTheirs = `p.mechanism_id = $1 and p.ended_at >= $3 and p.ended_at < $4 and ($2::text is null or exists (
  select from cases c where c.id = p.case_id and c.parties @> array[$2::text]))`;
/** Both from one sorting. */
const spread = (since: string, until: string): string =>
  `percentile_cont(array[0.5, 0.9]) within group (order by date_part('epoch', ${until} - ${since}) * 1000)`;
const told = (spread: string, name: string): string => `
  case when ${spread} is not null then jsonb_build_object(
    'medianMs', round(${spread}[1]), 'p90Ms', round(${spread}[2])) end as "${name}"`;

const openText = `
  select count(*) as total, count(*) filter (where c.stalled_since is not null) as stalled,
         count(*) filter (where c.hosted) as hosted, count(*) filter (where c.urgent) as urgent,
         count(*) filter (where c.on_hold) as "onHold",
         count(*) filter (where exists (select from obligations o where o.case_id = c.id
           and o.since <= clock_timestamp() and o.due < clock_timestamp())) as overdue
    from cases c where ${theirs} and c.stage <> 'closed'`;

const stagesText = `
  with now as (
    select c.stage, count(*) as open, ${spread('c.stage_since', 'clock_timestamp()')} as open_for
      from cases c where ${theirs} and c.stage <> 'closed' group by c.stage),
  past as (
    select p.stage, count(*) as left, ${spread('p.since', 'p.ended_at')} as took
      from past_stages p where ${pastTheirs} group by p.stage)
  select stage, coalesce(open, 0) as open, ${told('open_for', 'openFor')},
         coalesce(past.left, 0) as left, ${told('took', 'took')}
    from now full join past using (stage) order by stage`;

const owedText = `
  select party, owes, overdue, ${told('owed_for', 'owedFor')}
    from (select o.party, count(*) as owes, count(*) filter (where o.due < clock_timestamp()) as overdue,
                 ${spread('o.since', 'clock_timestamp()')} as owed_for
            from obligations o join cases c on c.id = o.case_id
           where ${theirs} and o.since <= clock_timestamp() group by o.party) as now order by party`;

/** By party, and by party and stage, of one sorting: there may be hundreds of thousands. */
const metText = `
  select party, stage, met, ${told('took', 'took')}
    from (select p.party, p.stage, count(*) as met, ${spread('p.since', 'p.ended_at')} as took
            from past_obligations p where ${pastTheirs} and p.ended = 'met'
           group by grouping sets ((p.party), (p.party, p.stage))) as met order by party, stage`;

const decisionsText = `
  select to_char(e.at at time zone 'UTC', 'IYYY-"W"IW') as week, e.event ->> 'party' as party,
         count(*) filter (where e.type = 'PlanApproved') as approve,
         count(*) filter (where e.type = 'PlanObjected') as object,
         count(*) filter (where e.type = 'ApprovalWithdrawn') as withdraw
    from events e join cases c on c.id = e.case_id
   where ${theirs} and e.type in ('PlanApproved', 'PlanObjected', 'ApprovalWithdrawn')
     and e.at >= $3 and e.at < $4 group by 1, 2 order by 1, 2`;

const closedText = `
  select c.outcome, count(*) as cases from cases c
   where ${theirs} and c.stage = 'closed' and c.stage_since >= $3 and c.stage_since < $4
   group by c.outcome order by c.outcome`;

const childrenText = `
  with happened as (
    select e.case_id, e.type, e.event, e.version
      from events e join cases c on c.id = e.case_id
     where ${theirs} and e.at >= $3 and e.at < $4
       and e.type in ('PlacedInInterimCare', 'ChildHeard', 'VisitReported', 'HandedOver', 'CaseClosed'))
  select count(distinct case_id) filter (where type = 'PlacedInInterimCare') as "interimCare",
         count(distinct case_id) filter (where type = 'ChildHeard' and event ->> 'answer' = 'unwilling') as unwilling,
         count(distinct case_id) filter (where type = 'VisitReported' and event ->> 'outcome' = 'not-met') as "notMet",
         count(distinct case_id) filter (where type = 'HandedOver' and not (
           select p.event -> 'plan' ->> 'recipient' is not distinct from happened.event ->> 'recipient'
                  or coalesce(p.event -> 'plan' -> 'alternates', '[]') ? (happened.event ->> 'recipient')
             from events d join events p on p.case_id = d.case_id and p.type = 'PlanProposed'
                                        and p.event ->> 'hash' = d.event ->> 'planHash'
            where d.case_id = happened.case_id and d.type = 'Departed' and d.version < happened.version
            order by d.version desc, p.version desc limit 1)) as "otherThanAgreed",
         count(distinct case_id) filter (where type = 'CaseClosed' and event ->> 'outcome' = 'deceased'
           and not exists (select from events h where h.case_id = happened.case_id
                              and h.type in ('HandedOver', 'ReunitedAtSite', 'OwnArrivalConfirmed')
                              and h.version < happened.version)) as "diedWaiting"
    from happened`;
