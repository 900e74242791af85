/** The floor's one local activity: nothing at all. */

export interface FloorStep {
  readonly id: string;
  readonly name: string;
  readonly by: string;
  readonly last: boolean;
}

export const createFloorActivities = () => ({
  takeStep: (_step: FloorStep): Promise<void> => Promise.resolve(),
});
export type FloorActivities = ReturnType<typeof createFloorActivities>;
