import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { Worker } from '@temporalio/worker';
import { histories, historyFiles, readHistory, workflowIdIn } from './read-histories';
import { installRuntime } from '../../src/temporal/runtime';
import { workflowBundle } from '../support/workflow-bundle';
import { quiet } from '../workflows/support/process-room';

const files = historyFiles;
const read = readHistory;

/** Never-rule 10: cases of last year run on today’s code. */
describe('histories that earlier releases left behind', () => {
  beforeAll(() => {
    installRuntime(quiet);
  });

  it('are there for every branch of a return, and for the upkeep', () => {
    const branches = new Set(files.map((file) => file.split('.')[0]));
    expect([...branches].sort()).toEqual([
      'answered',
      'closed-early',
      'continued-as-new',
      'expiring',
      'followed',
      'followed-by-hand',
      'followed-continued',
      'followed-reminded',
      'hindered',
      'hold',
      'in-trouble',
      'interim-care',
      'objected',
      'plain',
      'put-to-sides',
      'rebuilt',
      'relayed',
      'reminded',
      'together',
      'trouble-answered',
      'upgraded',
      'upgraded-to-news',
      'upkeep',
      'upkeep-of-people',
      'withdrawn',
      'withdrawn-on-the-way',
    ]);
  });

  it('are followed by this release step by step, without one deviation', async () => {
    const results = Worker.runReplayHistories({ workflowBundle: await workflowBundle() }, histories());
    const failed: string[] = [];
    let replayed = 0;
    for await (const { workflowId, error } of results) {
      replayed += 1;
      if (error) failed.push(`${workflowId}: ${error.message}`);
    }
    expect(failed).toEqual([]);
    expect(replayed).toBe(files.length);
  });

  it('that took another way are noticed: the check can fail', async () => {
    const history = historyFromJSON(read('plain.1.json'));
    // A release that once had an activity here of another name.
    for (const { activityTaskScheduledEventAttributes: scheduled } of history.events ?? []) {
      if (scheduled?.activityType?.name === 'requestPlace') scheduled.activityType.name = 'askForPlace';
    }
    const workflowId = workflowIdIn(history);
    const replay = Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, history, workflowId);
    await expect(replay).rejects.toThrow(/[Nn]on-?determinis/);
  });

  it('hold no name and no address', () => {
    const words = ['Гаданий', 'Hadanyi', 'Hadana', 'Maryna', '@mediator.example', '@requesting.example'];
    for (const file of files) {
      const text = JSON.stringify(read(file), (key, value: unknown) =>
        key === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : value,
      );
      expect(words.filter((word) => text.includes(word))).toEqual([]);
    }
  });
});
