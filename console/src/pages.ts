/** Which pages an official has, and where each begins: docs/console.md, “Pages”. */
import type { PartyKind, Role } from '#domain/model/parties';
import { paths } from './paths';

export type Page = 'inbox' | 'cases' | 'groups' | 'hosting' | 'journeys' | 'road' | 'figures';
interface Office {
  readonly kind: PartyKind;
  readonly roles: readonly Role[];
}
const pages: Readonly<Record<PartyKind, readonly Page[]>> = {
  mediator: ['inbox', 'cases', 'groups', 'journeys', 'figures'],
  requesting: ['inbox', 'cases', 'groups', 'journeys', 'figures'],
  holding: ['inbox', 'cases', 'groups', 'journeys', 'figures'],
  consenting: ['inbox', 'cases', 'groups', 'journeys', 'figures'],
  host: ['hosting', 'inbox', 'cases', 'groups'],
  escort: ['inbox', 'cases', 'groups', 'journeys'],
  receiving: ['inbox', 'cases', 'groups', 'journeys'],
  observer: ['figures'],
};
/** Whoever only travels has the road, and nothing that waits at a desk. */
const isOnTheRoad = ({ kind, roles }: Office): boolean =>
  kind === 'escort' && roles.every((role) => role === 'escort');

export const pagesOf = (office: Office): { readonly page: Page; readonly address: string }[] =>
  (isOnTheRoad(office) ? (['road', 'cases'] as const) : pages[office.kind]).map((page) => ({
    page,
    address: paths[page],
  }));
export const firstPageOf = (office: Office): string => pagesOf(office)[0]?.address ?? paths.you;
