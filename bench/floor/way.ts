/** The floor from the client's side. */
import { createSimpleWay } from '../simple-way';
import type { ClientSurroundings, Way } from '../way';
import { submitUpdate } from './workflows';
import { type FloorStep } from './activities';

export const createFloorWay = (
  surroundings: ClientSurroundings,
  steps: readonly Pick<FloorStep, 'name' | 'by'>[],
): Way =>
  createSimpleWay(surroundings, { name: 'floor', workflow: 'floorReturn', update: submitUpdate, steps });
