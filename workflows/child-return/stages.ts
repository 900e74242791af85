/**
 * The stages of one return as the process sees them: what each asks of the outside world while people do their
 * part. When a stage is over is decided by the record alone, which answers with the case in its next one.
 */
import type { EffectKind } from '../../src/domain/facts/effects';
import type { OpenStage } from '../../src/domain/model/stages';
import type { CaseProcess } from './case-process';
import { takeNextStep } from './next-step';

export interface StageWork {
  (caseProcess: CaseProcess): Promise<void>;
  readonly effects: readonly EffectKind[];
}

const checkTheFile = 'checkFile';
const putThePlanToTheSides = 'putPlanToSides';
const askForAPlace = 'requestPlace';
const engageAnEscort = 'requestEscort';

export const stageWork = {
  /** The requesting side's file is completed; duplicates are settled by people. */
  intake: stage('intake', []),
  /** The holding side locates the child. */
  tracing: stage('tracing', [checkTheFile]),
  /** People attest and review each facet; the checks of the file suggest where to look. */
  verification: stage('verification', [checkTheFile, putThePlanToTheSides]),
  /** The plan is put to every deciding side, and all approve this very one. */
  agreement: stage('agreement', [checkTheFile, putThePlanToTheSides]),
  /** Papers, clearance, a place and an escort are made ready. */
  preparation: stage('preparation', [checkTheFile, putThePlanToTheSides, askForAPlace, engageAnEscort]),
  /** The child is at the site, with a welfare note every day, until the lead gives the go. */
  hosting: stage('hosting', [checkTheFile, putThePlanToTheSides, engageAnEscort]),
  /** The escort's signs of life are watched. */
  transit: stage('transit', []),
  /** Receiving authority and escort both confirm. */
  handover: stage('handover', []),
  /** Visits fall due, for months. */
  'follow-up': stage('follow-up', []),
} as const satisfies Record<OpenStage, StageWork>;

/** Works until the case leaves the stage, or its history is long and nobody waits for an answer. */
function stage(name: OpenStage, effects: readonly EffectKind[]): StageWork {
  const work = async (caseProcess: CaseProcess): Promise<void> => {
    while (caseProcess.case.stage === name && !caseProcess.mayRest) {
      caseProcess.effects.start(effects);
      caseProcess.view.show();
      await takeNextStep(caseProcess);
    }
  };
  return Object.assign(work, { effects });
}
