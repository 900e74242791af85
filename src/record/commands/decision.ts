/**
 * One command against one case, from what the transaction read to what it writes. Everything that can refuse
 * a command and is not the rules' own business: the seal, the command id, cases and mechanisms it names.
 */
import type { PoolClient } from 'pg';
import { alternatesOf, mayNominate } from '../../domain/facts/alternates';
import { credentialsOf } from '../../contracts/mechanism/mechanism';
import { canonicalHash, isSealed } from '../../contracts/seal';
import type { AnyEnvelope, SealKeys } from '../../contracts/seal';
import { facetOf, fitsStage, maySend } from '../../domain/facts/allowed-commands';
import type { ReturnCase } from '../../domain/model/case';
import type { Command, CommandEnvelope } from '../../domain/model/commands';
import { findDocument } from '../../domain/model/dossier-facts';
import { readsDossier } from '../../domain/model/command-table';
import type { FindCredential } from '../../domain/model/escorts';
import type { DossierFacts } from '../../domain/model/dossier-facts';
import { decide } from '../../domain/decide/decide';
import type { SiblingStatus } from '../../domain/facts/gate';
import type { CaseEvent } from '../../domain/model/events';
import { siblingStatusOf } from '../../domain/facts/gate';
import type { CaseId, DocumentRef, RecipientRef, Sha256 } from '../../domain/model/ids';
import { asOfAge } from '../../domain/facts/majority';
import { findParty } from '../../domain/model/mechanism';
import type { MechanismRules } from '../../domain/model/mechanism';
import { readsPaper } from '../../domain/readers/paper-readers';
import { isOfficial } from '../../domain/model/parties';
import { rejected } from '../../domain/model/rejections';
import type { Rejection } from '../../domain/model/rejections';
import type { Instant, LocalDate } from '../../domain/calendar/time';
import type { CaseCache } from '../store/case-cache';
import { readCase } from '../store/case-reader';
import type { EarlierCommand } from '../store/case-reader';
import { underWayFor } from '../store/engagements';
import { findDossierFacts } from '../store/dossier-facts';
import type { KeptMechanism, Mechanisms } from '../store/mechanisms';
import type { Route } from '../store/submission';
import { query } from '../postgres/transaction';

type Refused = { readonly rejection: Rejection };

/**
 * Whether the command may be believed at all. An unsealed one could have been typed by anybody with access to
 * Temporal; a system actor is believed only from the process itself and the upkeep.
 */
export function authenticityRejection(
  envelope: AnyEnvelope,
  route: Route,
  sealKeys: SealKeys,
): Refused | undefined {
  const isOurs = route === 'system' || route === 'upkeep';
  if (!isOfficial(envelope.actor)) return isOurs ? undefined : rejected('not-your-command');
  return isSealed(envelope, sealKeys) ? undefined : rejected('seal-missing');
}

/** A command id is written once: for the same body it is the same command, for another it is refused. */
export const isIdReused = (earlier: EarlierCommand | undefined, bodyHash: Sha256): boolean =>
  earlier !== undefined && earlier.bodyHash !== bodyHash;

export interface Deciding {
  readonly client: PoolClient;
  readonly cache: CaseCache;
  readonly mechanisms: Mechanisms;
  readonly envelope: CommandEnvelope;
  readonly state: ReturnCase | undefined;
  readonly rules: MechanismRules;
  readonly now: Instant;
  /** The child's 18th birthday, where it is still to be noted. */
  readonly ofAgeOn?: LocalDate;
  /** Cases locked beside this one. */
  readonly family: readonly CaseId[];
}

export async function decideOn(deciding: Deciding): Promise<{ events: readonly CaseEvent[] } | Refused> {
  const { envelope, state, rules, now } = deciding;
  const siblings = asksSiblings(envelope.command)
    ? await siblingStatusesOf(deciding, envelope.case, deciding.family, now)
    : undefined;
  const dossier = await dossierOf(deciding);
  const target = await targetOf(deciding);
  const credentialOf = await credentialsFor(deciding);
  const { client, family } = deciding;
  const underWay = await underWayFor(client, { state, rules, family, command: envelope.command });
  // Before any rule speaks of it: of what the sender may not read, no rule's answer may tell.
  const unknown = mayAtAll(deciding) ? findUnknownInDossier(deciding, dossier) : undefined;
  if (unknown) return unknown;
  // Time's own commands speak of what the record has noted; people's are judged by what is so.
  const isPersons = isOfficial(envelope.actor);
  const judged = state && isPersons ? asOfAge(state, rules, now, deciding.ofAgeOn) : state;
  const verdict = decide(judged, envelope, {
    now,
    mechanism: rules,
    hashPlan: canonicalHash,
    ...(siblings ? { siblings } : {}),
    ...(dossier ? { dossier } : {}),
    ...(target ? { target: target.rules } : {}),
    ...(credentialOf && { credentialOf }),
    ...(underWay && { underWay }),
  });
  if ('rejection' in verdict) return verdict;
  const unknownCase = await findUnknownCase(deciding, target);
  if (unknownCase) return unknownCase;
  // Optional fields carried as undefined would be there in memory and gone in the record.
  return { events: JSON.parse(JSON.stringify(verdict.events)) as CaseEvent[] };
}

/** Who and when come before what the command names. */
const mayAtAll = ({ envelope: { actor, command }, state, rules }: Deciding): boolean =>
  state !== undefined &&
  maySend(command.type, actor, state, rules, facetOf(command)) &&
  fitsStage(command.type, state);

/** What only the whole family can say; locked, so that none of it moves meanwhile. */
export const asksSiblings = ({ type }: Command): boolean =>
  type === 'depart' || type === 'waiveSiblingUnity' || type === 'confirmProposal';

/** The members of a family other than `id`, as its gate sees them. */
export async function siblingStatusesOf(
  { client, cache, mechanisms }: Pick<Deciding, 'client' | 'cache' | 'mechanisms'>,
  id: CaseId,
  family: readonly CaseId[],
  now: Instant,
): Promise<SiblingStatus[]> {
  const statuses: SiblingStatus[] = [];
  for (const member of family.filter((each) => each !== id)) {
    const { state, ofAgeOn } = await readCase(client, cache, member, Number.MAX_SAFE_INTEGER);
    if (!state) continue;
    const rules = await mechanisms.rulesOfStream(client, state);
    statuses.push(siblingStatusOf(asOfAge(state, rules, now, ofAgeOn), rules, now));
  }
  return statuses;
}

/** The version a case is to go over to. */
const targetOf = async ({
  client,
  mechanisms,
  envelope: { command },
  state,
}: Deciding): Promise<KeptMechanism | undefined> =>
  command.type === 'moveMechanism' && state
    ? mechanisms.findOn(client, { id: state.mechanism.id, version: command.version })
    : undefined;

/** By the newest version, as officials are in office by it: rules hold no people. */
async function credentialsFor({
  client,
  mechanisms,
  envelope: { command },
  rules,
}: Deciding): Promise<FindCredential | undefined> {
  if (command.type !== 'assignEscort' && command.type !== 'noteSubstitution') return undefined;
  const newest = await mechanisms.latestOn(client, rules.id);
  return newest && credentialsOf(newest.mechanism);
}

/** Cases that a command names must be there and concern the sender's party, or it would tell which references exist. */
async function findUnknownCase(
  { client, envelope: { actor, command }, state }: Deciding,
  target: KeptMechanism | undefined,
): Promise<Refused | undefined> {
  if (command.type === 'moveMechanism' && state && !target)
    return rejected('unknown-mechanism', { field: 'version' });
  const named = casesNamedBy(command);
  if (!named || named.ids.length === 0 || !isOfficial(actor)) return undefined;
  const { rows } = await query<{ known: number }>(client, {
    name: 'count-cases',
    text: 'select count(*)::integer as known from cases where id = any ($1::text[]) and $2 = any (parties)',
    values: [named.ids, actor.party],
  });
  return rows[0]?.known === new Set(named.ids).size
    ? undefined
    : rejected('unknown-case', { field: named.field });
}

function casesNamedBy(command: Command): { ids: readonly CaseId[]; field: string } | undefined {
  switch (command.type) {
    case 'openCase':
    case 'linkSiblings':
    case 'unlinkSiblings':
      return { ids: command.siblings, field: 'siblings' };
    case 'confirmPlace':
      return { ids: command.together ?? [], field: 'together' };
    case 'flagDuplicate':
      return { ids: [command.other], field: 'other' };
    default:
      return undefined;
  }
}

/** Cases whose own record this command will write to, as a link binds both ends. */
export const otherEndsNamedBy = (command: Command): readonly CaseId[] | undefined =>
  command.type === 'settleDuplicate' ? [command.other] : casesNamedBy(command)?.ids;

/** Only for commands whose rules look into it, so that others cost no further question. */
async function dossierOf({ client, envelope, state }: Deciding): Promise<DossierFacts | undefined> {
  const { actor, command } = envelope;
  return state && isOfficial(actor) && readsDossier(command.type)
    ? findDossierFacts(client, state.id, state.dossier.version)
    : undefined;
}

/** Papers and people that an official's command names must be in the dossier that it speaks of. */
function findUnknownInDossier(
  { envelope: { actor, command }, state, rules }: Deciding,
  dossier: DossierFacts | undefined,
): Refused | undefined {
  if (!isOfficial(actor) || !state) return undefined;
  const kind = findParty(rules, actor.party)?.kind;
  if (
    command.type === 'nominateRecipient' &&
    // Whom they may not know of is as one who is not there.
    !(
      mayNominate(state, command.recipient, kind) &&
      dossier?.recipients.some(({ ref }) => ref === command.recipient)
    )
  )
    return rejected('unknown-recipient', { field: 'recipient' });
  const isKnown = (ref: DocumentRef): boolean => {
    const paper = findDocument(dossier, ref);
    return paper !== undefined && kind !== undefined && readsPaper(kind, paper, whomOf(command, state));
  };
  const unknown = documentsIn(command).find(({ ref }) => !isKnown(ref));
  return unknown && rejected('unknown-document', { field: unknown.field });
}

/** Whose papers a command may rest on beside the child’s. */
const whomOf = (command: Command, state: ReturnCase): RecipientRef =>
  command.type === 'attestFacet' &&
  command.recipient !== undefined &&
  alternatesOf(state).includes(command.recipient)
    ? command.recipient
    : state.recipient.ref;

const documentFields = [
  'evidence',
  'documents',
  'permission',
  'determination',
  'waiver',
  'document',
] as const;

function documentsIn(command: Command): { field: string; ref: DocumentRef }[] {
  const given = command as Partial<Record<(typeof documentFields)[number], DocumentRef | DocumentRef[]>>;
  return documentFields.flatMap((field) => [given[field] ?? []].flat().map((ref) => ({ field, ref })));
}
