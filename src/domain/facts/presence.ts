/**
 * That it is this child: said by somebody who sees it, at the site, before it departs and at the door. `identity` is
 * about papers. Source: docs/rules.md, "That it is this child".
 */
import type { ReturnCase } from '../model/case';
import type { Instant } from '../calendar/time';

/** Since when somebody who looks would see the child as it leaves: at the site, or since it is prepared for the way. */
export const seenFrom = ({ stay, preparingSince }: ReturnCase): Instant | undefined =>
  stay?.status === 'occupied' ? stay.since : preparingSince;

export const isIdentifiedSince = ({ presence }: ReturnCase, since: Instant): boolean =>
  presence?.matches === true && presence.at >= since;

/** Somebody said that it is another child, and two have not yet found that it is this one. */
export const mismatchSince = ({ presence }: ReturnCase): Instant | undefined => presence?.mismatchSince;
