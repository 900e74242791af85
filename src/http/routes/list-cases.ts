import { z } from 'zod';
import { boardCountsSchema, boardEntrySchema, pageOf } from '../../contracts/http/answers';
import { lineOf } from '../../contracts/dossier/text';
import { careCodes } from '../../domain/facts/care';
import type { ReturnCase } from '../../domain/model/case';
import type { CaseId } from '../../domain/model/ids';
import { obligationKinds } from '../../domain/model/obligation-kinds';
import { obligationKindsFor } from '../../domain/readers/obligation-readers';
import { stages } from '../../domain/model/stages';
import type { Reader } from '../../auth/official-directory';
import { boardOrders } from '../../record/reads/board';
import type { BoardEntry, CaseScope } from '../../record/reads/board';
import type { ApiParts } from '../api-parts';
import { readsCare } from '../views/case-process';
import { readsField } from '../views/case-view';
import { childBriefFor } from '../views/child-brief';
import { officersMeant } from '../views/my-cases';
import { defineRoute } from '../define-route';
import { findKnownCases } from '../views/other-cases';
import { openPage, pageQuery, partyId, sealPage, yesOrNo } from '../page-query';
import { omitUndefined } from '../../domain/model/omit-undefined';
import { Problem } from '../problem';
import { mineQuery } from './get-inbox';

/** Entries follow the case's own table of readers: each hidden field names the part of the case it tells of. */
const restricted = {
  stalledSince: 'stalledSince',
  siblings: 'siblings',
  hosted: 'stay',
  lapsesAt: 'facets',
} as const satisfies Partial<Record<keyof BoardEntry, keyof ReturnCase>>;

export const listCases = defineRoute({
  id: 'listCases',
  method: 'get',
  path: '/v1/cases',
  summary: 'The board: cases of your party',
  query: z.strictObject({
    stage: z.enum(stages).optional(),
    open: yesOrNo.meta({ description: 'Open or closed ones only' }),
    waitingOn: partyId.optional().meta({ description: 'A party that owes the case something now' }),
    waitingOnOfficial: z
      .string()
      .regex(/^[a-z][a-z0-9-]{1,39}$/, { error: 'must be the id of an official' })
      .optional()
      .meta({
        description: 'An official in whose roles something is owed: of your party; for the mediator of any',
      }),
    waitingKind: z.enum(obligationKinds).optional().meta({ description: 'What is owed now' }),
    overdue: yesOrNo.meta({ description: 'Something owed is past its due instant' }),
    lapsingWithinDays: z
      .string()
      .regex(/^\d{1,3}$/, { error: 'must be a number of days, 0 to 999' })
      .transform(Number)
      .optional()
      .meta({
        description: 'An approval, finding, paper or date window ends within so many days',
        override: { type: 'integer', minimum: 0, maximum: 999, pattern: undefined },
      }),
    stalled: yesOrNo,
    urgent: yesOrNo,
    hosted: yesOrNo,
    onHold: yesOrNo,
    mine: mineQuery,
    careWith: z.enum(careCodes).optional().meta({ description: 'In whose care the child is' }),
    interimCare: yesOrNo.meta({ description: 'In interim care, until somebody is found to stay with' }),
    unheard: yesOrNo.meta({ description: 'A hearing of the child is owed now' }),
    concern: yesOrNo.meta({ description: 'A concern for the child is open' }),
    text: lineOf(100).optional().meta({
      description: 'Beginning of a reference; for mediator and requesting side also part of a name',
    }),
    order: z
      .enum(boardOrders)
      .optional()
      .meta({
        description:
          '`waiting`: the longest waited for first. Unless given, by when what waitingOn, waitingOnOfficial, ' +
          'waitingKind or lapsingWithinDays finds is due or ends; without them as `due`',
      }),
    ...pageQuery,
  }),
  answers: {
    200: {
      description: 'One page; the first has counts',
      schema: pageOf(boardEntrySchema).extend({ counts: boardCountsSchema.optional() }),
    },
  },
  async handle({ parts, query }, { reader }) {
    const { cursor, limit, waitingOnOfficial, mine, ...filter } = query;
    // A place in a list is none in a list that is sorted by something else.
    const sortedBy = [filter.waitingKind, filter.waitingOn, waitingOnOfficial, filter.lapsingWithinDays];
    const list = `cases:${filter.order ?? sortedBy.join(':')}`;
    const page = openPage(list, { limit, ...(cursor !== undefined && { cursor }) }, parts.sealKey);
    // A filter over what a reader may not see would tell it by the answer.
    const stalled = readsField(reader.kind, 'stalledSince') ? filter.stalled : undefined;
    const hosted = readsField(reader.kind, 'stay') ? filter.hosted : undefined;
    const lapsingWithinDays = readsField(reader.kind, 'facets') ? filter.lapsingWithinDays : undefined;
    const careWith = filter.careWith && readsCare(reader.kind, filter.careWith) ? filter.careWith : undefined;
    const interimCare = readsCare(reader.kind, 'interim-care') ? filter.interimCare : undefined;
    const scope = scopeOf(reader);
    const isHidden = (party: string): boolean => scope?.kinds.length === 0 && party !== reader.party;
    const waitingOn =
      filter.waitingOn === undefined || isHidden(filter.waitingOn) ? undefined : filter.waitingOn;
    const waitingOnRoles = await officeOf(parts, reader, waitingOnOfficial);
    const asked = omitUndefined({
      ...filter,
      ...{ stalled, hosted, lapsingWithinDays, waitingOn, waitingOnRoles, careWith, interimCare },
      officers: await officersMeant(parts, reader, mine),
    });
    const found = await parts.record.board(reader, asked, page, scope);
    const counts = cursor === undefined ? await parts.record.boardCounts(reader, asked, scope) : undefined;
    const known = await findKnownCases(
      parts.record,
      reader,
      found.items.map(({ siblings }) => siblings),
    );
    const beside = await besideOf(parts, reader, found.items, scope);
    return {
      status: 200,
      body: {
        ...sealPage(list, found, parts.sealKey, (entry) => ({
          ...entryFor(reader, { ...entry, siblings: entry.siblings.filter((sibling) => known.has(sibling)) }),
          ...beside(entry.case),
        })),
        ...(counts && {
          counts: readsField(reader.kind, 'stalledSince') ? counts : { ...counts, stalled: 0 },
        }),
      },
    };
  },
});

/** What a row tells beside the case itself: whose child it is, and on whom it waits. */
async function besideOf(
  { record }: ApiParts,
  reader: Reader,
  entries: readonly BoardEntry[],
  scope: CaseScope | undefined,
) {
  const now = new Date().toISOString();
  const ids = entries.map((entry) => entry.case);
  const [dossiers, waits] = await Promise.all([record.newestDossiers(ids), record.waitsOfCases(ids, scope)]);
  return (id: CaseId) => {
    const dossier = dossiers.get(id);
    const child = dossier && childBriefFor(reader.kind, dossier, now);
    return {
      ...(child && { child }),
      waiting: (waits.get(id) ?? []).map((wait) => ({ ...wait, overdue: wait.due < now })),
    };
  };
}

/** Of all that is owed, what this reader may know of; the mediator of everything. */
export const scopeOf = ({ kind, party }: Reader): CaseScope | undefined =>
  kind === 'mediator' ? undefined : { party, kinds: obligationKindsFor(kind) };

/** Officials of other parties are known to the mediator alone; to others they are as unknown as those that never were. */
async function officeOf({ findOfficial }: ApiParts, reader: Reader, id: string | undefined) {
  if (id === undefined) return undefined;
  const official = await findOfficial(id);
  if (official && (reader.kind === 'mediator' || official.party === reader.party)) return official;
  const message = 'is not an official you know';
  throw new Problem('invalid-request', {
    errors: [{ pointer: '/waitingOnOfficial', code: 'unknown-official', message }],
  });
}

function entryFor({ kind }: Reader, entry: BoardEntry): Partial<BoardEntry> {
  const hidden = Object.entries(restricted).filter(([, field]) => !readsField(kind, field));
  const shown = Object.fromEntries(
    Object.entries(entry).filter(([key]) => !hidden.some(([name]) => name === key)),
  ) as Partial<BoardEntry>;
  // A list does not count for each case which events its reader may read; the case itself tells them.
  const { version, careWith, ...rest } = shown;
  return {
    ...(kind === 'mediator' && version !== undefined && { version }),
    ...rest,
    ...(careWith && readsCare(kind, careWith) && { careWith }),
  };
}
