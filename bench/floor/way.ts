/** The floor from the client's side. */
import { createSimpleWay } from '../simple-way';
import type { ClientSurroundings, Way } from '../way';
import { submitUpdate, type FloorStep } from './workflows';

export const createFloorWay = (
  surroundings: ClientSurroundings,
  steps: readonly Pick<FloorStep, 'name' | 'by'>[],
): Way =>
  createSimpleWay(surroundings, { name: 'floor', workflow: 'floorReturn', update: submitUpdate, steps });
