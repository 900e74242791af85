/** What a command would lead to, as its sender would read it afterwards: through the readers of the timeline. Pure. */
import type { AsGiven } from '../../contracts/http/as-given';
import type { previewSchema } from '../../contracts/http/preview';
import type { ReturnCase } from '../../domain/model/case';
import type { RecordedEvent } from '../../domain/model/events';
import type { MechanismRules } from '../../domain/model/mechanism';
import { readsObligation } from '../../domain/readers/obligation-readers';
import { obligationsOf } from '../../domain/obligations/obligations';
import type { Rejection } from '../../domain/model/rejections';
import type { Instant } from '../../domain/calendar/time';
import type { Reader } from '../../auth/official-directory';
import type { Readable } from './case-view';
import { eventViewFor } from './event-view';
import type { KnownCases } from './other-cases';

type Preview = AsGiven<typeof previewSchema>;
export interface Foretold {
  readonly events: readonly RecordedEvent[];
  /** The case after them. */
  readonly after: ReturnCase;
  readonly rules: MechanismRules;
  readonly now: Instant;
}

export function previewFor(
  reader: Reader,
  { events, after, rules, now }: Foretold,
  readable: Readable & { readonly known: KnownCases },
): Preview {
  const owed = obligationsOf(after, rules, now).filter((each) => readsObligation(reader, each));
  return {
    events: events.flatMap((event) => {
      const shown = eventViewFor(reader, event, { ...readable, place: 0 });
      if (!shown) return [];
      const { version: _place, ...rest } = shown;
      return [rest];
    }),
    stage: after.stage,
    waitingOn: [...new Set(owed.map(({ party }) => party))],
  };
}

/** Of a refusal what its sender would be told, too. */
export const refusedPreview = ({ stage }: ReturnCase, { code, blockers, field }: Rejection): Preview => ({
  ...{ events: [], stage, waitingOn: [] },
  refusal: { code, ...(blockers && { blockers }), ...(field !== undefined && { field }) },
});
