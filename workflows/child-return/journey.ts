/**
 * What one workflow knows of its case: the record's state as far as it has learnt of it, the commands that wait
 * for the record, and what it has under way. All of it can be lost: it is rebuilt from the record.
 */
import { patched, workflowInfo } from '@temporalio/workflow';
import type { LoadedCase, SubmitResult } from '../../activities/record/record-activities';
import type { ReturnCase } from '../../src/domain/case';
import type { CommandEnvelope } from '../../src/domain/commands';
import { evolve } from '../../src/domain/evolve';
import type { CaseId, CommandId } from '../../src/domain/ids';
import type { MechanismRules } from '../../src/domain/mechanism';
import type { Instant } from '../../src/domain/time';
import { Alarm } from './alarm';
import { Clock } from './clock';
import { Effects } from './effects';
import type { ChildReturnInput, RestartNote } from './messages';
import { OperatorView } from './operator-view';
import { sharedRules } from './shared-rules';

/** How a command ended: in the record, refused by it, or not written for a fault that waiting does not mend. */
export type CommandOutcome = { readonly result: SubmitResult } | { readonly fault: string };
export interface WaitingCommand {
  readonly envelope: CommandEnvelope;
  /** Whether its sender waits for the answer (an update) or not (a signal). */
  readonly awaited: boolean;
  outcome?: CommandOutcome;
}

/** Enough to know a repeated command from a hopeless one; the register knows all of them. */
const rememberedCommands = 100;

export class Journey {
  readonly id: CaseId;
  /** In arrival order; the first one is being brought to the record. */
  readonly waiting: WaitingCommand[] = [];
  /** Reasons why messages sent by hand were set aside, until they are written down. */
  readonly setAside: string[] = [];
  readonly alarm = new Alarm();
  readonly clock = new Clock(this);
  readonly effects = new Effects(this);
  readonly view = new OperatorView(this);
  /** The record moved on without the process. */
  nudged = false;
  /** The record was asked and has not answered yet. */
  isAtRecord = false;
  /** The last fault of the record or of an effect, for the operator. */
  trouble: string | undefined;
  lastReminderAt: Instant | undefined;
  /** Why the process was last started anew or told to look again, for the operator. */
  restarted: RestartNote | undefined;
  #case: ReturnCase | undefined;
  #rules: MechanismRules | undefined;
  #lastEventAt: Instant = '';
  #recent: CommandId[] = [];
  #stirred = false;
  readonly #continueAfter: number | undefined;
  readonly #view: ChildReturnInput['view'];

  constructor(input: ChildReturnInput) {
    this.id = input.case;
    this.#continueAfter = input.continueAfter;
    this.#view = input.view;
    this.restarted = input.restarted;
    for (const envelope of input.carried ?? []) this.receive(envelope, false);
  }

  /** False until the case is loaded from the record. */
  get isLoaded(): boolean {
    return this.#case !== undefined;
  }

  get case(): ReturnCase {
    if (!this.#case) throw new Error(`case ${this.id} is not loaded yet`);
    return this.#case;
  }

  get rules(): MechanismRules {
    if (!this.#rules) throw new Error(`case ${this.id} is not loaded yet`);
    return this.#rules;
  }

  /** The workflow's clock, never before the case's last event: the record's clock may be ahead of it. */
  get now(): Instant {
    const now = new Date().toISOString();
    return now > this.#lastEventAt ? now : this.#lastEventAt;
  }

  /**
   * Whether the process knows the case as the record has it, as far as it can tell. While it does not, it must
   * not refuse what the record may take: an official may have read there what this process has yet to hear.
   */
  get isUpToDate(): boolean {
    const { isLoaded, isAtRecord, waiting, nudged, effects } = this;
    return isLoaded && !isAtRecord && waiting.length === 0 && !nudged && !effects.areUnderWay;
  }

  get isClosed(): boolean {
    return this.case.stage === 'closed';
  }

  /** Whether this run may end and a new one go on: its history is long, and nobody waits for its answer. */
  get mayRest(): boolean {
    const { continueAsNewSuggested, historyLength } = workflowInfo();
    const isLong =
      this.#continueAfter === undefined ? continueAsNewSuggested : historyLength >= this.#continueAfter;
    return isLong && !this.waiting.some(({ awaited }) => awaited);
  }

  get hasNews(): boolean {
    const { waiting, setAside, nudged, alarm } = this;
    return waiting.length > 0 || setAside.length > 0 || nudged || alarm.rang || this.#stirred;
  }

  /** Whether marks are shown. A run that began before there were any takes them up when it next does something. */
  get hasMarks(): boolean {
    return this.#view === 2 || patched('operator-marks');
  }

  /** The record moved on, as somebody outside has noticed. */
  nudge(note: RestartNote | undefined): void {
    this.nudged = true;
    if (note) this.restarted = note;
  }

  /** Something under way ended: what is due must be looked at again. */
  stir(): void {
    this.#stirred = true;
  }

  /** Takes back what only woke the process. */
  takeNote(): void {
    this.#stirred = false;
    this.alarm.rang = false;
  }

  receive(envelope: CommandEnvelope, awaited: boolean): WaitingCommand {
    const command: WaitingCommand = { envelope, awaited };
    this.waiting.push(command);
    return command;
  }

  open(loaded: LoadedCase): void {
    this.#case = loaded.state;
    this.#rules = sharedRules(loaded.rules);
    this.#lastEventAt = loaded.state.lastProgressAt;
  }

  /** Follows the record. Events it already knows are passed over, so answers may come in any order. */
  follow({ version, events, rules }: Pick<SubmitResult, 'version' | 'events' | 'rules'>): void {
    if (rules) this.#rules = sharedRules(rules);
    for (const recorded of events) {
      if (recorded.version !== this.case.version + 1) continue;
      this.#case = evolve(this.case, recorded);
      this.#lastEventAt = recorded.at;
      if (recorded.event.type === 'LadderStepTaken') this.lastReminderAt = recorded.at;
      this.#remember(recorded.commandId);
    }
    if (version > this.case.version) this.nudged = true;
  }

  knows(command: CommandId): boolean {
    return this.#recent.includes(command);
  }

  /** The arguments with which the next run goes on. */
  continuation(): ChildReturnInput {
    const carried = this.waiting.map(({ envelope }) => envelope);
    return {
      case: this.id,
      ...(this.#continueAfter === undefined ? {} : { continueAfter: this.#continueAfter }),
      ...(carried.length === 0 ? {} : { carried }),
      ...(this.restarted ? { restarted: this.restarted } : {}),
      view: 2,
    };
  }

  #remember(command: CommandId): void {
    if (this.knows(command)) return;
    this.#recent.push(command);
    if (this.#recent.length > rememberedCommands) this.#recent.shift();
  }
}
