/** What a host notes of an arrival and of a day, the same in the command, the event and the case. */
import { z } from 'zod';
import { amounts, belongings, healths, moods, recognitions } from '../domain/model/hosting';

export const dayNote = {
  ate: z.enum(amounts).optional().meta({ description: 'How the child ate' }),
  slept: z.enum(amounts).optional().meta({ description: 'How the child slept' }),
  mood: z.enum(moods).optional(),
  health: z.enum(healths).optional(),
};

export const arrivalCheck = {
  recognised: z.enum(recognitions).meta({ description: 'A pointer; who it is, `identifyChild` says' }),
  health: z.enum(healths),
  belongings: z.enum(belongings),
};
