/** Seen when done, 2: the engine’s database is lost, every case runs on, and nobody gets a second mail. */
import { execFile } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../simulation/stack-tree';
import { onlyAcknowledging, rehearse } from '../e2e/support/rehearsal';
import { eventually } from '../stack/run-stack';

jest.setTimeout(300_000);

interface Status {
  readonly ok: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly next?: string }[];
}

describe('the drill of docs/operations.md', () => {
  const rehearsal = rehearse(onlyAcknowledging([{ after: 'PT3S', act: 'remind' }], {}));

  const homeward = (...words: string[]): Promise<{ code: number; answer: unknown }> =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        ['dist/src/cli/main.js', '--json', ...words],
        { cwd: root, env: { ...process.env, HOMEWARD_DATA: rehearsal().dataFolder } },
        (error, out) => {
          resolve({
            code: error ? Number(error.code ?? -1) : 0,
            answer: out === '' ? undefined : JSON.parse(out),
          });
        },
      );
    });
  const reminders = async (): Promise<string[]> =>
    (await rehearsal().mails())
      .filter(({ kinds }) => kinds.includes('reminder'))
      .map(({ to, subject }) => `${to} ${subject}`)
      .sort();

  it('brings every case back from the record, and sends no mail twice', async () => {
    const ids = await rehearsal().open(6);
    // The mediator's two case officers and lead each hear of each case.
    const before = await eventually(async () => {
      const found = await reminders();
      for (const id of ids) expect(found.filter((mail) => mail.includes(id))).toHaveLength(3);
      return found;
    }, 60_000);
    const mailsBefore = (await rehearsal().mails()).length;

    await rehearsal().tree.stop();
    const temporal = join(rehearsal().dataFolder, 'temporal');
    for (const file of readdirSync(temporal))
      if (file.startsWith('temporal.db')) rmSync(join(temporal, file));
    await rehearsal().start();

    // The upkeep may have been quicker than we are: either way all run in the end, and each was started once.
    const { code, answer } = await homeward('rebuild', '--all');
    expect({ code, answer }).toMatchObject({ code: 0, answer: { open: ids.length, failed: 0 } });
    await eventually(async () => {
      const { answer: status } = await homeward('ops', 'status');
      const wrong = (status as Status).checks.filter(({ ok }) => !ok).map(({ name }) => name);
      // What is overdue in this rehearsal is overdue on purpose.
      expect(wrong.filter((name) => name === 'processes' || name === 'worker')).toEqual([]);
    }, 60_000);

    const official = rehearsal().officials().first('mediator', ['case-officer']);
    for (const id of ids)
      await official.write('POST', `/v1/cases/${id}/commands`, { type: 'acknowledgeCase' }, `drill-${id}`);
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(await reminders()).toEqual(before);
    expect((await rehearsal().mails()).length).toBeGreaterThanOrEqual(mailsBefore);
  });
});
