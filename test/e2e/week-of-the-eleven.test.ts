/** Seen when done, 5: the eleven wait for a week, and nobody gets more than one mail a day but for safety. */
import { setTimeout as sleep } from 'node:timers/promises';
import { byReceiver } from '../../src/simulation/mail-page';
import { openTheEleven } from '../../src/simulation/open-the-eleven';
import { eventually } from '../stack/run-stack';
import { rehearse } from './support/rehearsal';

jest.setTimeout(240_000);
/** Long enough that a digest of one day does not leave in the next; the ladders of `fast` go on by the second. */
const dayMs = 6_000;

describe('a week of the eleven', () => {
  const rehearsal = rehearse((fast) => ({ ...fast, digest: { every: `PT${dayMs / 1_000}S` } }));

  it('brings each official one mail a day at most, and every case left alone stands in one', async () => {
    const children = await openTheEleven(rehearsal().officials());
    await sleep(7 * dayMs);
    const officer = async () => {
      const mails = await rehearsal().mails();
      return mails.filter(({ to, kinds }) => to.includes('officer-1@') && kinds.includes('reminder'));
    };
    await eventually(async () => {
      const told = (await officer()).map(({ text }) => text).join('\n');
      for (const child of children) expect(told).toContain(child.case);
    }, 60_000);
    for (const [receiver, theirs] of byReceiver(await rehearsal().mails())) {
      const days = theirs
        .filter(({ safety }) => !safety)
        .map(({ receivedAt }) => Math.floor(receivedAt / dayMs));
      expect([receiver, days]).toEqual([receiver, [...new Set(days)]]);
    }
  });
});
