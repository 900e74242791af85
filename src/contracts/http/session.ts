/** What somebody who is signed in is told of themselves: the first question of a page. */
import { z } from 'zod';
import { partyKinds, roles } from '../../domain/model/parties';
import { languages } from '../mechanism/mechanism';

export const sessionSchema = z
  .object({
    official: z.string().meta({ example: 'qa-officer-1' }),
    name: z.string(),
    party: z.string(),
    kind: z.enum(partyKinds),
    roles: z.array(z.enum(roles)).meta({ description: 'Their own and the lent ones' }),
    lent: z.array(z.enum(roles)).meta({ description: 'Theirs only while a colleague is away' }),
    languages: z.array(z.enum(languages)).min(1).meta({ description: 'The first is preferred' }),
    timeZone: z.string().meta({ example: 'Asia/Qatar' }),
    expiresAt: z.iso
      .datetime({ precision: 3 })
      .meta({ description: 'When this sign-in ends; of a session, if nothing is asked until then' }),
    draftKey: z
      .string()
      .regex(/^[\w-]{43}$/)
      .meta({
        description:
          '256 bits, base64url, to seal what is typed and not sent. Another for each sign-in, and nowhere kept: what it ' +
          'sealed can’t be read after signing out',
      }),
  })
  .meta({ id: 'Session' });
