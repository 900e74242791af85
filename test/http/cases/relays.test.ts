/** What was entered in a side's name is the side's to read, to the word (issue 9, E21). */
import { aDossier } from '../../record/support/record-room';
import {
  acceptance,
  approvalBy,
  departure,
  playInRecord,
  preparation,
  proposal,
  verification,
} from '../../workflows/support/plain-return';
import { openApiRoom } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';
import { today } from '../../support/days';

describe('a decision entered in a side’s name', () => {
  let room: ApiRoom;
  beforeAll(async () => {
    room = await openApiRoom('http-relays', { worker: false });
  });
  afterAll(() => room.close());

  it('is read by that side with its conditions in words, and by the others once it counts', async () => {
    const id = await room.open();
    await playInRecord(room.process, id, [...acceptance, ...verification, proposal]);
    const { plan } = (await room.process.record.load(id))!.state;
    const words = 'only with the grandmother present';
    await room.as('qa-officer-1').does(id, {
      type: 'relayDecision',
      relay: 'relay-1',
      party: 'russia',
      decision: {
        act: 'approve',
        planVersion: plan!.version,
        planHash: plan!.hash,
        conditions: [{ id: 'c1', note: words }],
      },
      source: {
        channel: 'note-verbale',
        reference: '№ 12/34',
        dated: today(),
        documentHash: 'a'.repeat(64),
      },
    });
    const seen = async (official: string): Promise<boolean[]> =>
      Promise.all(
        [`/v1/cases/${id}`, `/v1/cases/${id}/timeline`].map(async (path) =>
          (await room.as(official).get(path).expect(200)).text.includes(words),
        ),
      );
    expect(await seen('ru-official-1')).toEqual([true, true]);
    expect(await seen('ua-official-1')).toEqual([false, false]);
    await room.as('qa-officer-2').does(id, { type: 'confirmRelay', relay: 'relay-1' });
    expect(await seen('ru-official-1')).toEqual([true, true]);
    expect(await seen('ua-official-1')).toEqual([true, true]);
  });

  it('may be about whom the child is given to: by note, two mediators, said to everybody as relayed', async () => {
    const [mother] = aDossier.recipients;
    const dossier = { ...aDossier, recipients: [mother, { ...mother, id: 'recipient-2' }] };
    const id = await room.open({ dossier });
    const agreed = [
      ...acceptance,
      ...verification,
      proposal,
      approvalBy('ua-decider'),
      approvalBy('ru-decider'),
    ];
    await playInRecord(room.process, id, agreed);
    await room.process.record.submit(
      {
        id: `${id}:place`,
        case: id,
        actor: { system: 'process' },
        command: { type: 'requestPlace', planVersion: 1 },
      },
      { knownVersion: 0, route: 'system' },
    );
    await playInRecord(room.process, id, [...preparation, ...departure]);
    await room
      .as('ua-official-1')
      .does(id, { type: 'nominateRecipient', recipient: 'recipient-2', dossierVersion: 1 });
    await room.as('qa-officer-1').does(id, {
      type: 'relayDecision',
      relay: 'relay-1',
      party: 'russia',
      decision: { act: 'approve-recipient', recipient: 'recipient-2', note: 'The aunt may have him.' },
      source: { channel: 'note-verbale', reference: '№ 12/35', dated: today(), documentHash: 'b'.repeat(64) },
    });
    await room.as('qa-officer-2').does(id, { type: 'confirmRelay', relay: 'relay-1' });
    const { body } = await room.as('es-escort-1').get(`/v1/cases/${id}`).expect(200);
    expect(body.recipient).toMatchObject({
      approvedBy: ['russia'],
      relayed: [{ party: 'russia', relay: 'relay-1' }],
    });
    expect(JSON.stringify(body)).not.toContain('The aunt');
  });
});
