import { z } from 'zod';
import { boardEntrySchema, pageOf } from '../../contracts/http-answers';
import { lineOf } from '../../contracts/dossier-text';
import type { ReturnCase } from '../../domain/case';
import type { PartyKind } from '../../domain/parties';
import { stages } from '../../domain/stages';
import type { BoardEntry } from '../../register/board';
import { readsField } from '../case-view';
import { defineRoute } from '../define-route';
import { openPage, pageQuery, sealPage } from '../page-query';

const yesOrNo = z
  .enum(['true', 'false'])
  .transform((word) => word === 'true')
  .optional();

/** Entries follow the case's own table of readers: each hidden field names the part of the case it tells of. */
const restricted = {
  stalledSince: 'stalledSince',
  siblings: 'siblings',
  hosted: 'stay',
} as const satisfies Partial<Record<keyof BoardEntry, keyof ReturnCase>>;

export const listCases = defineRoute({
  id: 'listCases',
  method: 'get',
  path: '/v1/cases',
  summary: 'The board: cases of your party',
  query: z.strictObject({
    stage: z.enum(stages).optional(),
    open: yesOrNo.meta({ description: 'Open or closed ones only' }),
    waitingOn: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,63}$/, { error: 'must be the id of a party' })
      .optional()
      .meta({ description: 'A party that owes the case something now' }),
    stalled: yesOrNo,
    urgent: yesOrNo,
    hosted: yesOrNo,
    onHold: yesOrNo,
    text: lineOf(100).optional().meta({
      description: 'Beginning of a reference; for mediator and requesting side also part of a name',
    }),
    order: z.enum(['due', 'opened']).default('due'),
    ...pageQuery,
  }),
  answers: { 200: { description: 'One page', schema: pageOf(boardEntrySchema) } },
  async handle({ parts, query }, { reader }) {
    const { cursor, limit, ...filter } = query;
    const list = `cases:${filter.order}`;
    const page = openPage(list, { limit, ...(cursor !== undefined && { cursor }) }, parts.sealKey);
    // A filter over what a reader may not see would tell it by the answer.
    const stalled = readsField(reader.kind, 'stalledSince') ? filter.stalled : undefined;
    const hosted = readsField(reader.kind, 'stay') ? filter.hosted : undefined;
    const found = await parts.register.board(reader, withoutUndefined({ ...filter, stalled, hosted }), page);
    return {
      status: 200,
      body: sealPage(list, found, parts.sealKey, (entry) => entryFor(reader.kind, entry)),
    };
  },
});

const withoutUndefined = <Filter extends object>(filter: Filter): Filter =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as Filter;

function entryFor(kind: PartyKind, entry: BoardEntry): Partial<BoardEntry> {
  const hidden = Object.entries(restricted).filter(([, field]) => !readsField(kind, field));
  return Object.fromEntries(Object.entries(entry).filter(([key]) => !hidden.some(([name]) => name === key)));
}
