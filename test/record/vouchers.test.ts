import type { Mechanism } from '../../src/contracts/mechanism/mechanism';
import { sealEnvelope } from '../../src/contracts/seal';
import type { CaseEvent } from '../../src/domain/model/events';
import type { CaseId } from '../../src/domain/model/ids';
import type { Actor } from '../../src/domain/model/parties';
import { createRecord } from '../../src/record/record';
import type { CaseRecord } from '../../src/record/record';
import { caseAt, openRecordRoom, sealKey } from './support/record-room';
import type { RecordRoom } from './support/record-room';

let room: RecordRoom;
beforeAll(async () => {
  room = await openRecordRoom({ capacity: 20 });
});
afterAll(() => room.close());

/** As a thief of the database writes an event: a row like any other, with a command or without. */
async function plant(id: CaseId, actor: Actor, event: CaseEvent, commandId: string): Promise<number> {
  const { rows } = await room.pool.query<{ version: number }>(
    `insert into events (case_id, version, at, event, actor, command_id)
     select $1, max(version) + 1, clock_timestamp(), $2, $3, $4 from events where case_id = $1 returning version`,
    [id, JSON.stringify(event), JSON.stringify(actor), commandId],
  );
  const { version } = rows[0]!;
  await room.pool.query(`update cases set version = $2, head = $3 where id = $1`, [id, version, commandId]);
  return version;
}
async function approvalOf(id: CaseId, party: string): Promise<CaseEvent> {
  const { plan, decisionCounts } = (await room.record.load(id))!.state;
  return {
    type: 'PlanApproved',
    ...{ party, planVersion: plan!.version, planHash: plan!.hash, conditions: [] },
    sequence: (decisionCounts[party] ?? 0) + 1,
    expiresAt: new Date(Date.now() + 30 * 86_400_000).toISOString(),
  };
}
const doubtsOf = async (id: CaseId) => {
  await room.record.selfCheck.checkCase(id);
  return (await room.record.selfCheck.listDoubts()).filter((doubt) => doubt.id === id);
};
const ready = () => caseAt(room, 'ready');

describe('an event that the record did not write', () => {
  it('an approval inserted as the application’s role keeps the gate shut, and is told', async () => {
    const id = await ready();
    await room.act('ru-decider', id, { type: 'withdrawApproval' });
    const actor = room.actor('ru-decider');
    const version = await plant(id, actor, await approvalOf(id, 'russia'), 'ru-decider:forged');
    await plant(id, { system: 'process' }, { type: 'StageEntered', stage: 'hosting' }, 'process:forged');
    expect((await room.record.load(id))!.state).toMatchObject({
      stage: 'hosting',
      decisions: { russia: { act: 'approve' } },
    });
    expect(await room.send('qa-lead', id, { type: 'depart' })).toMatchObject({
      outcome: 'refused',
      rejection: { code: 'record-in-doubt' },
    });
    expect(await doubtsOf(id)).toContainEqual({ kind: 'case', id, version, code: 'unvouched' });
  });

  it('closes the gate even when nothing else does', async () => {
    const id = await ready();
    await plant(id, { system: 'process' }, { type: 'CaseAcknowledged' }, 'process:forged');
    expect(await room.send('qa-lead', id, { type: 'depart' })).toMatchObject({
      rejection: { code: 'record-in-doubt' },
    });
    expect((await room.record.systemStatus()).doubts).toBeGreaterThan(0);
  });

  it('closes the gate of a sibling that departs with it', async () => {
    const other = await ready();
    const id = await caseAt(room, 'ready', { siblings: [other] });
    await plant(other, { system: 'process' }, { type: 'CaseAcknowledged' }, 'process:forged');
    expect((await room.send('qa-lead', id, { type: 'depart' })).rejection?.code).toBe('record-in-doubt');
  });

  it('no hand-over is confirmed on it', async () => {
    const id = await caseAt(room, 'departed');
    await room.act('es-escort-1', id, { type: 'arrive' });
    await room.act('qa-officer-1', id, { type: 'identifyChild', how: 'photograph', matches: true });
    await room.act('qa-interviewer', id, {
      type: 'recordHearing',
      recipient: 'recipient-1',
      answer: 'willing',
    });
    await plant(
      id,
      room.actor('re-receiver'),
      { type: 'RecipientIdentified', matches: true, documentHash: '0'.repeat(64) },
      're-receiver:forged',
    );
    expect((await room.send('re-receiver', id, { type: 'confirmHandover' })).rejection?.code).toBe(
      'record-in-doubt',
    );
  });

  it('a hold and a withdrawal are taken all the same', async () => {
    const id = await ready();
    await plant(id, { system: 'process' }, { type: 'CaseAcknowledged' }, 'process:forged');
    await room.act('ru-decider', id, { type: 'placeHold', hold: 'hold-1', reason: 'safety' } as never);
    await room.act('ru-decider', id, { type: 'withdrawApproval' });
  });

  it('borrowing a real command, its seal or its voucher does not help', async () => {
    const id = await ready();
    const { rows } = await room.pool.query<{ command_id: string }>(
      `select command_id from events where case_id = $1 and type = 'PlanApproved' order by version desc`,
      [id],
    );
    const real = rows[0]!;
    const version = await plant(
      id,
      room.actor('ru-decider'),
      await approvalOf(id, 'russia'),
      real.command_id,
    );
    await room.pool.query(
      `insert into vouchers (kind, id, after, upto, how, key_id, seal)
       select kind, id, $2::integer - 1, $2::integer, how, key_id, seal from vouchers
        where id = $1 order by upto desc limit 1`,
      [id, version],
    );
    expect(await doubtsOf(id)).toEqual([{ kind: 'case', id, version, code: 'altered' }]);
  });

  it('a command added to it, sealed with a key of one’s own, does not help either', async () => {
    const id = await ready();
    const version = await plant(
      id,
      room.actor('ru-decider'),
      await approvalOf(id, 'russia'),
      'ru-decider:own',
    );
    const envelope = sealEnvelope(
      room.envelope('ru-decider', id, { type: 'recordMediation', party: 'russia' }, { id: 'ru-decider:own' }),
      'a key that the thief has made for it',
    );
    const receipt = { fromVersion: version - 1, toVersion: version };
    await room.pool.query(
      `insert into commands (id, case_id, status, body_hash, envelope, answer, answered_at)
       values ($1, $2, 'recorded', '', $3, $4, clock_timestamp())`,
      [envelope.id, id, JSON.stringify(envelope), JSON.stringify({ receipt })],
    );
    expect((await doubtsOf(id)).map(({ code }) => code)).toEqual(['unvouched']);
  });

  it('a dossier put beside the recorded one is found', async () => {
    const id = await ready();
    await room.pool.query(
      `insert into dossiers (case_id, version, content, hash, at)
       select case_id, version + 1, content || '{"swapped": true}', hash, clock_timestamp() from dossiers where case_id = $1`,
      [id],
    );
    expect((await room.send('qa-lead', id, { type: 'depart' })).rejection?.code).toBe('record-in-doubt');
    expect((await doubtsOf(id)).map(({ code }) => code)).toEqual(['dossier-differs']);
  });
});

describe('what the record wrote', () => {
  it('is never in doubt, whatever was recorded, in any stage', async () => {
    const ids = [];
    for (const milestone of ['verified', 'agreed', 'hosted', 'departed', 'handed-over'] as const)
      ids.push(await caseAt(room, milestone));
    for (const id of ids) expect(await doubtsOf(id)).toEqual([]);
  });

  it('nor is a command that was refused first and recorded under a new seal', async () => {
    const id = await caseAt(room, 'agreed');
    const depart = (): Promise<unknown> =>
      room.record.take(room.envelope('qa-lead', id, { type: 'depart' }, { id: 'qa-lead:twice' }), {});
    await depart();
    await depart();
    await room.act('qa-officer-1', id, { type: 'recordMediation', party: 'russia' }).catch(() => undefined);
    expect(await doubtsOf(id)).toEqual([]);
  });

  it('a round looks at every case once a day, and at those first that were never looked at', async () => {
    const id = await ready();
    let round = await room.record.selfCheck.round(1_000);
    expect(round.left).toBe(0);
    round = await room.record.selfCheck.round(1_000);
    expect(round.checked).toBe(0);
    await plant(id, { system: 'process' }, { type: 'CaseAcknowledged' }, 'process:forged');
    await room.pool.query(
      `update record_checks set checked_at = checked_at - interval '21 hours' where case_id = $1`,
      [id],
    );
    expect((await room.record.selfCheck.round(1_000)).found).toEqual([
      expect.objectContaining({ id, code: 'unvouched' }),
    ]);
  });
});

describe('who is in office', () => {
  const forged = async (change: (mechanism: Mechanism) => Mechanism): Promise<void> => {
    const version = room.mechanism.version + 90;
    await room.pool.query(`insert into mechanisms (id, version, content, hash) values ($1, $2, $3, '')`, [
      room.mechanism.id,
      version,
      JSON.stringify(change({ ...room.mechanism, version })),
    ]);
  };

  it('is not what somebody wrote into the database', async () => {
    const id = await caseAt(room, 'agreed');
    await forged((mechanism) => ({
      ...mechanism,
      officials: mechanism.officials.filter((official) => official.id !== 'ru-decider'),
    }));
    expect((await room.record.latestMechanism(room.mechanism.id))!.mechanism.version).toBe(
      room.mechanism.version,
    );
    await room.act('ru-decider', id, { type: 'withdrawApproval' });
    expect((await room.record.selfCheck.round(0)).found).toContainEqual(
      expect.objectContaining({ kind: 'mechanism', code: 'mechanism-unvouched' }),
    );
  });

  it('nor is a deputy whom nobody named', async () => {
    await room.pool.query(
      `insert into absences (id, mechanism_id, party, official, deputy, starts_at, until, declared_by, declared_at,
                             request, request_hash)
       values ('forged', $1, 'qatar', 'qa-lead', 'qa-officer-1', clock_timestamp(), clock_timestamp() + interval '1 day',
               'qa-lead', clock_timestamp(), 'forged', '')`,
      [room.mechanism.id],
    );
    expect(await room.record.absences.current(room.mechanism.id)).toEqual([]);
    expect(await room.record.selfCheck.listDoubts()).not.toContainEqual(
      expect.objectContaining({ kind: 'absence' }),
    );
    await room.record.selfCheck.round(0);
    expect(await room.record.selfCheck.listDoubts()).toContainEqual(
      expect.objectContaining({ kind: 'absence', id: 'forged' }),
    );
  });
});

describe('the key is replaced', () => {
  const next = 'the key that comes after it, for tests';
  const withKeys = (key: string, oldSealKeys: string[] = []): CaseRecord =>
    createRecord({ pool: room.pool, sealKey: key, oldSealKeys });

  it('with both keys nothing is in doubt; after one round the old one may go', async () => {
    const id = await ready();
    const both = withKeys(next, [sealKey]);
    await both.selfCheck.adopt();
    expect(await both.selfCheck.checkCase(id)).toEqual([]);
    const alone = withKeys(next);
    expect(await alone.selfCheck.checkCase(id)).toEqual([]);
    expect((await alone.latestMechanism(room.mechanism.id))!.mechanism.version).toBe(room.mechanism.version);
    const depart = sealEnvelope(room.envelope('qa-lead', id, { type: 'depart' }), next);
    expect((await alone.take(depart, {})).rejection?.code).not.toBe('record-in-doubt');
  });

  it('what was sealed with the old one is taken while it is listed, and not after', async () => {
    const id = await caseAt(room, 'agreed');
    const old = (): Parameters<CaseRecord['submit']>[0] =>
      room.envelope('ru-decider', id, { type: 'placeHold', hold: 'hold-1', reason: 'safety' } as never);
    const options = { knownVersion: 0, route: 'process' } as const;
    expect(await withKeys(next).submit(old(), options)).toMatchObject({
      rejection: { code: 'seal-missing' },
    });
    expect(await withKeys(next, [sealKey]).submit(old(), options)).toMatchObject({ outcome: 'recorded' });
  });

  it('without the old one everything that only it vouched for is in doubt', async () => {
    const id = await ready();
    const codes = (await withKeys(next).selfCheck.checkCase(id)).map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['altered']));
  });

  it('a process with a wrong key gives no letter up: whoever can read the mechanism sends it', async () => {
    await room.record.outbox.route(1_000, () => ({ letters: [], links: [], nobody: [] }));
    await room.act('ru-official-1', (await room.open()).case, { type: 'reportMedicalEmergency' });
    const astray = withKeys('a key of a worker that was set up wrong');
    const lost = await astray.outbox.route(1_000, ({ notices }) => ({
      letters: [],
      links: [],
      nobody: notices.map(({ id }) => id),
    }));
    expect(lost).toEqual({ routed: 0, nobody: [] });
    const { rows } = await room.pool.query<{ status: string }>(
      `select distinct status from outbox where notice ->> 'kind' = 'emergency'`,
    );
    expect(rows).toEqual([{ status: 'pending' }]);
  });
});
