/**
 * Opens the eleven example cases through the API, as the requesting side would. Safe to repeat, also after a crash
 * in the middle and on another day: what was opened before is found again by its command.
 */
import type { CaseFile, Story } from '../examples/case-file';
import type { Mechanism } from '../contracts/mechanism/mechanism';
import { loadBesideTheEleven, loadTheEleven } from '../examples/the-eleven';
import type { CaseId } from '../domain/model/ids';
import { dateOf } from '../domain/calendar/time';
import type { Officials } from './officials';
import type { HttpOfficial } from './http-official';
import { readCase } from './seen-case';

export interface OpenedChild {
  /** Of the case file, e.g. `01-twin-girl`. */
  readonly name: string;
  readonly story: Story;
  readonly case: CaseId;
}

/** Whether this mechanism knows the sides that the example cases name. */
export function hasPartiesOfTheEleven({ parties }: Mechanism): boolean {
  const ids = new Set(parties.map(({ id }) => id));
  return loadTheEleven(dateOf(new Date().toISOString())).every(
    ({ opening }) => ids.has(opening.requestingParty) && ids.has(opening.holdingParty),
  );
}

/** `round` counts from 1; another round opens eleven cases more. Throws when the mechanism has other parties. */
export async function openTheEleven(
  officials: Officials,
  round = 1,
  files = loadTheEleven(dateOf(new Date().toISOString())),
): Promise<OpenedChild[]> {
  if (!hasPartiesOfTheEleven(officials.mechanism))
    throw new Error(`The mechanism ${officials.mechanism.id} has not the parties of the eleven.`);
  const official = officials.first('requesting', ['official']);
  const opened = new Map<string, CaseId>();
  // One after another: a sibling can only name a case that is there.
  for (const file of files)
    opened.set(file.name, await openOne(official, file, opened, keyOf(file.name, round)));
  for (const file of files) await linkBack(official, file, opened, round);
  return files.map(({ name, story }) => ({ name, story, case: getFrom(opened, name) }));
}

/** The eleven and those beside them. The first round that is not over: a demo that was stopped goes on, and after one that ended comes the next. */
export async function openNextRound(
  officials: Officials,
): Promise<{ children: OpenedChild[]; round: number }> {
  for (let round = 1; ; round += 1) {
    const today = dateOf(new Date().toISOString());
    const files = [...loadTheEleven(today), ...loadBesideTheEleven(today)];
    const children = await openTheEleven(officials, round, files);
    const views = await Promise.all(
      children.map((child) => readCase(officials.keeperOf(child.case), child.case)),
    );
    if (views.some(({ closure }) => !closure)) return { children, round };
  }
}

const keyOf = (name: string, round: number): string =>
  round === 1 ? `the-eleven-${name}` : `the-eleven-${round}-${name}`;

async function openOne(
  official: HttpOfficial,
  { opening, dossier, siblings }: CaseFile,
  opened: ReadonlyMap<string, CaseId>,
  key: string,
): Promise<CaseId> {
  // Not by repeating the request: on another day the dossier has other dates, and the key would be refused.
  const known = await official.findCommand(`${official.id}:${key}`);
  if (known?.receipt) return known.case;
  const { whereaboutsKnown: _said, ...facts } = opening; // by the dossier
  const body = { ...facts, siblings: siblings.flatMap((name) => opened.get(name) ?? []), dossier };
  return (await official.write('POST', '/v1/cases', body, key)).case;
}

/** The first of two siblings could not name the second when it was opened. */
async function linkBack(
  official: HttpOfficial,
  { name, siblings }: CaseFile,
  opened: ReadonlyMap<string, CaseId>,
  round: number,
): Promise<void> {
  if (siblings.length === 0) return;
  const id = getFrom(opened, name);
  const known = (await readCase(official, id)).siblings;
  const missing = siblings
    .map((sibling) => getFrom(opened, sibling))
    .filter((sibling) => !known.includes(sibling));
  if (missing.length > 0)
    await official.command(id, { type: 'linkSiblings', siblings: missing }, `${keyOf(name, round)}-siblings`);
}

function getFrom(opened: ReadonlyMap<string, CaseId>, name: string): CaseId {
  const id = opened.get(name);
  if (id === undefined) throw new Error(`there is no case file ${name}`);
  return id;
}
