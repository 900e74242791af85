/** What a command would lead to now: decided as it would be, and nothing is written. */
import type { Pool } from 'pg';
import type { CommandEnvelope } from '../../domain/model/commands';
import type { ReturnCase } from '../../domain/model/case';
import type { RecordedEvent } from '../../domain/model/events';
import { evolve } from '../../domain/evolve/evolve';
import type { MechanismRules } from '../../domain/model/mechanism';
import type { Rejection } from '../../domain/model/rejections';
import type { Instant } from '../../domain/calendar/time';
import type { CaseCache } from '../store/case-cache';
import { familyOf, readCase } from '../store/case-reader';
import { nowOn } from '../postgres/clock';
import type { ClockWatch } from '../postgres/clock';
import { asksSiblings, decideOn } from './decision';
import type { Mechanisms } from '../store/mechanisms';
import { retrying } from '../postgres/transaction';

export type Foreseen =
  | { readonly rejection: Rejection }
  | {
      readonly events: readonly RecordedEvent[];
      /** The case after them. */
      readonly after: ReturnCase;
      readonly rules: MechanismRules;
      readonly now: Instant;
    };

/**
 * Undefined where there is no such case. Whether the sender may see it is for the caller to know. Whose seal it bears is
 * not asked, nor whether the record can be believed: only sending it tells.
 */
export const createPreview =
  (
    pool: Pool,
    { cache, mechanisms, clock }: { cache: CaseCache; mechanisms: Mechanisms; clock: ClockWatch },
  ) =>
  (envelope: CommandEnvelope): Promise<Foreseen | undefined> =>
    retrying(pool, async (client) => {
      const { state, ofAgeOn } = await readCase(client, cache, envelope.case, Number.MAX_SAFE_INTEGER);
      if (!state) return undefined;
      const now = await nowOn(client, clock);
      const rules = await mechanisms.rulesOfStream(client, state);
      const family = asksSiblings(envelope.command) ? await familyOf(client, state.id) : [state.id];
      const verdict = await decideOn({
        ...{ client, cache, mechanisms, envelope, state, rules, now, family },
        ...(ofAgeOn !== undefined && { ofAgeOn }),
      });
      if ('rejection' in verdict) return verdict;
      const events = verdict.events.map((event, index): RecordedEvent => ({
        ...{ case: state.id, version: state.version + index + 1, at: now, actor: envelope.actor },
        ...{ commandId: envelope.id, event },
      }));
      return { events, after: events.reduce<ReturnCase>(evolve, state), rules, now };
    });
