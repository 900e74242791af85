/** The plain way from the client's side. */
import { createSimpleWay } from '../simple-way';
import type { ClientSurroundings, Way } from '../way';
import { submitUpdate } from './workflows';
import { type PlainStep } from './activities';

export const createPlainWay = (
  surroundings: ClientSurroundings,
  steps: readonly Pick<PlainStep, 'name' | 'by'>[],
): Way =>
  createSimpleWay(surroundings, { name: 'plain', workflow: 'plainReturn', update: submitUpdate, steps });
