/** Which pages an official has, and where each begins: docs/console.md, “Pages”. */
import type { PartyKind, Role } from '#domain/model/parties';
import { paths } from './paths';

export type Page = 'inbox' | 'cases' | 'hosting' | 'journeys' | 'road' | 'figures';
interface Office {
  readonly kind: PartyKind;
  readonly roles: readonly Role[];
}
const pages: Readonly<Record<PartyKind, readonly Page[]>> = {
  mediator: ['inbox', 'cases', 'journeys', 'figures'],
  requesting: ['inbox', 'cases', 'journeys', 'figures'],
  holding: ['inbox', 'cases', 'journeys', 'figures'],
  consenting: ['inbox', 'cases', 'journeys', 'figures'],
  host: ['hosting', 'inbox', 'cases'],
  escort: ['inbox', 'cases', 'journeys'],
  receiving: ['inbox', 'cases', 'journeys'],
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
