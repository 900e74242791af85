/** Figures from samples. */

/** Nearest rank: always a value that was really seen. NaN without samples. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

/** Between the middle two where their number is even: of two rounds the better one must not speak for both. */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return mean(sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1));
}

export const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);
export const mean = (numbers: readonly number[]): number => sum(numbers) / numbers.length;

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Slope {
  /** Of y for one x. */
  readonly slope: number;
  /** Its standard error; true only if the points know nothing of each other beyond the line. */
  readonly error: number;
}

/** Least squares. NaN with fewer than three points. */
export function slopeOf(points: readonly Point[]): Slope {
  if (points.length < 3) return { slope: Number.NaN, error: Number.NaN };
  const middleX = mean(points.map(({ x }) => x));
  const middleY = mean(points.map(({ y }) => y));
  const spread = sum(points.map(({ x }) => (x - middleX) ** 2));
  const slope = sum(points.map(({ x, y }) => (x - middleX) * (y - middleY))) / spread;
  const left = sum(points.map(({ x, y }) => (y - middleY - slope * (x - middleX)) ** 2));
  return { slope, error: Math.sqrt(left / (points.length - 2) / spread) };
}
