import { canonicalHash } from '../../src/contracts/seal';
import type { CaseId } from '../../src/domain/ids';
import { aDossier, newReference, openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

let room: RecordRoom;
beforeAll(async () => {
  room = await openRecordRoom();
});
afterAll(() => room.close());

/** Opens a case of a child whose 18th birthday lies so many days ahead; negative when it is past. */
async function caseOfChildComingOfAgeIn(days: number): Promise<CaseId> {
  const birth = new Date(Date.now() + days * 86_400_000);
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
  await room.register.openCase({
    envelope: room.envelope('ua-official-1', id, command),
    dossier,
    notes: [],
    mechanism: { id: 'doha', version: 2 },
  });
  return id;
}

const milestoneOf = async (id: CaseId): Promise<number | undefined> =>
  (await room.register.listComingOfAge()).find((reached) => reached.case === id)?.daysLeft;

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
    await expect(room.register.submit(envelope, { knownVersion: 0, route: 'system' })).resolves.toMatchObject(
      { outcome: 'recorded' },
    );
    expect(await milestoneOf(id)).toBeUndefined();
  });
});
