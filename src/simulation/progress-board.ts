/** The demo's progress, child by child: lines redrawn in place in a terminal, a line for each stage elsewhere. */
import pc from 'picocolors';
import { stages } from '../domain/model/stages';
import type { CaseId } from '../domain/model/ids';
import type { Stage } from '../domain/model/stages';
import type { OpenedChild } from './open-the-eleven';
import type { Ending } from './play-return';

export interface ProgressBoard {
  at(child: string, stage: Stage, step: string | undefined): void;
  ended(child: string, ending: Ending): void;
  /** A line about all of it, above the children. */
  say(line: string): void;
  /** The API is away, or back. */
  away(reason: string | undefined): void;
  close(): void;
}

interface Row {
  readonly child: string;
  /** The case's reference, to look it up by. */
  readonly id: CaseId;
  stage: Stage;
  step: string;
  ending?: Ending;
}

const redrawMs = 100;
export const awayLine = (reason: string | undefined): string =>
  reason === undefined ? '  The API is back.' : `  The API is away (${reason}); waiting …`;

export function createProgressBoard(
  children: readonly Pick<OpenedChild, 'name' | 'case'>[],
  out: NodeJS.WriteStream = process.stdout,
): ProgressBoard {
  const rows = children.map(({ name, case: id }): Row => ({ child: name, id, stage: 'intake', step: '' }));
  const width = Math.max(...rows.map(({ child }) => child.length));
  const live = out.isTTY;
  let drawn = 0;
  let awayReason: string | undefined;
  const rowOf = (child: string): Row | undefined => rows.find((row) => row.child === child);
  const describe = (row: Row): string => {
    const { ending } = row;
    const far = stages.indexOf(row.stage);
    const bar = `${'━'.repeat(far)}${'·'.repeat(stages.length - 1 - far)}`;
    const what =
      ending === undefined
        ? `${row.stage.padEnd(12)} ${pc.dim(row.step)}`
        : 'outcome' in ending
          ? pc.green(ending.outcome)
          : pc.red(ending.stuck);
    return `  ${row.child.padEnd(width)}  ${row.id}  ${pc.cyan(bar)}  ${what}`;
  };
  const draw = (): void => {
    if (!live) return;
    const waiting = awayReason === undefined ? [] : [pc.yellow(awayLine(awayReason))];
    const lines = [...rows.map(describe), ...waiting].map((line) => fit(line, out.columns));
    // One write: a terminal that shows half of it flickers.
    out.write(`${upTo(drawn)}${lines.join('\n')}\n`);
    drawn = lines.length;
  };
  const say = (line: string): void => {
    out.write(`${upTo(drawn)}${line}\n`);
    drawn = 0;
    draw();
  };
  const timer = live ? setInterval(draw, redrawMs) : undefined;
  draw();

  return {
    say,
    at(child, stage, step) {
      const row = rowOf(child);
      if (!row) return;
      if (!live && stage !== row.stage) say(`  ${child.padEnd(width)}  ${row.id}  ${stage}`);
      row.stage = stage;
      row.step = step ?? '';
    },
    ended(child, ending) {
      const row = rowOf(child);
      if (!row) return;
      row.ending = ending;
      if ('outcome' in ending) row.stage = 'closed';
      if (!live) say(describe(row));
    },
    away(reason) {
      awayReason = reason;
      if (!live) say(awayLine(reason));
    },
    close() {
      clearInterval(timer);
      awayReason = undefined;
      draw();
      drawn = 0;
    },
  };
}

/** Moves the cursor up over what was drawn before, and clears from there. */
const upTo = (lines: number): string => (lines > 0 ? `\x1b[${lines}A\x1b[J` : '');

/** Cut at the terminal's width, colours not counted; a line that wraps could not be redrawn in place. */
function fit(line: string, columns = 100): string {
  let shown = 0;
  let kept = '';
  for (const part of line.split(/(\x1b\[[\d;]*m)/)) {
    if (part.startsWith('\x1b[')) kept += part;
    else {
      const room = Math.max(0, columns - 1 - shown);
      kept += part.slice(0, room);
      shown += part.length;
    }
  }
  return kept;
}
