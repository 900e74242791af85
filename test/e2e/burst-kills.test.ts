/**
 * Parts die by kill -9, at random moments, while reminders fall due: afterwards every official has each reminder
 * once. A mail whose acceptance the dying dispatcher could not write down goes out again under the same
 * Message-ID; nothing else may come twice, and nothing may be missing.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { byReceiver } from '../../src/simulation/mail-page';
import type { SunkMail } from '../../src/simulation/mail-page';
import { eventually } from '../stack/run-stack';
import { onlyAcknowledging, rehearse } from './support/rehearsal';

jest.setTimeout(300_000);
const cases = 25;
/** Officers and lead of the mediator owe it. */
const receivers = ['officer-1@', 'officer-2@', 'lead@'];

describe('a burst of reminders', () => {
  const rehearsal = rehearse(onlyAcknowledging([{ after: 'PT12S', act: 'remind' }], {}));

  it('comes whole and once through kill -9 of Postgres, Temporal and Homeward itself', async () => {
    const ids = await rehearsal().open(cases);
    await sleep(6_000);
    const { tree } = rehearsal();
    let ownDeaths = 0;
    for (const part of ['postgres', 'temporal', 'homeward', 'postgres', 'homeward', 'temporal'] as const) {
      await sleep(500 + Math.random() * 2_500);
      if (part === 'homeward') {
        tree.kill();
        ownDeaths += 1;
        await rehearsal().start();
      } else tree.killPart(part);
    }
    const reminders = async (): Promise<SunkMail[]> =>
      (await rehearsal().mails()).filter(({ kinds }) => kinds.includes('reminder'));
    const expected = receivers.flatMap((receiver) => ids.map((id) => `${receiver} ${id}`)).sort();
    await eventually(async () => {
      const seen = new Set(
        (await reminders()).flatMap(({ to, subject }) => {
          const receiver = receivers.find((name) => to.includes(name));
          const id = ids.find((one) => subject.includes(one));
          return receiver !== undefined && id !== undefined ? [`${receiver} ${id}`] : [];
        }),
      );
      expect([...seen].sort()).toEqual(expected);
    }, 150_000);
    await sleep(5_000);
    const mails = await reminders();
    const distinct = new Set(mails.map(({ to, messageId }) => `${to} ${messageId}`));
    expect(distinct.size).toBe(expected.length);
    // As many as a dispatcher can have in hand when it dies.
    expect(mails.length - distinct.size).toBeLessThanOrEqual(ownDeaths * 16 + 16);
    expect(byReceiver(mails)).toHaveLength(receivers.length);
  });
});
