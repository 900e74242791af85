/** What is measured of an earlier release beside this one. */
/** The measures of which the goals speak, as far as `bench/results` of both releases has them. */
export const againstMeasures = {
  returnsPerSecond: 'returns/s',
  approvalP50: 'decision p50 ms',
  approvalP95: 'decision p95 ms',
  p50: 'any command p50 ms',
  p95: 'any command p95 ms',
  cpuMsPerReturn: 'CPU of a return ms, all processes',
} as const;
export type AgainstMeasure = keyof typeof againstMeasures;
export type Measured = Readonly<Record<AgainstMeasure, number>>;

export interface AgainstFigures {
  readonly commit: string;
  readonly atATime: number;
  /** One of each release, measured one after the other. */
  readonly pairs: readonly { readonly then: Measured; readonly now: Measured }[];
}
