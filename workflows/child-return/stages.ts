/**
 * The stages of one return as the process sees them: what each asks of the outside world while people do their
 * part. When a stage is over is decided by the record alone, which answers with the case in its next one.
 */
import type { OpenStage } from '../../src/domain/stages';
import type { EffectKind } from '../../src/domain/effects';
import type { Journey } from './journey';
import { takeNextStep } from './next-step';

type StageWork = (journey: Journey) => Promise<void>;

/** The requesting side's file is completed; duplicates are settled by people. */
const intake: StageWork = (journey) => during(journey, 'intake', [checkTheFile]);
/** The holding side locates the child. */
const tracing: StageWork = (journey) => during(journey, 'tracing', [checkTheFile]);
/** People attest and review each facet; the checks of the file suggest where to look. */
const verification: StageWork = (journey) =>
  during(journey, 'verification', [checkTheFile, putThePlanToTheSides]);
/** The plan is put to every deciding side, and all approve this very one. */
const agreement: StageWork = (journey) => during(journey, 'agreement', [checkTheFile, putThePlanToTheSides]);
/** Papers, clearance, a place and an escort are made ready. */
const preparation: StageWork = (journey) =>
  during(journey, 'preparation', [checkTheFile, putThePlanToTheSides, askForAPlace, engageAnEscort]);
/** The child is at the site, with a welfare note every day, until the lead gives the go. */
const hosting: StageWork = (journey) =>
  during(journey, 'hosting', [checkTheFile, putThePlanToTheSides, engageAnEscort]);
/** The escort's signs of life are watched. */
const transit: StageWork = (journey) => during(journey, 'transit', []);
/** Receiving authority and escort both confirm. */
const handover: StageWork = (journey) => during(journey, 'handover', []);
/** Visits fall due, for months. */
const followUp: StageWork = (journey) => during(journey, 'follow-up', []);

export const stageWork = {
  intake,
  tracing,
  verification,
  agreement,
  preparation,
  hosting,
  transit,
  handover,
  'follow-up': followUp,
} as const satisfies Record<OpenStage, StageWork>;

const checkTheFile = 'checkFile' satisfies EffectKind;
const putThePlanToTheSides = 'putPlanToSides' satisfies EffectKind;
const askForAPlace = 'requestPlace' satisfies EffectKind;
const engageAnEscort = 'requestEscort' satisfies EffectKind;

/** Works until the case leaves the stage, or its history is long and nobody waits for an answer. */
async function during(journey: Journey, stage: OpenStage, effects: readonly EffectKind[]): Promise<void> {
  while (journey.case.stage === stage && !journey.mayRest) {
    journey.effects.start(effects);
    journey.view.show();
    await takeNextStep(journey);
  }
}
