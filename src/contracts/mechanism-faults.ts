/**
 * What must hold between the sections of a mechanism: a table of named checks. Each says which sections it reads,
 * so that a file with one broken section still hears of every fault in the others.
 */
import { agreementChecks } from './mechanism-agreement-checks';
import type { Found, MechanismCheck, MechanismSection } from './mechanism-check-parts';
import { officeChecks } from './mechanism-office-checks';
import { peopleChecks } from './mechanism-people-checks';
import { referenceChecks } from './mechanism-reference-checks';
import { timeChecks } from './mechanism-time-checks';
import type { Mechanism } from './mechanism';

const checks = { ...referenceChecks, ...officeChecks, ...agreementChecks, ...timeChecks, ...peopleChecks };
export type MechanismFaultCode = keyof typeof checks;
export const mechanismFaultCodes = Object.keys(checks) as MechanismFaultCode[];

export interface MechanismFault extends Found {
  /** The check that found it. */
  readonly code: MechanismFaultCode;
}

/** The faults between the sections; checks that would read a section in `broken` are left out. */
export function findFaultsBetween(
  mechanism: Mechanism,
  broken: ReadonlySet<MechanismSection> = new Set(),
): MechanismFault[] {
  return mechanismFaultCodes.flatMap((code) => {
    const { reads, find }: MechanismCheck = checks[code];
    return reads.some((section) => broken.has(section))
      ? []
      : find(mechanism).map((found) => ({ code, ...found }));
  });
}
