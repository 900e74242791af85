/** Seen when done, 1: nobody does anything, and everybody who should hear of it does, in order and once. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SunkMail } from '../../src/simulation/mail-page';
import { eventually } from '../stack/run-stack';
import { onlyAcknowledging, rehearse } from './support/rehearsal';

jest.setTimeout(180_000);

interface Inbox {
  readonly items: readonly { readonly case: string; readonly kind: string; readonly key: string }[];
}

/** In words that do not depend on the reader's language. */
const kindsTo = (mails: readonly SunkMail[], address: string, id: string): string[] =>
  mails
    .filter(({ to, subject }) => to.includes(address) && subject.includes(id))
    .flatMap(({ kinds }) => kinds);

describe('a case left alone', () => {
  const rehearsal = rehearse(
    onlyAcknowledging(
      [
        { after: 'PT3S', act: 'remind' },
        { after: 'PT5S', act: 'escalate' },
      ],
      { stalledAfter: { usual: 'PT8S', urgent: 'PT8S', tracing: 'PT8S' } },
    ),
  );

  it('brings a reminder, an escalation and the word that it has stalled, in that order and once each', async () => {
    const [id = ''] = await rehearsal().open(1);
    await eventually(async () => {
      expect(kindsTo(await rehearsal().mails(), 'lead@', id)).toContain('case-stalled');
    }, 40_000);
    await sleep(5_000);
    const mails = await rehearsal().mails();
    // Two obligations begin with a case, each told once, and the lead owes it an officer; only one has a ladder here.
    const begun = ['waiting', 'waiting'];
    expect(kindsTo(mails, 'lead@', id)).toEqual([
      'waiting',
      ...begun,
      'reminder',
      'escalation',
      'case-stalled',
    ]);
    expect(kindsTo(mails, 'officer-1@', id)).toEqual([...begun, 'reminder']);
    expect(kindsTo(mails, 'officer-2@', id)).toEqual([...begun, 'reminder']);
    expect(
      mails.filter(({ subject, kinds }) => subject.includes(id) && !kinds.includes('waiting')),
    ).toHaveLength(5);
  });

  it('says no more once somebody has seen it and said by when they will act', async () => {
    const [id = ''] = await rehearsal().open(1);
    const officer = rehearsal().officials().official('qa-officer-1');
    const { items } = await officer.get<Inbox>('/v1/inbox');
    const owed = items.find((item) => item.case === id && item.kind === 'acknowledge-case');
    const until = new Date(Date.now() + 10_000).toISOString();
    await officer.command(
      id,
      { type: 'acknowledgeObligation', obligation: owed?.key ?? '', until },
      `seen-by-${id}`,
    );
    await sleep(7_000);
    const reminders = (await rehearsal().mails()).filter(
      ({ subject, kinds }) =>
        subject.includes(id) && kinds.some((kind) => kind === 'reminder' || kind === 'escalation'),
    );
    expect(reminders).toEqual([]);
  });
});
