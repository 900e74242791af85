/** What the pages of single tasks say: decide, relay, plan, legs, road, go, handover, cases, figures, hosting, you, file. */
import type { Language, Plural } from './language';

export interface TaskWords<L extends Language = Language> {
  readonly decide: {
    readonly title: string;
    readonly side: string;
    readonly yours: string;
    readonly approve: string;
    readonly approveMeans: string;
    readonly conditions: string;
    readonly conditionsMean: string;
    readonly object: string;
    readonly objectMeans: string;
    readonly addCondition: string;
    readonly paperApprove: string;
    readonly paperObject: string;
    readonly asSigned: string;
    readonly statement: string;
    readonly objection: string;
    readonly was: string;
    readonly restsOn: string;
    readonly dossier: string;
    readonly withdrawable: string;
    readonly sign: string;
    readonly signWhy: string;
    readonly before: string;
    readonly newSince: string;
    readonly firstPlan: string;
    readonly verified: string;
    readonly nothingToDecide: string;
  };
  readonly relay: {
    readonly title: string;
    readonly whatDecided: string;
    readonly whichSide: string;
    readonly secondOfficer: string;
    readonly paper: string;
    readonly entered: string;
    readonly compare: string;
    readonly compareWhy: string;
    readonly agree: string;
    readonly differ: string;
    readonly waiting: string;
    readonly enterNew: string;
  };
  readonly plan: {
    readonly title: string;
    readonly from: string;
    readonly to: string;
    readonly noSite: string;
    readonly changes: string;
    readonly noChange: string;
    readonly replaces: string;
  };
  readonly legs: {
    readonly title: string;
    readonly leg: string;
    readonly add: string;
    readonly remove: string;
    readonly zone: string;
    readonly minutes: string;
    readonly planWindow: string;
  };
  readonly go: {
    readonly title: string;
    readonly children: string;
    readonly says: string;
    /** What must hold, each a noun that is true when it holds. */
    readonly lines: Readonly<
      Record<
        | 'approvals'
        | 'verification'
        | 'papers'
        | 'clearance'
        | 'atSite'
        | 'escort'
        | 'noHold'
        | 'siblings'
        | 'dates',
        string
      >
    >;
    readonly may: string;
    readonly stays: string;
    readonly silence: string;
    readonly goes: Plural<L>;
    readonly remain: Plural<L>;
    readonly notNow: string;
  };
  readonly road: {
    readonly title: string;
    readonly none: string;
    readonly next: string;
    readonly by: string;
    readonly late: string;
    readonly well: string;
    readonly forAll: Plural<L>;
    readonly reached: string;
    readonly arrived: string;
    readonly wrong: string;
    readonly whatWrong: string;
    readonly cancel: string;
    readonly way: string;
    readonly unsent: string;
    readonly goesOut: string;
    readonly noConnection: string;
    readonly notYet: string;
    readonly refused: string;
    readonly dismiss: string;
    readonly call: string;
    readonly pause: string;
    readonly resume: string;
  };
  readonly handover: {
    readonly title: string;
    readonly whom: string;
    readonly check: string;
    readonly confirm: string;
    readonly waitsFor: string;
    readonly mismatch: string;
    readonly done: string;
  };
  readonly cases: {
    readonly title: string;
    readonly found: Plural<L>;
    readonly child: string;
    readonly way: string;
    readonly waitingOn: string;
    readonly since: string;
    readonly due: string;
    readonly search: string;
    readonly searchHelp: string;
    readonly stage: string;
    readonly any: string;
    readonly overdue: string;
    readonly stalled: string;
    readonly urgent: string;
    readonly onHold: string;
    readonly closed: string;
    readonly clear: string;
    readonly none: string;
    readonly more: string;
  };
  readonly figures: {
    readonly title: string;
    readonly byStage: string;
    readonly byParty: string;
    readonly open: string;
    readonly half: string;
    readonly nine: string;
    readonly days: Plural<L>;
    readonly few: string;
    readonly outcomes: string;
  };
  readonly hosting: {
    readonly title: string;
    readonly present: string;
    readonly expected: string;
    readonly note: string;
    readonly noteDue: string;
    readonly noteDone: string;
    readonly nobody: string;
  };
  readonly journeys: {
    readonly title: string;
    readonly none: string;
    readonly silent: string;
  };
  readonly you: {
    readonly title: string;
    readonly absences: string;
    readonly noAbsence: string;
    readonly declare: string;
    readonly deputy: string;
    readonly end: string;
    readonly calendar: string;
    readonly calendarWhy: string;
    readonly link: string;
    readonly revoke: string;
    readonly copyNow: string;
    readonly webhook: string;
    readonly rotate: string;
    readonly session: string;
    readonly until: string;
    readonly signOut: string;
    readonly everywhere: string;
    readonly unsent: string;
    readonly lent: string;
    readonly stay: string;
  };
  readonly file: {
    readonly openTitle: string;
    readonly reviseTitle: string;
    readonly child: string;
    readonly names: string;
    readonly addName: string;
    readonly given: string;
    readonly family: string;
    readonly patronymic: string;
    readonly script: string;
    readonly inError: string;
    readonly birth: string;
    readonly exactly: string;
    readonly estimated: string;
    readonly sex: string;
    readonly languages: string;
    readonly whereabouts: string;
    readonly known: string;
    readonly place: string;
    readonly facility: string;
    readonly health: string;
    readonly addHealth: string;
    readonly need: string;
    readonly support: string;
    readonly view: string;
    readonly viewHelp: string;
    readonly documents: string;
    readonly addDocument: string;
    readonly kind: string;
    readonly number: string;
    readonly issuedBy: string;
    readonly issuedOn: string;
    readonly expiresOn: string;
    readonly holder: string;
    readonly recipients: string;
    readonly addRecipient: string;
    readonly relation: string;
    readonly custody: string;
    readonly addCustody: string;
    readonly evidence: string;
    readonly contact: string;
    readonly telephone: string;
    readonly email: string;
    readonly address: string;
    readonly sides: string;
    readonly requesting: string;
    readonly holding: string;
    readonly urgent: string;
    readonly recorded: string;
    readonly open: string;
    readonly save: string;
    readonly remove: string;
    readonly opened: string;
    readonly proposed: string;
    readonly revised: string;
  };
}
