/** The plain way from the client's side. */
import { createSimpleWay } from '../simple-way';
import type { ClientSurroundings, Way } from '../way';
import { submitUpdate, type PlainStep } from './workflows';

export const createPlainWay = (
  surroundings: ClientSurroundings,
  steps: readonly Pick<PlainStep, 'name' | 'by'>[],
): Way =>
  createSimpleWay(surroundings, { name: 'plain', workflow: 'plainReturn', update: submitUpdate, steps });
