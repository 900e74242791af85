/** The way of a case through its stages so far: each once, by when it was entered last; those passed over are marked. */
import { stages } from '../model/stages';
import type { Stage } from '../model/stages';
import type { Instant } from '../calendar/time';

export interface Station {
  readonly stage: Stage;
  /** Entered last; where it was passed over, the instant of that. */
  readonly since: Instant;
  readonly skipped?: true;
}

/** `entered` is every entry into a stage, oldest first. A case that went back is no further than where it went back to. */
export function wayOf(entered: readonly { readonly stage: Stage; readonly at: Instant }[]): Station[] {
  let way: readonly Station[] = [];
  for (const { stage, at } of entered) {
    const place = stages.indexOf(stage);
    way = stages.slice(0, place + 1).map((each, index): Station => {
      if (index === place) return { stage, since: at };
      return way.find((station) => station.stage === each) ?? { stage: each, since: at, skipped: true };
    });
  }
  return [...way];
}
