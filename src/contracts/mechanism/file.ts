/** The mechanism's YAML file: every fault with its line in one go, and the JSON Schema that editors check it by. */
import { z } from 'zod';
import { dateOf } from '../../domain/calendar/time';
import type { LocalDate } from '../../domain/calendar/time';
import { faultsAfter, warningsAfter } from './after';
import { findFaultsBetween } from './faults';
import { mechanismShape } from './mechanism';
import { findWarnings } from './warnings';
import type { Mechanism } from './mechanism';
import type { MechanismSection } from './checks/parts';
import { faultsOf, inOrder, readYaml } from '../yaml-file';
import type { FileFault } from '../yaml-file';

export type MechanismRead =
  | { readonly mechanism: Mechanism; readonly warnings: readonly FileFault[] }
  | { readonly faults: readonly FileFault[] };

/**
 * A mechanism that can run, or everything that keeps it from running, in the order of its lines; where an `older` version
 * is given, from following that one, too. `today`: what ends soon is warned of.
 */
export function readMechanism(
  yamlText: string,
  older?: Mechanism,
  today: LocalDate = dateOf(new Date().toISOString()),
): MechanismRead {
  const text = readYaml(yamlText);
  if ('faults' in text) return text;
  const parsed = mechanismShape.safeParse(text.value);
  const faults = [
    ...text.repeatedKeys,
    ...(parsed.success ? [] : faultsOf(parsed.error.issues, text.faultAt)),
    ...[
      ...faultsBetweenSections(text.value),
      ...(parsed.success && older ? faultsAfter(older, parsed.data) : []),
    ].map(({ path, message }) => text.faultAt(path, message)),
  ];
  if (!parsed.success || faults.length > 0) return { faults: inOrder(faults) };
  const warnings = [
    ...findWarnings(parsed.data, today),
    ...(older ? warningsAfter(older, parsed.data) : []),
  ].map(({ path, message }) => text.faultAt(path, message));
  return { mechanism: parsed.data, warnings: inOrder(warnings) };
}

/** One that cases run under: it may have faults between its sections that an earlier release did not look for. */
export function readOlderMechanism(yamlText: string): { mechanism: Mechanism } | { faults: FileFault[] } {
  const text = readYaml(yamlText);
  if ('faults' in text) return { faults: [...text.faults] };
  const { success, data, error } = mechanismShape.safeParse(text.value);
  return success ? { mechanism: data } : { faults: inOrder(faultsOf(error.issues, text.faultAt)) };
}

/** Checks between those sections that are well-formed by themselves. */
function faultsBetweenSections(value: unknown) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const given = value as Record<string, unknown>;
  const broken = new Set<MechanismSection>();
  const sound: Record<string, unknown> = {};
  for (const section of Object.keys(mechanismShape.shape) as MechanismSection[]) {
    const read = mechanismShape.shape[section].safeParse(given[section]);
    if (read.success) sound[section] = read.data;
    else broken.add(section);
  }
  // Only sections outside `broken` are read, and those are whole.
  return findFaultsBetween(sound as Mechanism, broken);
}

/** JSON Schema of the file as an author writes it, draft 7: what YAML language servers read. */
export const mechanismJsonSchema = (): object => ({
  ...z.toJSONSchema(mechanismShape, { io: 'input', target: 'draft-7', reused: 'ref' }),
  title: 'Homeward mechanism',
  description:
    'One standing mediation arrangement. `homeward mechanism check FILE` checks more than this schema.',
});
