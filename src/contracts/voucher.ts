/**
 * Vouchers: what the record's own key says of rows that are stored, so that a row which nobody with the key has
 * written is found. The key is known to API and worker and never to the database. `docs/decisions/trust-vouchers.md`.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { CommandId } from '../domain/model/ids';
import type { Actor } from '../domain/model/parties';
import type { Instant } from '../domain/calendar/time';
import { canonicalJson } from './seal';
import type { AnyEnvelope } from './seal';

export interface Voucher {
  /** Of the key that made it; tells nothing of the key. */
  readonly keyId: string;
  readonly seal: string;
}
/** An event as a voucher speaks of it: everything that stands in its row. */
export interface VouchedEvent {
  readonly version: number;
  readonly at: Instant;
  readonly actor: Actor;
  readonly commandId: CommandId;
  readonly event: { readonly type: string };
  readonly place: number | null;
}
/**
 * How rows came to be vouched for: by the transaction that recorded them; by the upgrade, after the seals of their
 * commands were found right; by an operator who takes what is stored as true.
 */
export const vouchingWays = ['recorded', 'adopted', 'by-hand'] as const;
export type VouchingWay = (typeof vouchingWays)[number];

/** Kinds of stream that the record keeps. */
export const streamKinds = ['case', 'group'] as const;
export type StreamKindName = (typeof streamKinds)[number];

/** What a voucher speaks of, to the last field. */
export type VouchedFor =
  | {
      /** A stream of events. */
      readonly kind: StreamKindName;
      readonly id: string;
      /** Of the events after this version up to that one. */
      readonly after: number;
      readonly upto: number;
      readonly how: VouchingWay;
      readonly commands: readonly AnyEnvelope[];
      readonly events: readonly VouchedEvent[];
    }
  | { readonly kind: 'mechanism'; readonly id: string; readonly version: number; readonly content: unknown }
  | { readonly kind: 'absence'; readonly id: string; readonly content: unknown };

/** Another key than the one of the seals, so that neither can ever stand for the other. */
const derived = (key: string): Buffer => createHmac('sha256', key).update('homeward voucher key 1').digest();
export const keyIdOf = (key: string): string =>
  createHash('sha256').update(derived(key)).digest('hex').slice(0, 12);

export const vouchFor = (subject: VouchedFor, key: string): Voucher => ({
  keyId: keyIdOf(key),
  seal: createHmac('sha256', derived(key)).update(canonicalJson(subject), 'utf8').digest('hex'),
});

/** Whether one of the vouchers was made for exactly this, by one of the keys. */
export const isVouched = (
  subject: VouchedFor,
  vouchers: readonly Voucher[],
  keys: readonly string[],
): boolean =>
  keys.some((key) => {
    const mine = vouchers.filter(({ keyId }) => keyId === keyIdOf(key));
    if (mine.length === 0) return false;
    const expected = Buffer.from(vouchFor(subject, key).seal, 'hex');
    return mine.some(({ seal }) => {
      const given = Buffer.from(seal, 'hex');
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
  });
