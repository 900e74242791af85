/** What a host notes of a day, the same in the command, the event and the case. */
import { z } from 'zod';
import { amounts, healths, moods } from '../domain/model/hosting';

export const dayNote = {
  ate: z.enum(amounts).optional().meta({ description: 'How the child ate' }),
  slept: z.enum(amounts).optional().meta({ description: 'How the child slept' }),
  mood: z.enum(moods).optional(),
  health: z.enum(healths).optional(),
};
