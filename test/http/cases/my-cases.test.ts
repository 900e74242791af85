/** "My cases": those of which the reader is officer or deputy, and of whom a colleague who is away is. */
import { directoryOf, readerOf } from '../../../src/auth/official-directory';
import type { Reader } from '../../../src/auth/official-directory';
import type { CaseId } from '../../../src/domain/model/ids';
import { prepareCommand } from '../../../src/http/commands/prepare-command';
import type { ApiParts } from '../../../src/http/api-parts';
import type { Granted, RouteDefinition } from '../../../src/http/define-route';
import { getInbox } from '../../../src/http/routes/get-inbox';
import { listCases } from '../../../src/http/routes/list-cases';
import { openRecordRoom, sealKey } from '../../record/support/record-room';
import type { RecordRoom } from '../../record/support/record-room';

let room: RecordRoom;
let parts: ApiParts;
let [mine, asDeputy, others, nobodys]: CaseId[] = [];
beforeAll(async () => {
  room = await openRecordRoom();
  const findOfficial = directoryOf({
    loadMechanism: () => Promise.resolve(room.mechanism),
    loadAbsences: () => room.record.absences.current(room.mechanism.id),
  });
  // Of all that the API is made of, these routes need no more.
  parts = { record: room.record, sealKey, sealHours: 1, findOfficial } as unknown as ApiParts;
  [mine, asDeputy, others, nobodys] = await Promise.all(
    Array.from({ length: 4 }, () => room.open().then((opened) => opened.case)),
  );
  await room.act('qa-lead', mine!, { type: 'assignOfficer', officer: 'qa-officer-1' });
  await room.act('qa-lead', asDeputy!, {
    ...{ type: 'assignOfficer', officer: 'qa-lead', deputy: 'qa-officer-1' },
  });
  await room.act('qa-lead', others!, { type: 'assignOfficer', officer: 'qa-officer-2' });
});
afterAll(() => room.close());

const readerNamed = async (id: string): Promise<Reader> => readerOf((await parts.findOfficial(id))!);
/** What the route answers whom the policy has let in. */
async function answerOf(route: RouteDefinition, official: string, query: object) {
  const call = { parts, params: {}, body: undefined, headers: { idempotencyKey: '' }, adjusted: [] };
  const granted = { reader: await readerNamed(official) } as unknown as Granted;
  const { body } = await route.handle({ ...call, query: route.query!.parse(query) }, granted);
  return body as { items: { case: string }[]; counts: { total: number } };
}
const casesIn = ({ items }: { items: readonly { readonly case: string }[] }): string[] =>
  [...new Set(items.map((item) => item.case))].sort();
const boardOf = (official: string, query: object = { mine: 'true' }): Promise<string[]> =>
  answerOf(listCases, official, query).then(casesIn);
const inboxOf = (official: string, query: object = { mine: 'true' }): Promise<string[]> =>
  answerOf(getInbox, official, { scope: 'party', ...query }).then(casesIn);
const sorted = (...ids: (CaseId | undefined)[]): string[] => (ids as string[]).sort();

describe('the mediator’s own cases', () => {
  it('are on the board those of which one is officer or deputy', async () => {
    expect(await boardOf('qa-officer-1')).toEqual(sorted(mine, asDeputy));
    expect(await boardOf('qa-officer-2')).toEqual(sorted(others));
    expect(await boardOf('qa-duty')).toEqual([]);
    expect(await boardOf('qa-lead', {})).toEqual(sorted(mine, asDeputy, others, nobodys));
    expect(await boardOf('qa-officer-1', { mine: 'true', waitingKind: 'acknowledge-case' })).toEqual(
      sorted(mine, asDeputy),
    );
  });

  it('are counted alone', async () => {
    expect(await answerOf(listCases, 'qa-officer-1', { mine: 'true' })).toMatchObject({
      counts: { total: 2 },
    });
  });

  it('are in the inbox what is owed in them', async () => {
    expect(await inboxOf('qa-officer-1')).toEqual(sorted(mine, asDeputy));
    expect(await inboxOf('qa-officer-1', { mine: 'false' })).toEqual(sorted(mine, asDeputy, others, nobodys));
    expect(await inboxOf('qa-duty')).toEqual([]);
  });

  it('are those of a colleague too, while one stands in for them', async () => {
    const declared = await room.record.absences.declare({
      ...{ mechanism: room.mechanism.id, by: 'qa-officer-1', request: 'away' },
      ...{ official: 'qa-officer-1', deputy: 'qa-officer-2' },
      until: new Date(Date.now() + 86_400_000).toISOString(),
    });
    if ('fault' in declared) throw new Error(declared.fault.code);
    expect(await boardOf('qa-officer-2')).toEqual(sorted(mine, asDeputy, others));
    expect(await inboxOf('qa-officer-2')).toEqual(sorted(mine, asDeputy, others));
    // To nobody else.
    expect(await boardOf('qa-lead')).toEqual(sorted(asDeputy));
    await room.record.absences.end({
      ...{ mechanism: room.mechanism.id, by: 'qa-officer-1', request: 'back', id: declared.absence.id },
    });
    expect(await boardOf('qa-officer-2')).toEqual(sorted(others));
  });

  it('are nothing that another party could ask for: the question changes no answer', async () => {
    expect(await boardOf('ua-official-1')).toEqual(await boardOf('ua-official-1', {}));
    expect(await inboxOf('ua-official-1')).toEqual(await inboxOf('ua-official-1', {}));
  });
});

describe('whom a case is given to', () => {
  const asked = async (officer: string, deputy?: string) =>
    prepareCommand({ parts, reader: await readerNamed('qa-lead'), headers: { idempotencyKey: 'k' } }, mine!, {
      ...{ type: 'assignOfficer', officer },
      ...(deputy !== undefined && { deputy }),
    }).then(
      () => 'taken',
      (problem: unknown) => problem,
    );

  it('is a case officer or lead of the mediator’s, and so is the deputy', async () => {
    expect(await asked('qa-officer-1', 'qa-lead')).toBe('taken');
    for (const unfit of ['qa-duty', 'qa-reviewer', 'ua-official-1', 'nobody'])
      expect([unfit, await asked(unfit), await asked('qa-lead', unfit)]).toEqual([
        unfit,
        expect.objectContaining({ code: 'unknown-official' }),
        expect.objectContaining({ code: 'unknown-official' }),
      ]);
  });

  it('is nobody who has such a role elsewhere', async () => {
    const elsewhere = (id: string) =>
      parts
        .findOfficial(id)
        .then((known) => known && { ...known, party: 'another', kind: 'mediator' as const });
    const reader = await readerNamed('qa-lead');
    const call = { parts: { ...parts, findOfficial: elsewhere }, reader, headers: { idempotencyKey: 'k' } };
    await expect(
      prepareCommand(call, mine!, { type: 'assignOfficer', officer: 'qa-officer-1' }),
    ).rejects.toMatchObject({ code: 'unknown-official' });
  });
});
