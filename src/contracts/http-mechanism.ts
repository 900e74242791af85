/** The standing arrangement as it is sent: the file without its people's addresses and without how they sign in. */
import { z } from 'zod';
import { partyKinds, roles } from '../domain/parties';
import { mechanismShape } from './mechanism';
import { text } from './http-parts';

const { signIn: _signIn, officials: _officials, parties, ...arrangement } = mechanismShape.shape;
const held = z.array(z.enum(roles));

export const mechanismViewSchema = z
  .strictObject({
    ...arrangement,
    parties: z
      .array(parties.element.meta({ id: 'Party' }))
      .meta({ description: 'A webhook is told to its own party and the mediator' }),
    officials: z
      .array(
        z
          .strictObject({ id: text, party: text, name: text, roles: held, active: z.boolean() })
          .meta({ id: 'KnownOfficial' }),
      )
      .meta({ description: 'Of your own party; of all for the mediator' }),
    you: z.strictObject({
      official: text,
      party: text,
      kind: z.enum(partyKinds),
      roles: held,
      lent: held.meta({ description: 'Of these, what you have as a deputy only' }),
    }),
  })
  .meta({ id: 'MechanismView' });
