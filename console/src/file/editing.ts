/** A dossier while it is typed: everything may be missing, and each change makes a new one. */
import { createContext, useContext } from 'react';
import type { Problem } from '../api/client';
import { cleanText } from '../commands/clean-text';
import type { Dossier } from '#contracts/dossier/dossier';

export type Path = readonly (string | number)[];
export type Json =
  string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

export const at = (value: Json, path: Path): Json =>
  path.reduce<Json>((found, step) => (found as Record<string | number, Json> | undefined)?.[step], value);

/** The same with another value at the path; `undefined` takes it out. */
export function withAt(value: Json, [step, ...rest]: Path, next: Json): Json {
  if (step === undefined) return next;
  if (Array.isArray(value) || (value === undefined && typeof step === 'number')) {
    const list = [...((value as readonly Json[] | undefined) ?? [])];
    const changed = withAt(list[step as number], rest, next);
    if (changed === undefined) list.splice(step as number, 1);
    else list[step as number] = changed;
    return list;
  }
  const { [step]: old, ...others } = (value ?? {}) as Record<string, Json>;
  const changed = withAt(old, rest, next);
  return changed === undefined ? others : { ...others, [step]: changed };
}

/** Without what was left empty: an empty text is no answer. */
export function pruned(value: Json): Json {
  if (Array.isArray(value))
    return value.map(pruned).filter((each) => each !== undefined && !isEmptyObject(each));
  if (typeof value === 'string') return cleanText(value) || undefined;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, each]) => [key, pruned(each)] as const)
      .filter(([, each]) => each !== undefined && !isEmptyObject(each)),
  );
}
const isEmptyObject = (value: Json): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

type Unfinished<Value> = Value extends readonly (infer One)[]
  ? readonly Unfinished<One>[]
  : Value extends object
    ? { readonly [Name in keyof Value]?: Unfinished<Value[Name]> }
    : Value;

/** What the API’s schema asks for even where there is none of it. What else is missing, the API says. */
export const complete = (value: Json): Dossier => {
  const dossier = pruned(value) as Unfinished<Dossier>;
  return {
    ...dossier,
    child: { healthNeeds: [], languages: [], names: [], ...withoutEmptied(dossier.child) },
    documents: dossier.documents ?? [],
    recipients: (dossier.recipients ?? []).map((recipient) => ({
      ...recipient,
      names: recipient.names ?? [],
      kinship: { ...recipient.kinship, evidence: recipient.kinship?.evidence ?? [] },
      custody: (recipient.custody ?? []).map((basis) => ({ ...basis, evidence: basis.evidence ?? [] })),
    })),
  } as Dossier;
};

/** What may be left out and was emptied again: a list without a nationality, a parent without a name. */
function withoutEmptied({ nationality = [], parents = {}, ...child }: Unfinished<Dossier['child']> = {}) {
  const { mother = {}, father = {} } = parents;
  const isEmpty = ({ names = [], ...rest }: { readonly names?: readonly unknown[] }): boolean =>
    names.length === 0 && Object.keys(rest).length === 0;
  const named = {
    ...(!isEmpty(mother) && { mother }),
    ...(!isEmpty(father) && { father }),
  };
  return {
    ...child,
    ...(nationality.length > 0 && { nationality }),
    ...(Object.keys(named).length > 0 && { parents: named }),
  };
}

export interface Editing {
  readonly value: Json;
  readonly set: (path: Path, next: Json) => void;
  readonly problem?: Problem;
  /** Where in the body the dossier stands. */
  readonly prefix: string;
  readonly today: string;
}
export const EditingContext = createContext<Editing | undefined>(undefined);
export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (!editing) throw new Error('outside a dossier form');
  return editing;
}
