/** A child as a link to its case: by name where the reader may know it, else by reference. */
import { Link } from 'wouter';
import type { ChildBrief } from '../api/types';
import { ageOf } from '../case/age';
import { useCase } from '../case/use-case';
import { paths } from '../paths';
import { Age, PersonName } from './child';
import type { Aged, WrittenName } from './child';
import { Reference } from './parts';

type Known = Aged & { readonly names?: readonly WrittenName[] };

interface ChildProps {
  readonly id: string;
  readonly child: Known | undefined;
}
export const ChildLink = ({ id, child }: ChildProps) => (
  <>
    <Link href={paths.case(id)}>
      {isNamed(child) ? <PersonName names={child.names} /> : <Reference>{id}</Reference>}
    </Link>
    <Besides {...{ id, child }} />
  </>
);
/** The same where a link would lead away from what is chosen. */
export const ChildName = ({ id, child }: ChildProps) => (
  <>
    {isNamed(child) ? <PersonName names={child.names} /> : <Reference>{id}</Reference>}
    <Besides {...{ id, child }} />
  </>
);
const isNamed = (child: Known | undefined): child is Known =>
  child?.names !== undefined && child.names.length > 0;
const Besides = ({ id, child }: ChildProps) =>
  isNamed(child) && (
    <small>
      {' '}
      <Age {...child} /> · <Reference>{id}</Reference>
    </small>
  );

/** Where nothing but the reference is at hand. */
export function CaseLink({ id }: { readonly id: string }) {
  const child = useCase(id).view?.dossier?.child;
  return <ChildLink id={id} child={child && { names: child.names ?? [], ...ageOf(child) }} />;
}

/** By their references, as one answer told them. */
export const briefsBy = (
  told: readonly { readonly case: string; readonly child?: ChildBrief }[],
): ReadonlyMap<string, ChildBrief> =>
  new Map(told.flatMap(({ case: id, child }) => (child ? [[id, child] as const] : [])));
