/** Thousands of obligations that fall due at one instant: how soon everybody is told, and what decisions wait meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Officials } from '../../src/simulation/officials';
import { decideSteadily, type Decision, type DecisionFigures } from './decide-steadily';
import type { GroupName } from './mechanism-versions';
import type { Setting } from './setting';
import type { Usage } from './watch';

export interface BurstFigures {
  readonly group: GroupName;
  readonly cases: number;
  readonly spreadSeconds: number;
  /** Cases whose process took the step in time; all, unless the bench gave up. */
  readonly woken: number;
  readonly notices: number;
  readonly letters: number;
  /** Seconds after the due instant: the first and the last notice in the outbox. */
  readonly firstNotice: number;
  readonly lastNotice: number;
  /** … and until no notice waits for its letters any more. */
  readonly lastLetter: number;
  /** Steps taken in each second after the due instant. */
  readonly perSecond: readonly number[];
  readonly decisions: DecisionFigures;
  /** From the due instant to the last letter. */
  readonly usage: Usage | undefined;
}
export interface Burst {
  readonly group: GroupName;
  readonly dueAt: Date;
  readonly spreadSeconds: number;
  readonly decisions: Decision[];
  readonly decisionsPerSecond: number;
}

const lookEveryMs = 1_000;
/** Beyond the spread; after that the bench goes on with what it has. */
const maxMs = 600_000;

export async function measureBurst(setting: Setting, burst: Burst): Promise<BurstFigures> {
  const { officials, watch } = setting;
  const dueAt = burst.dueAt.getTime();
  await sleep(Math.max(0, dueAt - Date.now()));
  const over = untilAllAreTold(setting, burst);
  const [decisions, lastLetterAt] = await Promise.all([decideBeside(officials, burst, over), over]);
  const found = await readRecord(setting, burst);
  const usage = watch.between(dueAt, lastLetterAt);
  const lastLetter = (lastLetterAt - dueAt) / 1000;
  const { group, spreadSeconds } = burst;
  return { group, spreadSeconds, ...found, lastLetter, decisions, usage };
}

const decideBeside = (officials: Officials, burst: Burst, over: Promise<unknown>): Promise<DecisionFigures> =>
  decideSteadily(officials, burst.decisions, burst.decisionsPerSecond, over);

/** Resolves with the time at which no case of the group was asleep and no notice without its letters. */
async function untilAllAreTold(
  { pool, versions }: Setting,
  { group, dueAt, spreadSeconds }: Burst,
): Promise<number> {
  const values = [versions[group].mechanism.version, dueAt.toISOString()];
  const text = `
    select (select count(*) from cases where mechanism_version = $1 and last_at < $2 and stage <> 'closed') as asleep,
           (select count(*) from outbox o join cases c on c.id = o.case_id
             where o.status = 'pending' and c.mechanism_version = $1) as waiting`;
  const giveUpAt = dueAt.getTime() + spreadSeconds * 1000 + maxMs;
  for (;;) {
    const { rows } = await pool.query<{ asleep: number; waiting: number }>(text, values);
    const [{ asleep, waiting } = { asleep: 0, waiting: 0 }] = rows;
    if ((asleep === 0 && waiting === 0) || Date.now() > giveUpAt) return Date.now();
    await sleep(lookEveryMs);
  }
}

interface StepRow {
  readonly at: string;
  readonly notices: number;
}

async function readRecord({ pool, versions }: Setting, { group, dueAt }: Burst) {
  const { version } = versions[group].mechanism;
  const values = [version, dueAt.toISOString()];
  const { rows: steps } = await pool.query<StepRow>(
    `select e.at, count(o.id) as notices
       from cases c join events e on e.case_id = c.id and e.type = 'LadderStepTaken' and e.at >= $2
       left join outbox o on o.case_id = e.case_id and o.version = e.version and o.created_at >= $2
      where c.mechanism_version = $1 group by e.case_id, e.version, e.at order by e.at`,
    values,
  );
  const { rows: letters } = await pool.query<{ letters: number }>(
    `select count(distinct n.letter_id) as letters
       from outbox o join letter_notices n on n.notice_id = o.id
       join cases c on c.id = o.case_id and c.mechanism_version = $1
      where o.created_at >= $2`,
    values,
  );
  const { rows: all } = await pool.query<{ cases: number }>(
    'select count(*) as cases from cases where mechanism_version = $1',
    [version],
  );
  const seconds = steps.map(({ at }) => (Date.parse(at) - dueAt.getTime()) / 1000);
  const perSecond = Array.from({ length: Math.ceil(seconds.at(-1) ?? 0) + 1 }, () => 0);
  for (const second of seconds) perSecond[Math.floor(second)] = (perSecond[Math.floor(second)] ?? 0) + 1;
  return {
    cases: all[0]?.cases ?? 0,
    woken: steps.length,
    notices: steps.reduce((total, { notices }) => total + notices, 0),
    letters: letters[0]?.letters ?? 0,
    firstNotice: seconds[0] ?? Number.NaN,
    lastNotice: seconds.at(-1) ?? Number.NaN,
    perSecond,
  };
}
