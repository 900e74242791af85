/**
 * One return as it stands in the record: what officials send, and between it what the process writes down itself,
 * so that a case laid without a process owes the outside world nothing when its process starts.
 */
import type { Command } from '../../src/domain/model/commands';
import type { OfficialId } from '../../src/domain/model/ids';
import { returnSteps, type ReturnFacts } from '../homeward/return-steps';

export interface RecordStep {
  /** The process itself where nobody is named. */
  readonly by?: OfficialId;
  readonly command: Command;
}

const checked = (planVersion: number): RecordStep => ({
  command: { type: 'recordChecks', dossierVersion: 1, planVersion, findings: [] },
});
const opened = ({ dossier }: ReturnFacts, whereaboutsKnown: boolean): RecordStep => ({
  by: 'ua-official-1',
  command: {
    type: 'openCase',
    requestingParty: 'ukraine',
    holdingParty: 'russia',
    dossier,
    recipient: 'recipient-1',
    whereaboutsKnown,
    medicallyUrgent: false,
    siblings: [],
  },
});

/** The opening is the first of them. */
export function recordSteps(facts: ReturnFacts): RecordStep[] {
  let approvals = 0;
  const officials = returnSteps(facts).flatMap((step): RecordStep[] => {
    switch (step.command.type) {
      case 'acceptFile':
        return [step, checked(0)];
      case 'proposePlan':
        return [step, checked(1), { command: { type: 'putPlanToSides', planVersion: 1 } }];
      case 'approvePlan':
        approvals += 1;
        return approvals < 2 ? [step] : [step, ...preparing];
      default:
        return [step];
    }
  });
  return [opened(facts, true), ...officials];
}

const preparing: readonly RecordStep[] = [
  { command: { type: 'requestPlace', planVersion: 1 } },
  { command: { type: 'requestEscort', planVersion: 1 } },
];

/** A child of whom nobody knows the whereabouts: the case waits for the holding side to find it. */
export const tracingSteps = (facts: ReturnFacts): RecordStep[] => [
  opened(facts, false),
  ...recordSteps(facts).slice(1, 4),
];
