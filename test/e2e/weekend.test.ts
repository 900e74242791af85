/** Everything stood still over fourteen due reminders: afterwards each official gets one digest, not fourteen mails. */
import { setTimeout as sleep } from 'node:timers/promises';
import { byReceiver } from '../../src/simulation/mail-page';
import type { SunkMail } from '../../src/simulation/mail-page';
import { eventually } from '../stack/run-stack';
import { onlyAcknowledging, rehearse } from './support/rehearsal';

jest.setTimeout(300_000);
const reminders = 14;
/** Days of half a minute, so that a start beside another suite ends within one; a digest’s slots are the multiples. */
const dayMs = 30_000;
const untilNextDay = (): Promise<void> => sleep(dayMs - (Date.now() % dayMs));

describe('a weekend', () => {
  const rehearsal = rehearse(
    onlyAcknowledging([{ after: 'PT60S', act: 'remind' }], { digest: { every: `PT${dayMs / 1_000}S` } }),
  );

  it('with everything switched off brings one digest to each official, and every case stands in it', async () => {
    const cases = await rehearsal().open(reminders);
    await untilNextDay();
    await sleep(4_000); // that the cases wait has been told by now
    await rehearsal().tree.stop();
    const before = (await rehearsal().mails()).length;
    await sleep(60_000); // every reminder falls due, and the hour of many a digest passes
    await untilNextDay(); // a start that takes long must not run into the next one
    await rehearsal().start();
    const since = async (): Promise<SunkMail[]> => (await rehearsal().mails()).slice(before);
    await eventually(async () => {
      const officer = (await since()).find(({ to }) => to.includes('officer-1@'));
      for (const id of cases) expect(officer?.text).toContain(id);
    }, 60_000);
    await untilNextDay();
    await sleep(4_000); // were there more to come, it would have come
    const receivers = byReceiver(await since());
    expect(receivers.map(([receiver]) => receiver).join()).toMatch(/lead@.*officer-1@.*officer-2@/);
    for (const [receiver, theirs] of receivers) expect([receiver, theirs.length]).toEqual([receiver, 1]);
  });
});
