/** A journey as it is known here: what was tapped counts at once, though nobody has heard it yet. */
import type { JourneyView } from '../journeys/use-journeys';
import { saidOf } from './as-one';
import type { Waiting } from './queue';

export interface KnownHere extends JourneyView {
  /** It has been said here that the child is with them. */
  readonly isTaking: boolean;
  /** Doses of which it has been said here what became of them. */
  readonly saidDoses: readonly string[];
  /** At the place of handover; `isHeard`: the record knows. */
  readonly arrived?: { readonly isHeard: boolean };
}
export function asSaidHere(journey: JourneyView, queue: readonly Waiting[]): KnownHere {
  const said = queue.flatMap(({ case: to, command, refused }) =>
    refused === undefined
      ? journey.cases.flatMap((each) => saidOf(each.case, journey.group, { to: [to], command }) ?? [])
      : [],
  );
  const is = (type: string): boolean => said.some((command) => command.type === type);
  const legs = said.flatMap((command) => (command.type === 'completeLeg' ? [command.leg as string] : []));
  const isHeard = journey.arrivedAt !== undefined;
  return {
    ...journey,
    completedLegs: [...new Set([...journey.completedLegs, ...legs])],
    isTaking: is('takeIntoCare'),
    saidDoses: said.flatMap((command) => (command.type === 'recordDose' ? [command.dose as string] : [])),
    ...((isHeard || is('arrive')) && { arrived: { isHeard } }),
  };
}
