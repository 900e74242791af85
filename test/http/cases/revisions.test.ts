/** A dossier revised under standing approvals: proposed by one, confirmed by another party, told to both sides (E20). */
import { caseViewSchema, commandAnswerSchema } from '../../../src/contracts/http/answers';
import { aDossier } from '../../record/support/record-room';
import {
  acceptance,
  approvalBy,
  playInRecord,
  proposal as planProposal,
  verification,
} from '../../workflows/support/plain-return';
import { newKey, openApiRoom, refusalOf } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

/** The recipient's passport is another one: number, zone and hash. */
const swapped = {
  ...aDossier,
  documents: aDossier.documents.map((paper) =>
    paper.id === 'doc-3' ? { ...paper, number: 'CANARY77', sha256: '7'.repeat(64) } : paper,
  ),
};
const noted = { ...aDossier, sourceNote: 'a canary of the second revision' };

describe('a revision of the dossier after the approvals', () => {
  let room: ApiRoom;
  let id: string;
  beforeAll(async () => {
    room = await openApiRoom('http-revisions', { worker: false });
  });
  beforeEach(async () => {
    id = await room.open();
    await playInRecord(room.process, id, [...acceptance, ...verification, planProposal]);
    const { record } = room.process;
    await record.submit(
      {
        id: `system:${newKey()}`,
        case: id,
        actor: { system: 'process' },
        command: { type: 'putPlanToSides', planVersion: 1 },
      },
      { knownVersion: 0, route: 'system' },
    );
    await playInRecord(room.process, id, [approvalBy('ua-decider'), approvalBy('ru-decider')]);
  });
  afterAll(() => room.close());

  const seenBy = async (official: string) => {
    const answer = await room.as(official).get(`/v1/cases/${id}`).expect(200);
    return { view: caseViewSchema.parse(answer.body), text: answer.text, etag: String(answer.headers.etag) };
  };
  const revise = async (official: string, dossier: object, key = newKey(), seen?: string) => {
    const etag = seen ?? (await seenBy(official)).etag;
    return room
      .as(official)
      .put(`/v1/cases/${id}/dossier`, dossier, { 'if-match': etag, 'idempotency-key': key });
  };
  const proposed = async (official: string, dossier: object): Promise<string> => {
    const answer = await revise(official, dossier);
    expect(answer.status).toBe(200);
    return commandAnswerSchema.parse(answer.body).proposal!;
  };
  const send = (official: string, command: object) =>
    room.as(official).post(`/v1/cases/${id}/commands`, command);
  const told = async (notice: string) => {
    const { rows } = await room.process.pool.query<{ party: string }>(
      `select distinct party from outbox where case_id = $1 and notice ->> 'kind' = $2 order by party`,
      [id, notice],
    );
    return rows.map(({ party }) => party);
  };
  const staged = async (): Promise<number> => {
    await room.process.record.forgetStagedDossiers(0);
    const { rows } = await room.process.pool.query('select from staged_dossiers where case_id = $1', [id]);
    return rows.length;
  };

  it('is answered as a proposal, changes nothing, shuts the gate and is told to both sides', async () => {
    const key = newKey();
    const { etag } = await seenBy('ua-official-1');
    const first = await revise('ua-official-1', swapped, key, etag);
    const answer = commandAnswerSchema.parse(first.body);
    expect([first.status, answer.outcome]).toEqual([200, 'recorded']);
    expect(answer.proposal).toMatch(/^reviseDossier-\d+$/);
    const again = await revise('ua-official-1', swapped, key, etag);
    expect(commandAnswerSchema.parse(again.body)).toMatchObject({
      outcome: 'repeated',
      receipt: answer.receipt,
      proposal: answer.proposal,
    });
    expect(await told('revision-proposed')).toEqual(expect.arrayContaining(['russia', 'ukraine']));
    expect(await told('dossier-revised')).toEqual([]);
    for (const official of ['ua-official-2', 'qa-officer-1']) {
      const { view } = await seenBy(official);
      expect(view.dossierVersion).toBe(1);
      expect(view.dossier).toEqual(aDossier);
      expect(view.proposedDossier).toEqual(swapped);
      expect(view.proposedDossiers).toEqual([{ proposal: answer.proposal, dossier: swapped }]);
      expect(view.gate).toContainEqual({ blocker: 'revision-unconfirmed', subject: answer.proposal });
    }
    const holding = await seenBy('ru-official-1');
    expect(holding.view.proposals).toMatchObject([{ id: answer.proposal, act: { type: 'reviseDossier' } }]);
    expect(holding.view.gate).toContainEqual({ blocker: 'revision-unconfirmed', subject: answer.proposal });
    const { act } = (await room.process.state(id)).proposals![0]!;
    const hash = act.type === 'reviseDossier' ? act.dossier.hash : 'none';
    for (const secret of ['CANARY77', '7'.repeat(64), hash]) expect(holding.text).not.toContain(secret);
    expect(await staged()).toBe(1);
  });

  it('counts when a person of another party confirms it, and then nothing is agreed any more', async () => {
    const proposal = await proposed('ua-official-1', swapped);
    const confirm = { type: 'confirmProposal', proposal };
    for (const official of ['ua-official-1', 'ua-official-2', 'ru-decider', 'qa-reviewer'])
      expect(refusalOf(await send(official, confirm))).toEqual([403, 'not-your-command']);
    await send('qa-officer-1', confirm).expect(200);
    const { view } = await seenBy('ua-official-1');
    expect([view.dossierVersion, view.dossier]).toEqual([2, swapped]);
    expect(view.proposedDossier).toBeUndefined();
    expect((await room.process.state(id)).plan?.lapsed).toMatchObject({ reason: 'dossier-changed' });
    expect(await told('dossier-revised')).toEqual(expect.arrayContaining(['russia', 'ukraine']));
    expect(await staged()).toBe(0);
    expect((await send('qa-officer-1', confirm)).status).toBe(403);
  });

  it('of the mediator is for the requesting side to confirm', async () => {
    const proposal = await proposed('qa-officer-1', noted);
    expect(refusalOf(await send('qa-lead', { type: 'confirmProposal', proposal }))).toEqual([
      403,
      'not-your-command',
    ]);
    await send('ua-official-1', { type: 'confirmProposal', proposal }).expect(200);
    expect((await seenBy('qa-officer-1')).view.dossier).toEqual(noted);
    // Nothing that a plan rests on: what was agreed stands.
    expect((await room.process.state(id)).plan?.lapsed).toBeUndefined();
  });

  it('that is rejected leaves everything as it was agreed, and no paper of it behind', async () => {
    const proposal = await proposed('ua-official-1', swapped);
    await send('qa-officer-1', { type: 'rejectProposal', proposal, note: 'no such passport' }).expect(200);
    const { view, text } = await seenBy('qa-officer-1');
    expect([view.dossierVersion, view.proposedDossier]).toEqual([1, undefined]);
    expect(text).not.toContain('CANARY77');
    expect(view.gate?.map(({ blocker }) => blocker)).not.toContain('revision-unconfirmed');
    expect(await staged()).toBe(0);
    expect(await told('dossier-revised')).toEqual([]);
  });

  it('beside another that waits: each is shown under its own proposal, and one alone can count', async () => {
    const passport = await proposed('ua-official-1', swapped);
    const note = await proposed('ua-official-2', noted);
    expect((await seenBy('qa-officer-1')).view.proposedDossiers).toEqual([
      { proposal: passport, dossier: swapped },
      { proposal: note, dossier: noted },
    ]);
    await send('qa-officer-1', { type: 'confirmProposal', proposal: note }).expect(200);
    expect((await seenBy('qa-officer-1')).view.dossier).toEqual(noted);
    const late = await send('qa-officer-1', { type: 'confirmProposal', proposal: passport });
    expect(refusalOf(late)).toEqual([409, 'stale-version']);
    await send('ua-official-1', { type: 'rejectProposal', proposal: passport }).expect(200);
    expect(await staged()).toBe(0);
  });
});
