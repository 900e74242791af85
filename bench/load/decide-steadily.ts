/**
 * Officials who decide at a steady rate over HTTP, whatever the answers take: a decision is sent when its time has
 * come, and its wait counts from then, so that a Homeward that stands still is not asked less.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EdgeCommand } from '../../src/contracts/commands';
import { Refusal } from '../../src/simulation/http-official';
import type { Officials } from '../../src/simulation/officials';
import type { CaseId, OfficialId } from '../../src/domain/model/ids';
import { quantile } from '../statistics';
import type { LaidCase } from './lay-cases';

export interface Decision {
  readonly case: CaseId;
  readonly by: OfficialId;
  readonly command: EdgeCommand;
}
export interface DecisionFigures {
  readonly sent: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly most: number;
  /** Codes of refusals, which should be none. */
  readonly refused: readonly string[];
}

/** The sides' approvals that are open in these cases, the first of each case before any second. */
export function openApprovalsOf(cases: readonly LaidCase[]): Decision[] {
  const open = cases
    .filter(({ stage, group }) => stage === 'agreement' && group === 'calm')
    .map(({ id, rest }) => {
      const next = rest();
      return next
        .filter(({ command }) => command.type === 'approvePlan')
        .map((step): Decision => ({
          case: id,
          by: step.by ?? '',
          // It carries no note, the one thing in which the edge's commands differ.
          command: step.command as EdgeCommand,
        }))
        .filter(() => next[0]?.command.type === 'approvePlan');
    });
  const firsts = open.flatMap(([first]) => first ?? []);
  return [...firsts, ...open.flatMap(([, second]) => second ?? [])];
}

/** Takes decisions from the front of `from` until `until` resolves, or none is left. */
export async function decideSteadily(
  officials: Officials,
  from: Decision[],
  perSecond: number,
  until: Promise<unknown>,
): Promise<DecisionFigures> {
  const samples: number[] = [];
  const refused: string[] = [];
  const underWay: Promise<void>[] = [];
  const over = new AbortController();
  void until.finally(() => {
    over.abort();
  });
  const send = async ({ case: id, by, command }: Decision, dueAt: number): Promise<void> => {
    try {
      await officials.official(by).command(id, command, randomUUID());
      samples.push(performance.now() - dueAt);
    } catch (error) {
      // One that got no answer counts as one, and must not end the others.
      refused.push(error instanceof Refusal ? error.code : String(error));
    }
  };
  const begun = performance.now();
  for (let sent = 0; ; sent += 1) {
    const dueAt = begun + (sent * 1000) / perSecond;
    await sleep(Math.max(0, dueAt - performance.now()));
    const next = over.signal.aborted ? undefined : from.shift();
    if (!next) break;
    underWay.push(send(next, dueAt));
  }
  const seconds = (performance.now() - begun) / 1000;
  await Promise.all(underWay);
  return {
    sent: underWay.length,
    perSecond: underWay.length / seconds,
    p50: quantile(samples, 0.5),
    p95: quantile(samples, 0.95),
    most: Math.max(...samples),
    refused,
  };
}
