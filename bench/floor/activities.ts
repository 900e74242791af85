/** The floor's one local activity: nothing at all. */
import type { FloorStep } from './workflows';

export const createFloorActivities = () => ({
  takeStep: (_step: FloorStep): Promise<void> => Promise.resolve(),
});
export type FloorActivities = ReturnType<typeof createFloorActivities>;
