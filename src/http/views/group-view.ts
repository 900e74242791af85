/** A group as one reader may know it: of its members those whose cases are the reader's, and what concerns these. */
import { actorOf } from '../../auth/official-directory';
import type { Reader } from '../../auth/official-directory';
import type { GroupView } from '../../contracts/http/groups';
import { checklistOf } from '../../domain/group/checklist';
import type { ChecklistLine } from '../../domain/group/checklist';
import { groupDutiesOf } from '../../domain/group/duties';
import { groupStateOf, isUnderEmbargo, mayKnow, travellersOf } from '../../domain/group/facts';
import { listTerms } from '../../domain/group/group';
import type {
  Group,
  GroupCommandType,
  GroupEvent,
  LeftBehind,
  RecordedGroupEvent,
} from '../../domain/group/group';
import { offeredInGroup } from '../../domain/group/offers';
import { partedOf } from '../../domain/group/parting';
import type { RelaySource } from '../../domain/model/decisions';
import type { CaseId, NoteId, PartyId } from '../../domain/model/ids';
import type { MechanismRules } from '../../domain/model/mechanism';
import { omitUndefined } from '../../domain/model/omit-undefined';
import { isOfficial } from '../../domain/model/parties';
import { blockersFor } from '../../domain/readers/blocker-readers';
import type { Submitted } from '../../record/store/submission';
import type { LoadedGroup } from '../../record/reads/groups';
import type { ApiParts } from '../api-parts';
import { Problem, rejectionProblem } from '../problem';
import { noteIdsIn, redactFor } from './case-view';
import type { Readable } from './case-view';
import { childBriefsFor } from './child-briefs';

/** A group of other parties, of another mechanism, and one that never was are the same to the reader. */
export async function getGroupFor(reader: Reader, id: string, { record }: ApiParts): Promise<LoadedGroup> {
  const found = await record.groups.load(id);
  const isMediator = reader.kind === 'mediator';
  if (found?.rules.id !== reader.mechanism || !mayKnow(found.group, isMediator, reader.party, found.members))
    throw new Problem('group-not-found');
  return found;
}

export const allowedInGroup = (group: Group, reader: Reader, rules: MechanismRules): GroupCommandType[] =>
  offeredInGroup(group, actorOf(reader), rules);

export interface Sight {
  readonly reads: (id: CaseId) => boolean;
  /** Parties that a case of the reader's concerns. */
  readonly knows: (party: PartyId) => boolean;
  readonly reader: Reader;
}
export function sightOf(reader: Reader, { members }: Pick<LoadedGroup, 'members'>): Sight {
  const isMediator = reader.kind === 'mediator';
  const reads = (id: CaseId): boolean =>
    isMediator || members.get(id)?.parties.includes(reader.party) === true;
  const known = new Set(
    [...members.values()].filter((each) => reads(each.case)).flatMap(({ parties }) => parties),
  );
  return { reads, knows: (party) => isMediator || known.has(party), reader };
}

export const leftFor = (left: readonly LeftBehind[], { reads, reader }: Sight) =>
  left
    .filter((each) => reads(each.case))
    .map(({ case: id, reason, blockers }) => ({
      ...{ case: id, reason },
      blockers: blockersFor(reader.kind, blockers).filter(
        ({ blocker, subject }) =>
          blocker !== 'sibling-not-cleared' || subject === undefined || reads(subject),
      ),
    }));
export const departureFor = ({ departure }: Group, sight: Sight) =>
  departure && {
    at: departure.at,
    departed: departure.departed.filter(sight.reads),
    left: leftFor(departure.left, sight),
  };

/** What a command of a group is answered with; throws what it was refused for. */
export async function groupAnswerOf(
  parts: ApiParts,
  reader: Reader,
  { outcome, receipt, found, rejection }: Submitted<Group, GroupEvent>,
) {
  if (rejection) throw rejectionProblem(rejection);
  if (!found || !receipt || outcome === 'refused') throw new Problem('internal');
  const { state: group, rules } = found;
  const loaded = await parts.record.groups.load(receipt.case);
  const sight = loaded && sightOf(reader, loaded);
  const departure = sight && departureFor(group, sight);
  const said = loaded?.events.find(({ commandId }) => commandId === receipt.commandId)?.event;
  return {
    headers: { etag: `"${group.version}"` },
    body: {
      outcome,
      group: receipt.case,
      version: group.version,
      state: groupStateOf(group),
      receipt,
      allowed: allowedInGroup(group, reader, rules),
      ...(departure && { departure }),
      ...(sight && said && 'cases' in said && { saidOf: said.cases.filter(sight.reads) }),
    },
  };
}

export async function groupViewFor(parts: ApiParts, reader: Reader, found: LoadedGroup): Promise<GroupView> {
  const { group, rules, members, events } = found;
  const sight = sightOf(reader, found);
  const { reads, knows } = sight;
  const { hash, since, version, departAt, place, route } = group.list;
  const travellers = travellersOf(group);
  const listed = group.list.members.filter(reads);
  const departure = departureFor(group, sight);
  const allowed = allowedInGroup(group, reader, rules);
  const children = await childBriefsFor(parts, reader.kind, listed);
  const shown = events.filter((event) => isShown(event, sight));
  const pending = group.pendingRelays.filter(({ party }) => isBetween(party, reader));
  const said = [...shown.flatMap((each) => notesOf(each, reader)), ...noteIdsIn(pending)];
  const kept = await parts.record.findNotes(group.id, said);
  const readable: Readable = { notes: new Map(kept.map((each) => [each.id, each])), papers: new Set() };
  return omitUndefined({
    id: group.id,
    state: groupStateOf(group),
    version: group.version,
    list: { version, hash, since, departAt, place, route, members: listed },
    children: listed.flatMap((id) => {
      const member = members.get(id);
      const child = children.get(id);
      const { stage, isSafe: safe } = member ?? {};
      return stage === undefined || safe === undefined
        ? []
        : [{ case: id, stage, travels: travellers.includes(id), safe, ...(child && { child }) }];
    }),
    dropped: group.dropped
      .filter((each) => reads(each.case))
      .map(({ party, ...rest }) => ({ ...rest, ...(party !== undefined && knows(party) && { party }) })),
    stands: group.asked.filter(knows).map((party) => {
      const { relayed, ...stand } = group.stands[party] ?? { terms: {} };
      return { party, ...stand, ...(relayed && { relayed: listTerms.filter((term) => term in relayed) }) };
    }),
    pendingRelays: redactFor(pending, reader, readable) as GroupView['pendingRelays'],
    relays: group.relays
      .filter(({ party }) => isBetween(party, reader))
      .map(({ id, party, repudiatedAt }) => omitUndefined({ id, party, repudiatedAt })),
    foreseen: allowed.includes('departGroup') ? foreseenFor(found, sight) : undefined,
    checklist: checklistOf(group, rules, members).flatMap((line) => lineFor(line, sight)),
    duties: groupDutiesOf(group, rules)
      .filter(({ party }) => reader.kind === 'mediator' || party === reader.party)
      .map(({ key: _key, roles, commands, ...rest }) => ({
        ...rest,
        roles: [...roles],
        commands: [...commands],
      })),
    departure,
    aborted: group.aborted,
    completedAt: group.completedAt,
    embargo: {
      active: isUnderEmbargo(group),
      breaches: group.breaches.filter(({ party }) => knows(party)).map((each) => ({ ...each })),
    },
    events: shown.map((each) => eventFor(each, sight, readable)),
    allowed,
  });
}

/** By what the cases say now; what counts is what they say when the group sets out. */
function foreseenFor({ group, members }: LoadedGroup, sight: Sight) {
  const { departed, left } = partedOf(group, members, (id) => members.get(id)?.blockers ?? []);
  return { departed, left: leftFor(left, sight) };
}

function lineFor(line: ChecklistLine, { reads, knows, reader }: Sight): GroupView['checklist'] {
  switch (line.line) {
    case 'child':
      return reads(line.case)
        ? [
            omitUndefined({
              ...line,
              blockers: blockersFor(reader.kind, line.blockers),
              lapses: line.lapses && blockersFor(reader.kind, line.lapses),
            }),
          ]
        : [];
    case 'follows':
    case 'siblings': {
      const cases = line.cases.filter(reads);
      return cases.length > 0 ? [{ ...line, cases }] : [];
    }
    case 'terms':
      return knows(line.party) ? [{ ...line, terms: [...line.terms] }] : [];
    case 'go':
      return knows(line.party) ? [line] : [];
    default:
      return [line];
  }
}

export const isShown = ({ event }: RecordedGroupEvent, { reads, knows }: Sight): boolean =>
  ('member' in event ? reads(event.member) : true) &&
  ('cases' in event ? event.cases.some(reads) : true) &&
  ('party' in event && event.party !== undefined ? knows(event.party) : true);

/** How a word reached the mediator is between the mediator and the side it speaks for. */
const isBetween = (party: PartyId, reader: Reader): boolean =>
  reader.kind === 'mediator' || reader.party === party;

/** What somebody wrote is for their own party and the mediator; what was relayed, for the side it speaks for. */
function noteOf({ event, actor }: RecordedGroupEvent, reader: Reader): NoteId | undefined {
  if (!('note' in event)) return undefined;
  const isOwn = isOfficial(actor) && isBetween(actor.party, reader);
  const isTheirs = 'relay' in event && event.relay !== undefined && event.party === reader.party;
  return isOwn || isTheirs ? event.note : undefined;
}
const notesOf = (recorded: RecordedGroupEvent, reader: Reader): NoteId[] => {
  const note = noteOf(recorded, reader);
  const source = sourceOf(recorded, reader);
  return [...(note === undefined ? [] : [note]), ...(source ? noteIdsIn(source) : [])];
};
const sourceOf = ({ event }: RecordedGroupEvent, reader: Reader): RelaySource | undefined =>
  event.type === 'WordRelayed' && isBetween(event.party, reader) ? event.source : undefined;

function eventFor(
  recorded: RecordedGroupEvent,
  { reader, reads }: Sight,
  readable: Readable,
): GroupView['events'][number] {
  const { event, actor, at, version } = recorded;
  const note = noteOf(recorded, reader);
  const source = sourceOf(recorded, reader);
  const isOwn = isOfficial(actor) && (reader.kind === 'mediator' || actor.party === reader.party);
  return omitUndefined({
    version,
    at,
    type: event.type,
    by: isOfficial(actor)
      ? { party: actor.party, ...(isOwn && { official: actor.official }) }
      : { system: actor.system },
    party: 'party' in event ? event.party : undefined,
    member: 'member' in event ? event.member : undefined,
    reason: 'reason' in event ? event.reason : undefined,
    terms: 'terms' in event ? [...event.terms] : undefined,
    list: 'list' in event ? event.list.version : undefined,
    cases: 'cases' in event ? event.cases.filter(reads) : undefined,
    act: event.type === 'SaidForAll' ? event.act : undefined,
    happenedAt: 'happenedAt' in event ? event.happenedAt : undefined,
    relay: 'relay' in event ? event.relay : undefined,
    word: event.type === 'WordRelayed' ? event.word.type : undefined,
    source: source && (redactFor(source, reader, readable) as GroupView['events'][number]['source']),
    note: note === undefined ? undefined : readable.notes.get(note)?.text,
  });
}
