import type { Mechanism } from '../../src/contracts/mechanism/mechanism';
import { canonicalHash, sealEnvelope } from '../../src/contracts/seal';
import type { Command, CommandEnvelope } from '../../src/domain/model/commands';
import type { CaseId } from '../../src/domain/model/ids';
import type { OfficialActor } from '../../src/domain/model/parties';
import { caseAt, openRecordRoom, sealKey } from './support/record-room';
import type { RecordRoom } from './support/record-room';

let room: RecordRoom;
let newest: Mechanism;
beforeAll(async () => {
  room = await openRecordRoom({ capacity: 20 });
  newest = room.mechanism;
});
afterAll(() => room.close());

type Official = Mechanism['officials'][number];
/** A new version of the mechanism, in which this official is another. */
async function change(id: string, to: (official: Official) => Official): Promise<void> {
  newest = {
    ...newest,
    version: newest.version + 1,
    officials: newest.officials.map((official) => (official.id === id ? to(official) : official)),
  };
  await keep();
}
async function restore(): Promise<void> {
  newest = { ...room.mechanism, version: newest.version + 1 };
  await keep();
}
/** As an earlier release kept it, which let an official go over to another party; then taken, as at every start. */
async function keep(): Promise<void> {
  await room.pool.query('insert into mechanisms (id, version, content, hash) values ($1, $2, $3, $4)', [
    ...[newest.id, newest.version, JSON.stringify(newest), canonicalHash(newest)],
  ]);
  await room.record.saveMechanism(newest);
}
const hours = (from: number): string => new Date(Date.now() + from * 3_600_000).toISOString();
const sealed = (
  official: string,
  id: CaseId,
  command: Command,
  until: string | undefined = hours(24),
): CommandEnvelope => {
  const { seal: _seal, ...plain } = room.envelope(official, id, command);
  const mechanism = { id: room.mechanism.id, version: room.mechanism.version };
  return sealEnvelope({ ...plain, sealing: { mechanism, until } }, sealKey);
};
const arrive = (envelope: CommandEnvelope) =>
  room.record.submit(envelope, { knownVersion: 0, route: 'process' });
const approvalOf = async (id: CaseId): Promise<Command> => {
  const { plan } = (await room.record.load(id))!.state;
  return { type: 'approvePlan', planVersion: plan!.version, planHash: plan!.hash, conditions: [] };
};
const hold: Command = { type: 'placeHold', hold: 'hold-1', reason: 'safety' };
/** Both sides have approved; the holding side may say it again. */
const agreed = () => caseAt(room, 'agreed');

describe('authority is judged when a command is recorded, not when it was sealed', () => {
  afterEach(restore);

  const endings: [string, (official: Official) => Official][] = [
    ['left', (official) => ({ ...official, active: false })],
    ['went over to another party', (official) => ({ ...official, party: 'qatar', roles: ['lead'] })],
  ];
  for (const [what, to] of endings) {
    it(`refuses the sealed approval, hold and withdrawal of a decider who ${what} meanwhile`, async () => {
      const id = await agreed();
      const kept = [
        sealed('ru-decider', id, await approvalOf(id)),
        sealed('ru-decider', id, { type: 'withdrawApproval' }),
        sealed('ru-decider', id, hold),
      ];
      await change('ru-decider', to);
      for (const envelope of kept)
        expect(await arrive(envelope)).toMatchObject({
          outcome: 'refused',
          rejection: { code: 'authority-ended' },
        });
    });
  }

  it('lets what was recorded while they were in office count on', async () => {
    const id = await agreed();
    await change('ru-decider', (official) => ({ ...official, active: false }));
    expect((await room.record.load(id))!.state.decisions.russia).toMatchObject({ act: 'approve' });
  });

  it('counts only the roles that are still theirs, and records no other', async () => {
    const id = await agreed();
    const approval = sealed('ru-decider', id, await approvalOf(id));
    const held = sealed('ru-decider', id, hold);
    await change('ru-decider', (official) => ({ ...official, roles: ['official'] }));
    expect(await arrive(approval)).toMatchObject({ rejection: { code: 'not-your-command' } });
    const { events, outcome } = await arrive(held);
    expect(outcome).toBe('recorded');
    expect(events.at(-1)?.actor).toMatchObject({ official: 'ru-decider', roles: [] });
  });

  it('counts a lent role only while its absence lasts', async () => {
    const id = await caseAt(room, 'ready');
    const declared = await room.record.absences.declare({
      ...{ mechanism: newest.id, by: 'qa-lead', request: 'qa-lead:away' },
      ...{ official: 'qa-lead', deputy: 'qa-officer-1', until: hours(24) },
    });
    if ('fault' in declared) throw new Error(declared.fault.code);
    const { actor, ...plain } = room.envelope('qa-officer-1', id, { type: 'depart' });
    const roles = ['case-officer', 'lead'] as const;
    const depart = (commandId: string) =>
      arrive(
        sealEnvelope({ ...plain, id: commandId, actor: { ...(actor as OfficialActor), roles } }, sealKey),
      );
    await room.record.absences.end({
      ...{ mechanism: newest.id, by: 'qa-lead', request: 'qa-lead:back' },
      id: declared.absence.id,
    });
    expect(await depart('qa-officer-1:after')).toMatchObject({ rejection: { code: 'not-your-command' } });
    await room.record.absences.declare({
      ...{ mechanism: newest.id, by: 'qa-lead', request: 'qa-lead:away-again' },
      ...{ official: 'qa-lead', deputy: 'qa-officer-1', until: hours(24) },
    });
    expect((await depart('qa-officer-1:while-away')).rejection?.code).not.toBe('not-your-command');
  });

  it('refuses an opening by one who has left', async () => {
    await change('ua-official-1', (official) => ({ ...official, active: false }));
    expect(await room.open()).toMatchObject({ rejection: { code: 'authority-ended' } });
  });
});

describe('a seal ends', () => {
  it('and an approval that comes after its end is refused; before it, it is taken', async () => {
    const id = await agreed();
    expect(await arrive(sealed('ru-decider', id, await approvalOf(id), hours(-0.01)))).toMatchObject({
      rejection: { code: 'seal-expired' },
    });
    const inTime = sealed('ru-decider', id, await approvalOf(id));
    expect((await arrive(inTime)).rejection?.code).not.toBe('seal-expired');
  });

  it('but not for a hold or a withdrawal of one who is in office', async () => {
    const id = await agreed();
    expect(await arrive(sealed('ru-decider', id, { type: 'withdrawApproval' }, hours(-48)))).toMatchObject({
      outcome: 'recorded',
    });
    expect(await arrive(sealed('ru-decider', id, hold, hours(-48)))).toMatchObject({ outcome: 'recorded' });
  });

  it('and what it says of its end can’t be changed', async () => {
    const id = await agreed();
    const over = sealed('ru-decider', id, await approvalOf(id), hours(-1));
    const longer = { ...over, sealing: { ...over.sealing!, until: hours(1) } };
    expect(await arrive(longer)).toMatchObject({ rejection: { code: 'seal-missing' } });
    const { sealing: _sealing, ...endless } = over;
    expect(await arrive(endless)).toMatchObject({ rejection: { code: 'seal-missing' } });
  });

  it('a repeat of what was recorded gets its first answer, however late it comes', async () => {
    const id = await agreed();
    const envelope = sealed('ru-decider', id, hold, hours(-1));
    await arrive(envelope);
    expect(await arrive(envelope)).toMatchObject({ outcome: 'repeated' });
  });

  it('one from before this release, which names no end, is taken for a day after the upgrade', async () => {
    const id = await agreed();
    const again = (): CommandEnvelope =>
      room.envelope('qa-officer-1', id, { type: 'recordMediation', party: 'nobody' });
    expect((await arrive(again())).rejection?.code).not.toBe('seal-expired');
    await room.pool.query(`update kysely_migration set timestamp = $1 where name = '0017-trust'`, [
      hours(-25),
    ]);
    expect((await arrive(again())).rejection?.code).toBe('seal-expired');
  });
});
