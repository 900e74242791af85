/** What describes the child, and who has it now, as lines; what is not known has none. */
import { joined, nameOf, worded } from './print-words';
import type { Name } from './print-words';

interface Parent {
  readonly names?: readonly Name[];
  readonly maidenName?: string;
}
export interface ChildView {
  readonly names?: readonly Name[];
  readonly placeOfBirth?: string;
  readonly nationality?: readonly string[];
  readonly parents?: { readonly mother?: Parent; readonly father?: Parent };
  readonly photograph?: string;
  readonly features?: string;
  readonly bloodGroup?: string;
  readonly presentCarer?: { readonly name: string; readonly kind: string; readonly since?: string };
}

export function childLines(child: ChildView | undefined): string[] {
  const { parents = {}, presentCarer: carer } = child ?? {};
  const rows: Readonly<Record<string, string | undefined>> = {
    'born in': child?.placeOfBirth,
    nationality: child?.nationality?.join(', '),
    mother: parents.mother && parentText(parents.mother),
    father: parents.father && parentText(parents.father),
    photograph: child?.photograph,
    // Running text; a line on the terminal.
    features: child?.features?.replace(/\s+/g, ' '),
    'blood group': child?.bloodGroup,
    'now with': carer && joined(', ', carer.name, carer.kind, worded('since', carer.since)),
  };
  return Object.entries(rows).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`  ${name.padEnd(14)} ${value}`],
  );
}

const parentText = ({ names = [], maidenName }: Parent): string =>
  joined(', ', names.map(nameOf).join(' · '), worded('born', maidenName));
