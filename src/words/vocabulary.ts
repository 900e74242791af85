/**
 * The words that mails and the console share, per language: what the domain's values are called. Complete by the
 * compiler. A name out of data never stands inside of one: four languages would need four grammars for it.
 */
import type { BedKind } from '../domain/model/beds';
import type {
  carerKinds,
  custodyBases,
  nameErrors,
  missingConsents,
  recipientKinds,
  relations,
  scripts,
} from '../contracts/dossier/dossier';
import type { Language } from '../contracts/mechanism/mechanism';
import type {
  ClosureOutcome,
  ConcernOutcome,
  HearingAnswer,
  HoldReason,
  Identification,
  IncidentKind,
  InterimCareKind,
  RecallOutcome,
  ReintegrationNeed,
  CrewPart,
  ReopenCaseReason,
  TraceAnswer,
  DuressOutcome,
  VisitOutcome,
  HoldGround,
} from '../domain/model/commands';
import type {
  Amount,
  Belongings,
  DoseOutcome,
  Health,
  Mood,
  Recognition,
  TreatmentKind,
  VisitorKind,
} from '../domain/model/hosting';
import type { GroupDutyKind } from '../domain/group/duties';
import type { DropReason } from '../domain/group/group';
import type { Care } from '../domain/facts/care';
import type {
  DecisionLapseReason,
  ObjectionReason,
  RelayedAct,
  relayChannels,
} from '../domain/model/decisions';
import type { BorderCode } from '../domain/model/border';
import type { PaperKind } from '../domain/model/dossier-facts';
import type {
  Lapsing,
  PaperlessReason,
  Facet,
  FacetState,
  Finding,
  ReopenReason,
} from '../domain/model/verification';
import type { ObligationKind } from '../domain/model/obligation-kinds';
import type { PartyKind, Role } from '../domain/model/parties';
import type { companions, carePlaces, modalities, PlanLapseReason } from '../domain/model/plan';
import type { GateBlocker } from '../domain/model/rejections';
import type { SnoozeReason, StalledNext } from '../domain/model/reminding';
import type { Milestone, WayOfTelling } from '../domain/model/telling';
import type { Stage } from '../domain/model/stages';

/** Every closed list of the domain that a person reads. */
export interface Lists {
  readonly stage: Stage;
  readonly partyKind: PartyKind;
  readonly role: Role;
  readonly facet: Facet;
  readonly facetStatus: FacetState['status'];
  readonly finding: Finding;
  readonly bed: BedKind;
  readonly withoutPapers: PaperlessReason;
  readonly attestationVerdict: 'upheld' | 'returned';
  readonly duplicateVerdict: 'same' | 'distinct';
  readonly bestInterests: 'return' | 'no-return';
  readonly decision: RelayedAct['act'];
  readonly objectionReason: ObjectionReason;
  readonly decisionLapse: DecisionLapseReason;
  readonly planLapse: PlanLapseReason;
  readonly relayChannel: (typeof relayChannels)[number];
  readonly settlement: 'met' | 'waived';
  readonly modality: (typeof modalities)[number];
  readonly carePlace: (typeof carePlaces)[number];
  readonly companion: (typeof companions)[number];
  readonly wellbeing: 'well' | 'concern';
  readonly ate: Amount;
  readonly slept: Amount;
  readonly mood: Mood;
  readonly health: Health;
  readonly recognised: Recognition;
  readonly belongings: Belongings;
  readonly visitor: VisitorKind;
  readonly treatmentKind: TreatmentKind;
  readonly doseOutcome: DoseOutcome;
  readonly incident: IncidentKind;
  readonly recall: RecallOutcome;
  readonly visit: VisitOutcome;
  readonly holdReason: HoldReason;
  readonly holdGround: HoldGround;
  readonly reintegrationNeed: ReintegrationNeed;
  readonly crewPart: CrewPart;
  readonly traceAnswer: TraceAnswer;
  readonly duress: DuressOutcome;
  readonly milestone: Milestone;
  readonly telling: WayOfTelling;
  readonly hearing: HearingAnswer;
  readonly identification: Identification;
  readonly concern: ConcernOutcome;
  readonly interimCare: InterimCareKind;
  readonly care: Care['with'];
  readonly groupDuty: GroupDutyKind;
  readonly dropReason: DropReason;
  /** Of a stop on the road. */
  readonly unplanned: 'true';
  readonly closure: ClosureOutcome;
  readonly reopening: ReopenCaseReason;
  readonly facetReopening: ReopenReason;
  readonly snooze: SnoozeReason;
  readonly stalledNext: StalledNext;
  readonly blocker: GateBlocker['blocker'];
  readonly lapsing: Lapsing;
  readonly paper: PaperKind;
  readonly relation: (typeof relations)[number];
  readonly custody: (typeof custodyBases)[number];
  readonly consentMissing: (typeof missingConsents)[number];
  readonly recipientKind: (typeof recipientKinds)[number];
  readonly presentCarer: (typeof carerKinds)[number];
  readonly script: (typeof scripts)[number];
  readonly nameError: (typeof nameErrors)[number];
  readonly sex: 'female' | 'male' | 'unknown';
  readonly adultSex: 'female' | 'male';
  /** `{n}` and `{of}` are days. */
  readonly borderFinding: BorderCode;
  readonly severity: 'blocking' | 'warning' | 'info';
  readonly yesNo: 'true' | 'false';
  readonly urgency: 'true' | 'false';
}
export type ListName = keyof Lists;

export interface Vocabulary {
  /** For dates; digits are Latin everywhere, as references are read out on the telephone. */
  readonly locale: string;
  /** `lang` and `dir` of whatever is said in it. */
  readonly lang: Language;
  readonly direction: 'ltr' | 'rtl';
  /** What is to be done, as a phrase that can follow a colon. */
  readonly obligations: Readonly<Record<ObligationKind, string>>;
  /** List → value → what it is called, able to follow a label and a colon. */
  readonly values: { readonly [List in ListName]: Readonly<Record<Lists[List], string>> };
}
