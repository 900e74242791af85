/**
 * Who and what must travel along: what plan and clearance call for, and escorts enough. An escort who is a medic is the crew's. Judged without the dossier: how small
 * the child is was noted with its escort. Source: docs/rules.md, "Who travels along".
 */
import { findLivePlan } from './agreement';
import { isYoungerThan } from './age';
import type { Asked } from './age';
import { crewParts } from '../model/commands';
import type { CrewPart, TravelNeed } from '../model/commands';
import type { ReturnCase } from '../model/case';
import { asksFor } from '../model/mechanism';
import type { EscortRatio, MechanismRules } from '../model/mechanism';
import type { Companion } from '../model/plan';

/** In rules that do not say. */
const usualRatio: EscortRatio = { usual: 5, underSix: 2, withNeeds: 1 };
const ratioOf = ({ escortRatio = usualRatio }: MechanismRules): EscortRatio => escortRatio;

/** Escort and siblings have blockers of their own. */
const calledForByPlan: Readonly<Record<Companion, TravelNeed | undefined>> = {
  escort: undefined,
  sibling: undefined,
  medic: 'medic',
  guardian: 'companion',
  recipient: 'companion',
};

const needsOf = ({ medical }: ReturnCase): readonly TravelNeed[] => medical.clearance?.needs ?? [];

/** By plan and clearance. */
function calledFor(state: ReturnCase): Set<CrewPart> {
  const named = findLivePlan(state)?.companions.map((companion) => calledForByPlan[companion]) ?? [];
  return new Set([...named, ...needsOf(state)].filter((part) => part !== undefined));
}

/** For a small child, when its escort is assigned: so few may travel with one. */
export const perEscortByAge = (state: ReturnCase, asked: Asked): number | undefined =>
  asksFor(asked.mechanism, 'confirm-crew') && isYoungerThan(6, state, asked)
    ? ratioOf(asked.mechanism).underSix
    : undefined;

/** With how many, itself among them, one escort may be. Nothing where the rules ask for no crew. */
export const askedPerEscort = (state: ReturnCase, rules: MechanismRules): number | undefined =>
  asksFor(rules, 'confirm-crew') ? perEscortOf(state, rules) : undefined;

function perEscortOf(state: ReturnCase, rules: MechanismRules): number {
  const { usual, withNeeds } = ratioOf(rules);
  return Math.min(usual, state.escort?.perEscort ?? usual, needsOf(state).length > 0 ? withNeeds : usual);
}

/** With how many one escort may travel is asked of every crew that is confirmed, and of a child that needs more care. */
function hasEscorts(state: ReturnCase, rules: MechanismRules): boolean {
  const perEscort = perEscortOf(state, rules);
  const crew = state.escort?.crew;
  return crew ? crew.escorts * perEscort >= crew.children : perEscort >= ratioOf(rules).usual;
}

/** Empty for a child of whom neither plan nor clearance nor age asks more than its escort. */
export function missingOfCrew(state: ReturnCase, rules: MechanismRules): CrewPart[] {
  if (!asksFor(rules, 'confirm-crew')) return [];
  const called = calledFor(state);
  const { crew, skills = [] } = state.escort ?? {};
  const has: readonly CrewPart[] = [...skills, ...(crew?.has ?? [])];
  return crewParts.filter((part) =>
    part === 'escort-ratio' ? !hasEscorts(state, rules) : called.has(part) && !has.includes(part),
  );
}
