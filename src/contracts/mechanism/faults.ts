/**
 * What must hold between the sections of a mechanism: a table of named checks. Each says which sections it reads,
 * so that a file with one broken section still hears of every fault in the others.
 */
import { agreementChecks } from './checks/agreement';
import { borderChecks } from './checks/border';
import type { Found, MechanismCheck, MechanismSection } from './checks/parts';
import { bedChecks } from './checks/beds';
import { officeChecks } from './checks/office';
import { peopleChecks } from './checks/people';
import { referenceChecks } from './checks/reference';
import { timeChecks } from './checks/time';
import type { Mechanism } from './mechanism';

const checks = {
  ...referenceChecks,
  ...borderChecks,
  ...bedChecks,
  ...officeChecks,
  ...agreementChecks,
  ...timeChecks,
  ...peopleChecks,
};
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
