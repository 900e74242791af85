/**
 * Whether what is stored of a case or a group is what the record wrote: every event is vouched for, and each official's event is
 * followed back to its command and the seal of that. Pure; `self-check.ts` reads and writes.
 */
import { isSealed } from '../../contracts/seal';
import type { AnyEnvelope, SealKeys } from '../../contracts/seal';
import { isVouched, keyIdOf } from '../../contracts/voucher';
import type { StreamKindName, VouchedEvent, Voucher, VouchingWay } from '../../contracts/voucher';
import type { Command } from '../../domain/model/commands';
import type { CaseEvent } from '../../domain/model/events';
import type { CommandId } from '../../domain/model/ids';
import { isOfficial } from '../../domain/model/parties';
import type { Receipt } from '../store/submission';

export const doubtCodes = {
  unvouched: 'nobody with the record’s key has written this event',
  altered: 'the event, its command or its voucher was changed',
  'version-missing': 'an event is missing',
  'command-missing': 'there is no command behind the event',
  'command-differs': 'the command behind the event is of another case, sender or time',
  'seal-wrong': 'the command behind the event was not sealed by the API',
  'says-otherwise': 'the command behind the event says something else',
  'dossier-differs': 'the newest dossier is not the one that was recorded',
  'mechanism-unvouched': 'nobody with the record’s key has kept this version of the mechanism',
  'absence-unvouched': 'nobody with the record’s key has declared this absence',
} as const;
export type DoubtCode = keyof typeof doubtCodes;
export interface Doubt {
  readonly version: number;
  readonly code: DoubtCode;
}

export interface StoredCommand {
  readonly id: CommandId;
  readonly case: string;
  readonly envelope: AnyEnvelope;
  readonly receipt: Receipt | null;
}
export interface StoredRange extends Voucher {
  readonly after: number;
  readonly upto: number;
  readonly how: VouchingWay;
}
/** One case, or one group, as it is stored. */
export interface StoredStream {
  readonly kind: StreamKindName;
  readonly id: string;
  /** In the order of their versions. */
  readonly events: readonly VouchedEvent[];
  readonly commands: ReadonlyMap<CommandId, StoredCommand>;
  readonly ranges: readonly StoredRange[];
}

/** Envelopes of the commands behind some events, in the order of the events. */
export const commandsBehind = (
  events: readonly VouchedEvent[],
  commands: StoredStream['commands'],
): AnyEnvelope[] =>
  [...new Set(events.map(({ commandId }) => commandId))].flatMap((id) => commands.get(id)?.envelope ?? []);

export const eventsIn = ({ events }: StoredStream, after: number, upto: number): VouchedEvent[] =>
  events.filter(({ version }) => version > after && version <= upto);

/** Whether exactly these events, with their commands, are vouched for by one of the keys. */
function isWhole(stored: StoredStream, range: StoredRange, keys: readonly string[]): boolean {
  const { after, upto, how } = range;
  const events = eventsIn(stored, after, upto);
  const commands = commandsBehind(events, stored.commands);
  return isVouched({ kind: stored.kind, id: stored.id, after, upto, how, commands, events }, [range], keys);
}

/** The versions that are vouched for by one of the keys. */
export function vouchedVersions(stored: StoredStream, keys: readonly string[]): ReadonlySet<number> {
  const vouched = new Set<number>();
  for (const range of stored.ranges)
    if (isWhole(stored, range, keys))
      for (let version = range.after + 1; version <= range.upto; version += 1) vouched.add(version);
  return vouched;
}

export function doubtsOf(stored: StoredStream, keys: SealKeys): Doubt[] {
  const vouched = vouchedVersions(stored, keys);
  return [
    ...missingVersions(stored),
    ...stored.events.flatMap((event): Doubt[] => {
      const { version } = event;
      if (!vouched.has(version)) {
        const isClaimed = stored.ranges.some(({ after, upto }) => version > after && version <= upto);
        return [{ version, code: isClaimed ? 'altered' : 'unvouched' }];
      }
      const code = commandDoubt(stored, event, keys, { mayBeRetired: true });
      return code ? [{ version, code }] : [];
    }),
  ];
}

/** What keeps events from before there were vouchers from being believed: no seal, or one over something else. */
export function doubtsOfOld(stored: StoredStream, upto: number, keys: SealKeys): Doubt[] {
  return eventsIn(stored, 0, upto).flatMap((event) => {
    const code =
      commandDoubt(stored, event, keys, { mayBeRetired: false }) ??
      (saysOtherwise(event.event, stored.commands.get(event.commandId)?.envelope.command)
        ? 'says-otherwise'
        : undefined);
    return code ? [{ version: event.version, code }] : [];
  });
}

const missingVersions = ({ events }: StoredStream): Doubt[] =>
  events.flatMap(({ version }, index) =>
    version === (events[index - 1]?.version ?? 0) + 1 ? [] : [{ version, code: 'version-missing' as const }],
  );

function commandDoubt(
  { id, commands }: StoredStream,
  { version, actor, commandId }: VouchedEvent,
  keys: SealKeys,
  { mayBeRetired }: { mayBeRetired: boolean },
): DoubtCode | undefined {
  const command = commands.get(commandId);
  if (!command?.receipt) return 'command-missing';
  const { envelope, receipt } = command;
  const sender = envelope.actor;
  const isSame =
    command.case === id &&
    envelope.case === id &&
    envelope.id === commandId &&
    version > receipt.fromVersion &&
    version <= receipt.toVersion &&
    (isOfficial(actor)
      ? isOfficial(sender) &&
        sender.official === actor.official &&
        sender.party === actor.party &&
        // Fewer are recorded when some were no longer theirs.
        actor.roles.every((role) => sender.roles.includes(role))
      : !isOfficial(sender) && sender.system === actor.system);
  if (!isSame) return 'command-differs';
  if (!isOfficial(sender) || isSealed(envelope, keys)) return undefined;
  // Its key may be out of use; that it was right when the voucher was made is what the voucher says.
  const { sealing } = envelope;
  const isRetired = mayBeRetired && (!sealing?.key || !keys.some((key) => keyIdOf(key) === sealing.key));
  return isRetired ? undefined : 'seal-wrong';
}

/** By which commands release 0.1 decided, and what of them must stand in the event. */
const oldDecisions: Partial<Record<CaseEvent['type'], Partial<Record<Command['type'], readonly string[]>>>> =
  {
    PlanApproved: { approvePlan: ['planVersion', 'planHash'], confirmRelay: ['relay'] },
    PlanObjected: { objectToPlan: ['planVersion', 'planHash'], confirmRelay: ['relay'] },
    FacetAttested: { attestFacet: ['facet', 'finding', 'validUntil'] },
    AttestationUpheld: { reviewAttestation: ['facet'] },
    BestInterestsDetermined: { determineBestInterests: ['outcome', 'determination'] },
    DecisionRelayed: { relayDecision: ['relay', 'party'] },
    RelayConfirmed: { confirmRelay: ['relay'] },
  };

function saysOtherwise(event: VouchedEvent['event'], command: AnyEnvelope['command'] | undefined): boolean {
  const expected = oldDecisions[event.type as CaseEvent['type']];
  if (!expected || !command) return false;
  const fields = expected[command.type as Command['type']];
  const [said, stands] = [command, event] as unknown as Record<string, unknown>[];
  return !fields?.every((field) => said?.[field] === stands?.[field]);
}
