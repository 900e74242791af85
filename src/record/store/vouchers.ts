/** Vouchers as rows: written with what they vouch for, in its transaction. */
import { vouchFor } from '../../contracts/voucher';
import type { StreamKindName, VouchedEvent, VouchedFor, VouchingWay } from '../../contracts/voucher';
import type { EventRow } from './case-reader';
import { writerOf } from '../postgres/row-statements';

export interface VoucherRow {
  readonly kind: VouchedFor['kind'];
  readonly id: string;
  /** Of a case the events after this version up to `upto`; of a mechanism its version. */
  readonly after: number;
  readonly upto: number;
  readonly how: VouchingWay;
  readonly key_id: string;
  readonly seal: string;
}

export const writeVouchers = writerOf<VoucherRow>({
  table: 'vouchers',
  columns: {
    ...{ kind: 'text', id: 'text', after: 'integer', upto: 'integer', how: 'text' },
    ...{ key_id: 'text', seal: 'text' },
  },
  onConflict: { key: ['kind', 'id', 'upto', 'key_id', 'seal'], then: 'nothing' },
});

/** JSON, as it will be read: optional fields that are carried as undefined are not stored. */
const asStored = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

export const vouchedEventOf = ({
  version,
  at,
  actor,
  command_id,
  event,
  place,
}: EventRow<{ readonly type: string }>): VouchedEvent => ({
  ...{ version, at, actor, event, place },
  commandId: command_id,
});

type OfStream = Extract<VouchedFor, { kind: StreamKindName }>;
export function streamVoucherRow(vouching: OfStream, key: string): VoucherRow {
  const { kind, id, after, upto, how } = vouching;
  const { keyId, seal } = vouchFor(asStored(vouching), key);
  return { kind, id, after, upto, how, key_id: keyId, seal };
}

export function voucherRow(
  subject: Exclude<VouchedFor, OfStream>,
  key: string,
  how: VouchingWay = 'recorded',
): VoucherRow {
  const { keyId, seal } = vouchFor(asStored(subject), key);
  const upto = subject.kind === 'mechanism' ? subject.version : 1;
  return { kind: subject.kind, id: subject.id, after: upto - 1, upto, how, key_id: keyId, seal };
}

/** The vouchers of a row of which `id` and `upto` are these expressions, as one column of JSON. */
export const vouchersOf = (kind: VouchedFor['kind'], id: string, upto: string): string => /* sql */ `
  (select coalesce(jsonb_agg(jsonb_build_object('keyId', key_id, 'seal', seal)), '[]') from vouchers
    where vouchers.kind = '${kind}' and vouchers.id = ${id} and vouchers.upto = ${upto})`;
