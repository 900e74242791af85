/** A case that is named by another says so to whoever may know of both (issue 9, A5). */
import { caseViewSchema } from '../../../src/contracts/http/answers';
import { timelineEntrySchema } from '../../../src/contracts/http/events';
import { withoutHiddenCases } from '../../../src/http/views/other-cases';
import { acceptance, playInRecord, proposal, verification } from '../../workflows/support/plain-return';
import { openApiRoom } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

describe('a case that a sibling’s case has named', () => {
  let room: ApiRoom;
  beforeAll(async () => {
    room = await openApiRoom('http-links', { worker: false });
  });
  afterAll(() => room.close());

  it('shows the sibling, and the gate that waits for it, before anybody is told 409', async () => {
    const older = await room.open();
    await playInRecord(room.process, older, [...acceptance, ...verification, proposal]);
    const younger = await room.open({ siblings: [older] });
    const answer = await room.as('qa-lead').get(`/v1/cases/${older}`).expect(200);
    const view = caseViewSchema.parse(answer.body);
    expect(view.siblings).toEqual([younger]);
    expect(view.gate).toContainEqual({ blocker: 'sibling-not-cleared', subject: younger });
    const { body } = await room.as('ru-official-1').get(`/v1/cases/${older}/timeline`).expect(200);
    const entries = (body as { items: unknown[] }).items.map((item) => timelineEntrySchema.parse(item));
    expect(entries.at(-1)).toMatchObject({ type: 'SiblingsLinked', siblings: [younger] });
  });

  it('leaves no reference where the other case is not the reader’s', () => {
    const seen = {
      id: 'AAAA-0001',
      siblings: ['AAAA-0002', 'AAAA-0003'],
      duplicates: [{ other: 'AAAA-0003', since: '2026-11-27T00:00:00.000Z' }],
      obligations: [{ key: 'settle-duplicate:AAAA-0003:m@t', subject: 'AAAA-0003' }],
      gate: [{ blocker: 'sibling-not-cleared', subject: 'AAAA-0003' }],
    };
    expect(withoutHiddenCases(seen, new Set(['AAAA-0001', 'AAAA-0002']))).toEqual({
      id: 'AAAA-0001',
      siblings: ['AAAA-0002'],
      duplicates: [],
      obligations: [],
      gate: [{ blocker: 'sibling-not-cleared' }],
    });
  });
});
