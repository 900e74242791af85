import { canonicalHash } from '../../src/contracts/seal';
import type { CaseId } from '../../src/domain/model/ids';
import { aDossier, newReference, openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';
import { daysFromToday } from '../support/days';

let room: RecordRoom;
beforeAll(async () => {
  room = await openRecordRoom();
});
afterAll(() => room.close());

/** Opens a case of a child whose 18th birthday lies so many days ahead; negative when it is past. */
async function caseOfChildComingOfAgeIn(days: number): Promise<CaseId> {
  const birth = new Date(daysFromToday(days));
  birth.setUTCFullYear(birth.getUTCFullYear() - 18);
  const dossier = {
    ...aDossier,
    child: { ...aDossier.child, birthDate: { exact: birth.toISOString().slice(0, 10) } },
  };
  const id = newReference();
  const command = {
    type: 'openCase',
    requestingParty: 'ukraine',
    holdingParty: 'russia',
    dossier: { version: 1, hash: canonicalHash(dossier) },
    recipient: 'recipient-1',
    whereaboutsKnown: true,
    medicallyUrgent: false,
    siblings: [],
  } as const;
  await room.record.openCase({
    envelope: room.envelope('ua-official-1', id, command),
    dossier,
    notes: [],
    mechanism: { id: 'doha', version: 3 },
  });
  return id;
}

const milestoneOf = async (id: CaseId): Promise<number | undefined> =>
  (await room.record.listComingOfAge()).find((reached) => reached.case === id)?.daysLeft;

describe('a child who nears the 18th birthday', () => {
  it.each([
    [181, undefined],
    [180, 180],
    [91, 180],
    [90, 90],
    [30, 30],
    [1, 30],
    [0, 0],
    [-400, 0],
  ])('%i days before it is at the milestone %s', async (days, milestone) => {
    expect(await milestoneOf(await caseOfChildComingOfAgeIn(days))).toBe(milestone);
  });

  it('is named once for each milestone', async () => {
    const id = await caseOfChildComingOfAgeIn(29);
    const command = { type: 'noteMajority', daysLeft: 30 } as const;
    const envelope = { id: `majority:${id}:30`, case: id, actor: { system: 'upkeep' }, command } as const;
    await expect(room.record.submit(envelope, { knownVersion: 0, route: 'system' })).resolves.toMatchObject({
      outcome: 'recorded',
    });
    expect(await milestoneOf(id)).toBeUndefined();
  });

  it('is looked at again on the day of the next milestone only, and no more once all are noted', async () => {
    const id = await caseOfChildComingOfAgeIn(20);
    const nextLook = async (): Promise<string | undefined> => {
      await room.record.listComingOfAge();
      const { rows } = await room.pool.query<{ on: string }>(
        'select look_on as on from majorities where case_id = $1',
        [id],
      );
      return rows[0]?.on;
    };
    const note = (daysLeft: 180 | 90 | 30 | 0) =>
      room.act({ system: 'upkeep' }, id, { type: 'noteMajority', daysLeft });
    expect(await nextLook()).toBe(daysFromToday(20 - 180));
    await note(30);
    expect(await nextLook()).toBe(daysFromToday(20));
    await note(0);
    // That day has come.
    await room.pool.query('update majorities set look_on = current_date where case_id = $1', [id]);
    expect(await nextLook()).toBeUndefined();
    expect(await milestoneOf(id)).toBeUndefined();
  });

  it('is not named in a case that is closed, nor once the dossier is erased', async () => {
    const [closed, erased] = [await caseOfChildComingOfAgeIn(10), await caseOfChildComingOfAgeIn(10)];
    await room.act('ua-official-1', closed, { type: 'withdrawRequest' });
    await room.act('qa-officer-1', closed, { type: 'closeCase', outcome: 'withdrawn' });
    await room.pool.query('delete from dossiers where case_id = $1', [erased]);
    expect([await milestoneOf(closed), await milestoneOf(erased)]).toEqual([undefined, undefined]);
    const { rows } = await room.pool.query('select from majorities where case_id = any ($1)', [
      [closed, erased],
    ]);
    expect(rows).toEqual([]);
  });

  it('is judged by the newest dossier, also when it makes the child younger or older', async () => {
    const id = await caseOfChildComingOfAgeIn(10);
    expect(await milestoneOf(id)).toBe(30);
    for (const [birthDate, milestone] of [
      [{ exact: '2020-02-29' }, undefined],
      [{ estimated: { from: '1990-01-01', to: '2020-01-01' } }, 0],
    ] as const) {
      const dossier = await room.record.stageDossier(id, {
        ...aDossier,
        child: { ...aDossier.child, birthDate },
      });
      await room.act('ua-official-1', id, { type: 'reviseDossier', dossier, facets: [], material: false });
      expect(await milestoneOf(id)).toBe(milestone);
    }
  });
});
