/**
 * News of a case on its way to the case's process. A row is written with the command and deleted when the process itself
 * has read the case; until then signals are sent again. So a signal that was lost, swallowed or never sent costs time and
 * nothing else.
 */
import type { Pool } from 'pg';
import type { CaseEvent } from '../../domain/model/events';
import type { CaseId } from '../../domain/model/ids';
import type { Instant } from '../../domain/calendar/time';
import type { News } from '../store/submission';
import { query, retrying } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';

/** After this long unread the delivery signals; the API that wrote the row has signalled at once. */
const firstPauseSeconds = 5;
/** A signal in vain is an event in a history: a worker that is away for an hour leaves some fifteen of them. */
const maxPauseSeconds = 300;

/** What a case's process has not read yet. */
export interface UnreadNews {
  readonly case: CaseId;
  /** Oldest first. */
  readonly news: readonly News[];
  /** How often the delivery has signalled it, this time included. */
  readonly tries: number;
  readonly since: Instant;
  /** False when the case is closed: then nobody may be there to read. */
  readonly isOpen: boolean;
}

/** News of the upkeep nobody signals at once: no party is in it, and the delivery takes it up. */
export const writeNews = ({ case: id, version, command, party }: News, at: Instant): Statement => ({
  name: 'write-news',
  text: `insert into news (case_id, version, command, party, at, next_at)
         values ($1, $2, $3, $4, $5, $5::timestamptz + $6 * interval '1 second')
         on conflict do nothing`,
  values: [id, version, command, party ?? null, at, party === undefined ? 0 : firstPauseSeconds],
});

/** Events after which a group that the child is to travel with, or travels with, is another one. */
const concernsGroup: readonly CaseEvent['type'][] = [
  'ApprovalWithdrawn',
  'DecisionLapsed',
  'PlanLapsed',
  'PlanApproved',
  'ClosingsNoted',
  'StageEntered',
  'ArrivedAtSite',
  'MedicallyCleared',
  'EscortAssigned',
  'CrewConfirmed',
  'OfficialSubstituted',
  'Departed',
  'JourneyEnded',
  'HandedOver',
  'OwnArrivalConfirmed',
  'ReunitedAtSite',
  'FamilyHome',
  'PlacedInInterimCare',
  'CaseClosed',
];
/** The process of a group hears when one of its children's cases has changed so that the group may. */
export const writeGroupNews = (id: CaseId, events: readonly { event: CaseEvent }[]): Statement[] =>
  events.some(({ event }) => concernsGroup.includes(event.type))
    ? [
        {
          name: 'write-group-news',
          text: `insert into news (case_id, version, command, at, next_at)
                 select groups.id, groups.version, 'member', clock_timestamp(), clock_timestamp()
                   from group_members join groups on groups.id = group_members.group_id
                  where group_members.case_id = $1 and travels on conflict do nothing`,
          values: [id],
        },
      ]
    : [];

/** To be sent before the process's read of the case, in the same packet: what commits after it has its own row. */
export const dropNews = (id: CaseId): Statement => ({
  name: 'drop-news',
  text: 'delete from news where case_id = $1',
  values: [id],
});

export const createNews = (pool: Pool) => ({
  /**
   * Takes up what is due to be signalled again, and puts off the next time. Never waits for another delivery. A next time
   * further ahead than the longest pause was written by a clock that ran wild, and counts as due.
   */
  takeUnread: (limit = 500): Promise<UnreadNews[]> =>
    retrying(pool, async (client) => {
      const { rows } = await query<UnreadNews & Record<string, unknown>>(client, {
        name: 'take-unread-news',
        text: `
          with due as (
            select case_id, version from news
             where next_at <= clock_timestamp() or next_at > clock_timestamp() + interval '${2 * maxPauseSeconds} seconds'
             order by next_at limit $1 for update skip locked),
          taken as (
            update news set tries = tries + 1, next_at = clock_timestamp() + interval '1 second'
                   * least(${firstPauseSeconds} * 2 ^ least(tries, 20), ${maxPauseSeconds})
              from due where (news.case_id, news.version) = (due.case_id, due.version)
            returning news.*)
          select case_id as "case", max(tries) as tries, min(at) as since,
                 coalesce((select stage <> 'closed' from cases where id = case_id),
                          (select state not in ('completed', 'aborted') from groups where id = case_id), false) as "isOpen",
                 jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                   'case', case_id, 'version', version, 'command', command, 'party', party)) order by version) as news
            from taken group by case_id`,
        values: [limit],
      });
      return rows;
    }),

  /** For a case without a process that could read: it is closed. */
  drop: (id: CaseId): Promise<void> =>
    retrying(pool, async (client) => {
      await query(client, dropNews(id));
    }),
});
