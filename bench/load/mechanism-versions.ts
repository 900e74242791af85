/** The versions of one mechanism that the cases of the load were opened under: what differs is when things fall due. */
import { rulesOf, type Mechanism } from '../../src/contracts/mechanism/mechanism';
import type { MechanismRules } from '../../src/domain/model/mechanism';
import type { ObligationKind } from '../../src/domain/model/obligation-kinds';

export const groupNames = ['calm', 'late', 'at-once', 'spread'] as const;
/** `late` cases are overdue and stalled; the last two fall due in a burst, without and with a spread. */
export type GroupName = (typeof groupNames)[number];

export interface Version {
  readonly mechanism: Mechanism;
  readonly rules: MechanismRules;
}

/** Overdue at once and never reminded of: what is late long since has been told before. */
const longPast = { due: 'PT1S', steps: [], thenEvery: 'P10Y' };

/** `spread` is the version of those that wake spread out over so much time. */
export function mechanismVersions(mechanism: Mechanism, spread: string): Record<GroupName, Version> {
  const kinds = Object.keys(mechanism.ladders) as ObligationKind[];
  const late = {
    ladders: Object.fromEntries(kinds.map((kind) => [kind, longPast])) as unknown as Mechanism['ladders'],
    stalledAfter: { usual: 'PT1S', urgent: 'PT1S', tracing: 'PT1S' },
  };
  const variants = {
    calm: {},
    late,
    'at-once': { reminderSpread: 'PT0S' },
    spread: { reminderSpread: spread },
  } satisfies Record<GroupName, object>;
  const versions = groupNames.map((name, index) => {
    const version = { ...mechanism, ...variants[name], version: mechanism.version + index };
    return [name, { mechanism: version, rules: rulesOf(version) }] as const;
  });
  return Object.fromEntries(versions) as Record<GroupName, Version>;
}
