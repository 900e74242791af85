/**
 * What a command names of the mechanism and of what is owed must be there before the command is sealed: a sealed command
 * is carried through Temporal as it is, and a mistyped id may be a name. A command that is sent to the API is refused by the
 * record with the same codes, and reaches nobody else.
 */
import type { Reader } from '../../auth/official-directory';
import type { EdgeCommand } from '../../contracts/commands';
import { readsObligation } from '../../domain/readers/obligation-readers';
import { obligationsOf } from '../../domain/obligations/obligations';
import type { RejectionCode } from '../../domain/model/rejections';
import type { ApiParts } from '../api-parts';
import type { OpenedCase } from '../define-route';
import { Problem } from '../problem';

type Named = 'party' | 'site' | 'place' | 'official' | 'obligation';

const codes = {
  party: 'unknown-party',
  site: 'unknown-site',
  place: 'unknown-place',
  official: 'unknown-official',
  obligation: 'unknown-obligation',
} as const satisfies Record<Named, RejectionCode>;

/** Field of a command, however deep → what it names. */
const namedBy: Readonly<Record<string, Named>> = {
  party: 'party',
  escortParty: 'party',
  receivingParty: 'party',
  owner: 'party',
  site: 'site',
  place: 'place',
  handoverPlace: 'place',
  wayIn: 'place',
  wayOut: 'place',
  from: 'place',
  to: 'place',
  official: 'official',
  escort: 'official',
  obligation: 'obligation',
};
/** Its `from` and `to` are days. */
const ofDays = 'window';

/** Throws the record's own refusal of the first name that nothing has. */
export async function assertKnownNames(
  parts: Pick<ApiParts, 'findOfficial'>,
  reader: Reader,
  { state, rules }: OpenedCase,
  body: EdgeCommand,
): Promise<void> {
  const owed = obligationsOf(state, rules, new Date().toISOString());
  const isKnown = {
    party: (id) => rules.parties.some((party) => party.id === id),
    site: (id) => rules.sites.some((site) => site.id === id),
    place: (id) => rules.places.includes(id),
    official: async (id) => (await parts.findOfficial(id)) !== undefined,
    obligation: (key) => owed.some((one) => one.key === key && readsObligation(reader, one)),
  } satisfies Record<Named, (id: string) => boolean | Promise<boolean>>;
  for (const { field, named, id } of namesIn(body))
    if (!(await isKnown[named](id))) throw new Problem(codes[named], { field });
}

interface Name {
  readonly field: string;
  readonly named: Named;
  readonly id: string;
}

function namesIn(value: unknown): Name[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, entry]: [string, unknown]): Name[] => {
    if (field === ofDays) return [];
    const named = namedBy[field];
    return typeof entry === 'string' && named !== undefined ? [{ field, named, id: entry }] : namesIn(entry);
  });
}
