/** The standing arrangement as it is sent: the file without its people's addresses and without how they sign in. */
import { z } from 'zod';
import { obligationKinds } from '../../domain/model/obligation-kinds';
import { partyKinds, roles } from '../../domain/model/parties';
import { firstFacets } from '../../domain/model/verification';
import { credentialShape, mechanismShape } from '../mechanism/mechanism';
import { text } from './parts';

const {
  signIn: _signIn,
  officials: _officials,
  parties,
  ladders,
  facets,
  ...arrangement
} = mechanismShape.shape;
/** Each the same shape: one name for it, or the description would say it forty times. */
const ladder = ladders.unwrap().shape['close-case'].unwrap().meta({ id: 'Ladder' });
const facetRule = facets.shape.identity.meta({ id: 'FacetRule' });
const named = <Key extends string, Value>(keys: readonly Key[], value: Value) =>
  z.strictObject(Object.fromEntries(keys.map((key) => [key, value])) as Record<Key, Value>);
const held = z.array(z.enum(roles));

export const mechanismViewSchema = z
  .strictObject({
    ...arrangement,
    ladders: named(obligationKinds, ladder),
    facets: named(firstFacets, facetRule).extend({ suitability: facetRule.optional() }),
    parties: z
      .array(parties.element.meta({ id: 'Party' }))
      .meta({ description: 'A webhook is told to its own party and the mediator' }),
    officials: z
      .array(
        z
          .strictObject({
            id: text,
            party: text,
            name: text,
            roles: held,
            active: z.boolean(),
            escort: credentialShape.optional(),
          })
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
