/** What was entered in a side's name is the side's to read, to the word (issue 9, E21). */
import { acceptance, playInRecord, proposal, verification } from '../../workflows/support/plain-return';
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
});
