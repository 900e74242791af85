/**
 * Raises the silent alarm where an escort's note holds the word they have chosen: in the case it is about, and in that of every
 * child who is under way with them. Done before their command, so that it counts also where the command is refused; their
 * answer says nothing of it.
 */
import type { CaseId } from '../../domain/model/ids';
import { travelsWith } from '../../domain/facts/transfer';
import type { Reader } from '../../auth/official-directory';
import type { ApiParts } from '../api-parts';
import { findUnderWay } from '../find-under-way';

interface Said {
  readonly command: string;
  /** Absent where it is said of a group. */
  readonly case?: CaseId;
  readonly notes: readonly { readonly text: string }[];
}

export async function heedDuress(parts: ApiParts, reader: Reader, said: Said): Promise<void> {
  if (reader.kind !== 'escort' || said.notes.length === 0) return;
  const { record, notifier, log } = parts;
  const texts = said.notes.map(({ text }) => text);
  if (!(await record.duressWords.isIn(reader, texts))) return;
  const found = await findUnderWay(parts, reader);
  const cases = new Set<CaseId>(
    found.filter(({ state }) => travelsWith(state, reader.official)).map(({ state }) => state.id),
  );
  if (said.case !== undefined && (await concerns(parts, reader, said.case))) cases.add(said.case);
  const { party, official } = reader;
  for (const id of cases) {
    // The same note sent again is the same alarm, also after it has been answered.
    const command = `noteDuress:${id}:${said.command}`;
    const { outcome, version } = await record.submit(
      {
        id: command,
        case: id,
        actor: { system: 'upkeep' },
        command: { type: 'noteDuress', party, official },
      },
      { knownVersion: Number.MAX_SAFE_INTEGER, route: 'upkeep' },
    );
    if (outcome !== 'recorded') continue;
    notifier.notify({ case: id, version, command }, true);
    log.error({ audit: 'duress', case: id }, 'somebody with the child signals that they do not speak freely');
  }
}

const concerns = async ({ record }: ApiParts, { party }: Reader, id: CaseId): Promise<boolean> =>
  (await record.load(id))?.state.escort?.party === party;
