/**
 * How an operator sees the case in the Temporal UI: search attributes and current details. Only codes, parties
 * and instants; no person is named, as everybody with access to Temporal can read this.
 */
import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { foreseenObligationsOf, obligationsOf } from '../../src/domain/obligations/obligations';
import type { Obligation } from '../../src/domain/obligations/obligations';
import { careOf } from '../../src/domain/facts/care';
import { describeCase } from './current-details';
import type { CaseState } from './case-state';
import { marksOf } from './marks';
import { searchAttributes } from './search-attributes';

/** These move with nearly every command; on their own they wait until things have calmed down. */
const moving: readonly string[] = [
  searchAttributes.since.name,
  searchAttributes.due.name,
  searchAttributes.waitingFor.name,
  searchAttributes.marks.name,
];
/** Each writing is an event and a row in the engine's index: a fifth of its work when commands come quickly. */
const calmAfter = 10_000;
/** Before any mark has been looked for. */
const never = Number.POSITIVE_INFINITY;
/** What falls due in one minute in thousands of cases is marked over so long; safety is marked at once. */
const markedWithin = 300_000;

export class OperatorView {
  /** Milliseconds since 1970. */
  #writtenAt = 0;
  #shownVersion = 0;
  #shownAtOnce = '';
  #marksChangeAt = never;

  constructor(private readonly caseState: CaseState) {}

  /**
   * Shows the case as it is: at once when stage, hold or trouble changed or a mark is due, else when things have calmed
   * down. Attributes are written only where they changed.
   */
  show(): void {
    if (!this.caseState.isOfView3) {
      this.#write();
      return;
    }
    const { case: state, trouble, restarted, alarm } = this.caseState;
    const now = Date.now();
    const atOnce = JSON.stringify([state.stage, state.holds.length > 0, trouble, restarted, state.closure]);
    if (atOnce === this.#shownAtOnce && now < this.#marksChangeAt) {
      if (state.version === this.#shownVersion) return;
      const calmAt = this.#writtenAt + calmAfter;
      if (now < calmAt) {
        alarm.wakeBy(calmAt);
        return;
      }
    }
    this.#shownAtOnce = atOnce;
    this.#shownVersion = state.version;
    this.#writtenAt = now;
    this.#write();
  }

  #write(): void {
    const obligations = waitedFor(this.caseState);
    setCurrentDetails(describeCase(this.caseState, obligations));
    const attributes = attributesOf(this.caseState, obligations);
    if (this.caseState.hasMarks) attributes.push(...this.#marks());
    if (this.caseState.showsCare) {
      const { case: state } = this.caseState;
      attributes.push({ key: searchAttributes.careWith, value: state.closure ? null : careOf(state).with });
    }
    const changes = attributes.filter(isChanged);
    if (changes.length === 0) return;
    const calmAt = this.#writtenAt + calmAfter;
    // Runs of view 3 come here only when it is time to write.
    const waits = !this.caseState.isOfView3;
    if (waits && changes.every(({ key }) => moving.includes(key.name)) && Date.now() < calmAt) {
      this.caseState.alarm.wakeBy(calmAt);
      return;
    }
    upsertSearchAttributes(changes);
    this.#writtenAt = Date.now();
  }

  /** Sees to it that the next mark is written when its time comes. */
  #marks(): SearchAttributeUpdatePair[] {
    const { case: state, rules, now, restarted, alarm, id } = this.caseState;
    const owed = obligationsOf(state, rules, now);
    const { marks, nextChangeAt } = marksOf(state, rules, owed, restarted, now);
    this.#marksChangeAt = never;
    if (nextChangeAt !== undefined) {
      const urgent = owed.flatMap(({ safety, due }) => (safety && due > now ? [Date.parse(due)] : []));
      this.#marksChangeAt = Math.min(Date.parse(nextChangeAt) + spreadOf(id) * markedWithin, ...urgent);
      alarm.wakeBy(this.#marksChangeAt);
    }
    const kinds = [...new Set(owed.map(({ kind }) => kind))].sort();
    return [
      { key: searchAttributes.waitingFor, value: kinds.length === 0 ? null : kinds },
      { key: searchAttributes.marks, value: marks.length === 0 ? null : [...marks] },
      ...(restarted ? [{ key: searchAttributes.rebuilt, value: restarted.cause }] : []),
    ];
  }
}

/** From 0 to 1, the same for a case at every replay. */
function spreadOf(id: string): number {
  let hash = 0;
  for (const letter of id) hash = (hash * 31 + letter.charCodeAt(0)) % 65_521;
  return hash / 65_521;
}

/** As the board has it: what is owed now; before anything is, what will be owed first. */
function waitedFor({ case: state, rules, now }: CaseState): Obligation[] {
  const owed = obligationsOf(state, rules, now);
  if (owed.length > 0) return owed;
  const foreseen = foreseenObligationsOf(state, rules, now);
  return [...foreseen].sort((one, other) => (one.since < other.since ? -1 : 1)).slice(0, 1);
}

/** Null takes an attribute away. */
function attributesOf(caseState: CaseState, obligations: readonly Obligation[]): SearchAttributeUpdatePair[] {
  const { case: state } = caseState;
  const first = obligations[0];
  const parties = [...new Set(obligations.map(({ party }) => party))].sort();
  return [
    { key: searchAttributes.stage, value: state.stage },
    { key: searchAttributes.mechanism, value: `${state.mechanism.id}@${state.mechanism.version}` },
    { key: searchAttributes.outcome, value: state.closure?.outcome ?? null },
    { key: searchAttributes.trouble, value: caseState.trouble ?? null },
    { key: searchAttributes.waitingOn, value: parties.length === 0 ? null : parties },
    { key: searchAttributes.since, value: first ? new Date(first.since) : null },
    { key: searchAttributes.due, value: first ? new Date(first.due) : null },
    { key: searchAttributes.stalled, value: state.stalledSince !== undefined },
    {
      key: searchAttributes.urgent,
      value: state.medicallyUrgent || state.medical.emergencySince !== undefined,
    },
    { key: searchAttributes.held, value: state.holds.length > 0 },
  ];
}

function isChanged({ key, value }: SearchAttributeUpdatePair): boolean {
  const known = workflowInfo().typedSearchAttributes.get(key);
  // Dates come back as dates, lists as lists; as JSON they compare by value. A false flag need not be written first.
  return JSON.stringify(known ?? null) !== JSON.stringify(value) && !(known === undefined && value === false);
}
