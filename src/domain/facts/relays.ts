/**
 * What the relayed words of a case and of a group have in common: one mediator enters, a second confirms, and a paper speaks of
 * what it was entered for alone. Source: docs/rules.md, "Relayed decisions"; never-rules 1 and 8.
 */
import type { OfficialId, Sha256 } from '../model/ids';
import type { OfficialActor } from '../model/parties';
import { rejected } from '../model/rejections';
import type { Rejection } from '../model/rejections';

/** One that was ever entered. */
export interface EnteredRelay {
  readonly id: string;
  /** Absent for those carried over from before they were kept. */
  readonly documentHash?: Sha256;
  readonly repudiatedAt?: string;
}

/** What stops somebody is not lost to an id that is taken. */
export function freeRelayId(
  relays: readonly { readonly id: string }[],
  version: number,
  asked: string,
): string {
  const isTaken = (id: string): boolean => relays.some((relay) => relay.id === id);
  let id = asked;
  for (let next = version + 1; isTaken(id); next += 1) id = `${asked}-${next}`;
  return id;
}

/** A paper speaks of one thing, and of nothing once the side has disowned it. */
export const isSpent = <Relay extends EnteredRelay>(
  relay: Relay,
  documentHash: Sha256,
  speaksOfAnother: (relay: Relay) => boolean,
): boolean =>
  relay.documentHash === documentHash && (relay.repudiatedAt !== undefined || speaksOfAnother(relay));

/** What the second of two may confirm: never the one who entered it. */
export function confirmable<Pending extends { readonly id: string; readonly enteredBy: OfficialActor }>(
  pending: readonly Pending[],
  relay: string,
  official: OfficialId,
): Pending | { rejection: Rejection } {
  const found = pending.find(({ id }) => id === relay);
  if (!found) return rejected('unknown-relay', { field: 'relay' });
  return found.enteredBy.official === official ? rejected('own-relay') : found;
}
