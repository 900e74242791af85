/**
 * What one workflow knows of its case: the record's state as far as it has learnt of it, the commands that wait
 * for the record, and what it has under way. All of it can be lost: it is rebuilt from the record.
 */
import { condition, patched, workflowInfo } from '@temporalio/workflow';
import type { LoadedCase, SubmitResult } from '../../activities/record/record-activities';
import type { ReturnCase } from '../../src/domain/model/case';
import type { CommandEnvelope } from '../../src/domain/model/commands';
import { evolve } from '../../src/domain/evolve/evolve';
import type { CaseId } from '../../src/domain/model/ids';
import type { MechanismRules } from '../../src/domain/model/mechanism';
import type { Instant } from '../../src/domain/calendar/time';
import { Alarm } from './alarm';
import { findRestartNote, isEnvelope } from './envelope';
import { currentView } from './messages';
import type { ChildReturnInput, News, RestartNote } from './messages';
import { sharedRules } from './shared-rules';

/** How a command that came as a message ended: in the record, refused by it, or not written for a fault that waiting does not mend. */
export type CommandOutcome = { readonly result: SubmitResult } | { readonly fault: string };
export interface WaitingCommand {
  readonly envelope: CommandEnvelope;
  /** Whether its sender waits for the answer: an update of a run before view 3. */
  readonly awaited: boolean;
  outcome?: CommandOutcome;
}

/** Below this, a run would do little but end; an input may have been made up by somebody. */
const minEventsOfRun = 20;
/** The server takes 400 bytes of a summary; what does not fit stands in the signals themselves. */
const maxSummaryLength = 300;

export class CaseState {
  readonly id: CaseId;
  /** In arrival order; the first one is being brought to the record. */
  readonly waiting: WaitingCommand[] = [];
  /** Reasons why messages sent by hand were set aside, until they are written down. */
  readonly setAside: string[] = [];
  /** What the record is said to have taken, until it is read. */
  readonly news: News[] = [];
  readonly alarm = new Alarm(() => this.#wake?.());
  /** The record moved on without the process. */
  nudged = false;
  lastReminderAt: Instant | undefined;
  /** Why the process was last started anew or told to look again, for the operator. */
  restarted: RestartNote | undefined;
  #case: ReturnCase | undefined;
  #rules: MechanismRules | undefined;
  #lastEventAt: Instant = '';
  /** Faults that have not passed, by what they are of: the record, or one kind of effect. */
  readonly #troubles = new Map<string, string>();
  #stirred = false;
  #wake: (() => void) | undefined;
  readonly #continueAfter: number | undefined;
  readonly #view: ChildReturnInput['view'];

  constructor(input: ChildReturnInput) {
    this.id = input.case;
    this.#continueAfter = findContinueAfter(input.continueAfter);
    this.#view = input.view;
    this.restarted = findRestartNote(input.restarted);
    if (Array.isArray(input.carried))
      for (const envelope of input.carried) if (isEnvelope(envelope)) this.receive(envelope, false);
  }

  get isOfView3(): boolean {
    return this.#view === currentView;
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

  /** The fault that has lasted longest, for the operator. */
  get trouble(): string | undefined {
    return this.#troubles.values().next().value;
  }

  failed(source: string, step: string, fault: string): void {
    // Runs before view 3 had one trouble at a time, whatever it was of.
    if (!this.isOfView3) this.#troubles.clear();
    this.#troubles.set(source, `${step}: ${fault}`);
  }

  /** Ends the trouble of this source, and of no other. */
  succeeded(source: string): void {
    if (this.isOfView3) this.#troubles.delete(source);
    else this.#troubles.clear();
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

  get hasWork(): boolean {
    const { waiting, setAside, nudged, alarm } = this;
    return waiting.length > 0 || setAside.length > 0 || nudged || alarm.rang || this.#stirred;
  }

  /** Whether marks are shown. A run that began before there were any takes them up when it next does something. */
  get hasMarks(): boolean {
    return this.#view !== undefined || patched('operator-marks');
  }

  /** Whether it is shown in whose care the child is; taken up as the marks are. */
  get showsCare(): boolean {
    return patched('care-shown');
  }

  /** Resolves when something has happened that the process must deal with. */
  async untilWork(): Promise<void> {
    if (!this.isOfView3) return condition(() => this.hasWork);
    // A promise of its own: a condition would be looked at after every event of the run.
    while (!this.hasWork) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = undefined;
  }

  /** The record has taken commands, as somebody says. */
  hear(news: readonly News[]): void {
    this.news.push(...news);
    this.nudge(undefined);
  }

  putAside(fault: string): void {
    this.setAside.push(fault);
    this.#wake?.();
  }

  /** Names the news for an operator, and forgets them. */
  takeNewsNamed(): string {
    const all = this.news.splice(0).sort((one, other) => one.version - other.version);
    const names = all.map(({ command, party }) => (party === undefined ? command : `${command} by ${party}`));
    let shown = names.length;
    while (names.slice(0, shown).join(', ').length > maxSummaryLength) shown -= 1;
    const more = names.length - shown;
    return (
      [...names.slice(0, shown), ...(more > 0 ? [`${more} more`] : [])].join(', ') || 'look at the record'
    );
  }

  /** The record moved on, as somebody outside has noticed. */
  nudge(note: RestartNote | undefined): void {
    this.nudged = true;
    if (note) this.restarted = note;
    this.#wake?.();
  }

  /** Something under way ended: what is due must be looked at again. */
  wake(): void {
    this.#stirred = true;
    this.#wake?.();
  }

  /** Takes back what only woke the process. */
  clearWakeups(): void {
    this.#stirred = false;
    this.alarm.rang = false;
  }

  receive(envelope: CommandEnvelope, awaited: boolean): WaitingCommand {
    const command: WaitingCommand = { envelope, awaited };
    this.waiting.push(command);
    this.#wake?.();
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
    }
    if (version > this.case.version) this.nudged = true;
  }

  /** The arguments with which the next run goes on. */
  continuation(): ChildReturnInput {
    const carried = this.waiting.map(({ envelope }) => envelope);
    return {
      case: this.id,
      ...(this.#continueAfter === undefined ? {} : { continueAfter: this.#continueAfter }),
      ...(carried.length === 0 ? {} : { carried }),
      ...(this.restarted ? { restarted: this.restarted } : {}),
      view: currentView,
    };
  }
}

const findContinueAfter = (given: unknown): number | undefined =>
  Number.isSafeInteger(given) ? Math.max(given as number, minEventsOfRun) : undefined;
