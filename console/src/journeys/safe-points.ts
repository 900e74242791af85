/** Where a child on the road may wait in safety by the plan of its journey: those still ahead first, nearest first. */
interface OnTheWay {
  readonly legs: readonly {
    readonly id: string;
    readonly to: string;
    readonly safePoint?: true | undefined;
  }[];
  readonly journey?: { readonly completedLegs: readonly string[] } | undefined;
}
export function safePointsOf({ legs, journey }: OnTheWay): readonly string[] {
  const done = journey?.completedLegs ?? [];
  const safe = legs.filter(({ safePoint }, index) => safePoint === true || index === legs.length - 1);
  const ahead = safe.filter(({ id }) => !done.includes(id));
  const behind = safe.filter(({ id }) => done.includes(id)).reverse();
  return [...new Set([...ahead, ...behind].map(({ to }) => to))];
}
