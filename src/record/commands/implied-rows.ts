/** What an event of a case implies beside itself: the rows of its lists, and notices that come to nothing. */
import type { CommandType } from '../../domain/model/commands';
import type { CaseId } from '../../domain/model/ids';
import { keepEndedObligations, keepLeftStage } from '../projections/ended';
import { writeCases, writeObligations, writeOutbox, writeSiblings } from '../projections/projection';
import type { CaseRow, ObligationRow, OutboxRow, SiblingRow } from '../projections/projection';
import { writeGroupNews } from '../upkeep/news';
import { dropSuggestions } from '../upkeep/likely-duplicates';
import type { EventRow } from '../store/case-reader';
import type { Receipt } from '../store/submission';
import type { Statement } from '../postgres/transaction';

export interface ImpliedRows {
  readonly receipt: Receipt;
  readonly command: CommandType;
  readonly events: readonly EventRow[];
  readonly caseRow: CaseRow;
  readonly obligations: readonly ObligationRow[];
  readonly outbox: readonly OutboxRow[];
  /** Keys of what may still lapse: notices of anything else are over. */
  readonly expiries: readonly string[];
  /** Links that are there already may be among them. */
  readonly siblings: readonly SiblingRow[];
}

/** In the order in which they have to be written. */
export function impliedBy(rows: ImpliedRows): Statement[] {
  const { receipt, command, events, caseRow, obligations, outbox, siblings } = rows;
  const id = receipt.case;
  const owed = obligations.map(({ key }) => key);
  /** What a notice may still be about. */
  const standing = [...owed, ...rows.expiries];
  const paused = events.flatMap(pausedBy);
  return [
    keepLeftStage(caseRow),
    keepEndedObligations(receipt, command, owed),
    writeCases([caseRow]),
    dropObligations(id, owed),
    ...(obligations.length > 0 ? [writeObligations(obligations)] : []),
    ...(outbox.length > 0 ? [writeOutbox(outbox.map((row) => ({ ...row, status: 'pending' })))] : []),
    cancelNotices(id, standing, paused),
    ...(siblings.length > 0 ? [writeSiblings(siblings)] : []),
    ...events.flatMap(({ event }) =>
      event.type === 'SiblingsUnlinked' ? [dropSiblings(id, event.siblings)] : [],
    ),
    ...dropSuggestions(id, events),
    ...writeGroupNews(id, events),
  ];
}

/** Both ends say it of themselves; a row goes with the case whose link it is. */
const dropSiblings = (caseId: CaseId, siblings: readonly CaseId[]): Statement => ({
  name: 'drop-siblings',
  text: 'delete from sibling_links where case_id = $1 and sibling = any ($2::text[])',
  values: [caseId, siblings],
});

const dropObligations = (caseId: CaseId, keys: readonly string[]): Statement => ({
  name: 'drop-obligations',
  text: 'delete from obligations where case_id = $1 and key <> all ($2::text[])',
  values: [caseId, keys],
});
/** The obligation that somebody has just said they have seen, or will see to later. */
const pausedBy = ({ event }: Pick<EventRow, 'event'>): string[] =>
  event.type === 'ObligationAcknowledged' || event.type === 'ObligationSnoozed' ? [event.obligation] : [];
/**
 * A reminder of what is met would only confuse, and one of what somebody has just answered would nag: they go in
 * the transaction of that command. An alarm under way still reaches everybody it was meant for, and an escalation those
 * above: nobody talks over what the clock has brought.
 */
const cancelNotices = (
  caseId: CaseId,
  standing: readonly string[],
  paused: readonly string[],
): Statement => ({
  name: 'silence-reminders',
  text: `update outbox set status = 'silenced'
          where case_id = $1 and status in ('pending', 'routed', 'dead')
            and (obligation <> all ($2::text[]) or (obligation = any ($3::text[]) and not safety
                                                       and notice ->> 'kind' in ('waiting', 'reminder')))`,
  values: [caseId, standing, paused],
});
