/** The other ends of links: cases that a command's events speak of, written in the same transaction. */
import type { Pool } from 'pg';
import { bodyHash } from '../../contracts/seal';
import type { CommandEnvelope } from '../../domain/model/commands';
import { decide } from '../../domain/decide/decide';
import type { CaseId } from '../../domain/model/ids';
import { otherEndsOf } from '../../domain/facts/other-ends';
import { rejected } from '../../domain/model/rejections';
import type { Rejection } from '../../domain/model/rejections';
import { readCase } from '../store/case-reader';
import type { Deciding } from './decision';
import { prepareRecording } from './recording';
import type { Prepared } from './recording';
import { query, retrying } from '../postgres/transaction';
import { canonicalHash } from '../../contracts/seal';

type Parts = Pick<Deciding, 'client' | 'cache' | 'mechanisms'>;

/** A case that is closed hears nothing: whatever names it is settled there, and the gate asks how it ended. */
export async function prepareOtherEnds(
  { client, cache, mechanisms }: Parts,
  { id, command }: CommandEnvelope,
  { state, events: recorded }: Prepared,
): Promise<Prepared[] | { readonly rejection: Rejection }> {
  const said = recorded.map(({ event }) => event);
  const prepared: Prepared[] = [];
  for (const end of otherEndsOf(state, command, said)) {
    // Locked already where the command named it; a settled duplicate's closing meets the other here.
    await query(client, { name: 'lock-other-end', text: lock, values: [end.case] });
    const { state: other, now } = await readCase(client, cache, end.case, Number.MAX_SAFE_INTEGER);
    if (!other) {
      if (end.neededBy !== undefined) return rejected('unknown-case', { field: end.neededBy });
      continue;
    }
    const rules = await mechanisms.rulesOfStream(client, other);
    const envelope = envelopeFor(end.case, `link:${id}`, end.command);
    const verdict = decide(other, envelope, { now, mechanism: rules, hashPlan: canonicalHash });
    if ('rejection' in verdict && end.neededBy !== undefined)
      return rejected(verdict.rejection.code, { field: end.neededBy });
    if ('rejection' in verdict || verdict.events.length === 0) continue;
    const events = JSON.parse(JSON.stringify(verdict.events)) as typeof verdict.events;
    const { actor } = envelope;
    const body = { envelope, actor, bodyHash: bodyHash(envelope), route: 'upkeep', notes: [] } as const;
    const next = await prepareRecording({ client, mechanisms, now, ...body }, other, rules, events);
    if (!('rejection' in next)) prepared.push(next);
    else if (end.neededBy !== undefined) return rejected(next.rejection.code, { field: end.neededBy });
  }
  return prepared;
}
const lock = 'select id from cases where id = $1 for update';

const envelopeFor = (id: CaseId, cause: string, command: CommandEnvelope['command']): CommandEnvelope => ({
  id: `${cause}:${id}`,
  case: id,
  actor: { system: 'upkeep' },
  command,
});

/**
 * Links that stand at one end only: all that was recorded before both ends were written. Open cases that have not heard,
 * each with the command that tells it, under an id that makes a repeat harmless.
 */
export const createOneEnded = (pool: Pool) => ({
  list: (limit: number): Promise<CommandEnvelope[]> =>
    retrying(pool, async (client) => {
      const siblings = await query<{ case_id: CaseId; sibling: CaseId }>(client, {
        name: 'one-ended-siblings',
        text: `select l.case_id, l.sibling from sibling_links l join cases c on c.id = l.sibling
                where c.stage <> 'closed' and not exists (
                      select from sibling_links b where b.case_id = l.sibling and b.sibling = l.case_id)
                order by l.case_id, l.sibling limit $1`,
        values: [limit],
      });
      const duplicates = await query<{ case_id: CaseId; other: CaseId; verdict: 'same' | 'distinct' | null }>(
        client,
        {
          name: 'one-ended-duplicates',
          text: `
          select f.case_id, f.event ->> 'other' as other,
                 (select s.event ->> 'verdict' from events s
                   where s.case_id = f.case_id and s.type = 'DuplicateSettled'
                     and s.event ->> 'other' = f.event ->> 'other' order by s.version desc limit 1) as verdict
            from events f join cases c on c.id = f.event ->> 'other'
           where f.type = 'DuplicateFlagged' and c.stage <> 'closed' and not exists (
                 select from events b where b.case_id = f.event ->> 'other' and b.type = 'DuplicateFlagged'
                    and b.event ->> 'other' = f.case_id)
           order by f.case_id, f.version limit $1`,
          values: [limit],
        },
      );
      const waivers = await query<{ case_id: CaseId; sibling: CaseId }>(client, {
        name: 'one-ended-waivers',
        text: `select distinct w.case_id, l.sibling
                 from events w join sibling_links l on l.case_id = w.case_id and w.event -> 'siblings' ? l.sibling
                 join cases c on c.id = l.sibling
                where w.type = 'SiblingUnityWaived' and c.stage not in ('follow-up', 'closed') and not exists (
                      select from events b where b.case_id = l.sibling and b.type = 'SiblingAhead'
                         and b.event ->> 'sibling' = w.case_id)
                order by w.case_id, l.sibling limit $1`,
        values: [limit],
      });
      return [
        ...waivers.rows.map(({ case_id: id, sibling }) =>
          envelopeFor(sibling, `ahead:${id}`, { type: 'noteSiblingAhead', sibling: id }),
        ),
        ...siblings.rows.map(({ case_id: id, sibling }) =>
          envelopeFor(sibling, `link:${id}`, { type: 'noteSiblings', siblings: [id] }),
        ),
        ...duplicates.rows.map(({ case_id: id, other, verdict }) =>
          envelopeFor(other, `duplicate:${id}`, {
            type: 'noteDuplicate',
            other: id,
            ...(verdict && { verdict }),
          }),
        ),
      ];
    }),
});
