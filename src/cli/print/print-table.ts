/** Tables and bars for a terminal: as wide as it is, aligned by what is seen, plain where no colour is wanted. */
import { stripVTControlCharacters } from 'node:util';

/** Names come in any script: each is kept apart from the line's direction (Unicode UAX 9, isolates). */
export const isolated = (text: string): string =>
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/.test(text) ? `\u2068${text}\u2069` : text;

/** Marks that stand on another letter or only direct the line take no column. */
export const widthOf = (text: string): number =>
  Array.from(stripVTControlCharacters(text).replace(/[\p{Mn}\p{Me}\p{Cf}]/gu, '')).length;

export const terminalWidth = (): number => {
  const { columns } = process.stdout;
  return columns > 0 ? columns : Number(process.env.COLUMNS) || 80;
};

/** The last column is not padded. Numbers are given with `right`, by their column's place. */
export function tableLines(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const space = ' '.repeat((widths[column] ?? 0) - widthOf(cell));
        if (right.includes(column)) return `${space}${cell}`;
        return column === row.length - 1 ? cell : `${cell}${space}`;
      })
      .join('  ')
      .trimEnd(),
  );
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** In eighths of a column. What is more than nothing shows. */
export function bar(value: number, most: number, width: number): string {
  if (value <= 0 || most <= 0 || width <= 0) return '';
  const parts = Math.max(1, Math.round((Math.min(value, most) / most) * width * 8));
  return '█'.repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? '');
}

/** What a line has left for a bar; none on a terminal too narrow for one. */
export const barWidth = (taken: number): number => {
  const left = Math.min(terminalWidth() - taken, 40);
  return left < 6 ? 0 : left;
};

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const;

/** The largest unit that is not none: `12.5 d`, `3.0 h`. */
export function shortDuration(milliseconds: number): string {
  const [unit, length] = units.find(([, each]) => milliseconds >= each) ?? ['s', 1_000];
  const amount = milliseconds / length;
  return `${amount >= 100 ? Math.round(amount) : amount.toFixed(1)} ${unit}`;
}
