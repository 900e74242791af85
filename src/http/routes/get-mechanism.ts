import { mechanismViewSchema } from '../../contracts/http/mechanism';
import { defineRoute } from '../define-route';

/** No mail addresses: whom to write to is Homeward's own affair. */
export const getMechanism = defineRoute({
  id: 'getMechanism',
  method: 'get',
  path: '/v1/mechanism',
  summary: 'The standing arrangement: parties, sites, deadlines, and who you are in it',
  answers: { 200: { description: 'Its newest version', schema: mechanismViewSchema } },
  async handle({ parts }, { reader }) {
    const { officials, parties, signIn: _signIn, ...arrangement } = await parts.getMechanism();
    const { official, party, kind, roles, lent } = reader;
    return {
      status: 200,
      body: {
        ...arrangement,
        parties: parties.map(({ webhook, ...known }) => ({
          ...known,
          // Where a party's own system listens is between it and the mediator.
          ...(webhook && (kind === 'mediator' || known.id === party) && { webhook }),
        })),
        officials: officials
          .filter((entry) => kind === 'mediator' || entry.party === party)
          .map(({ id, party: of, name, roles: having, active, escort }) => ({
            id,
            party: of,
            name,
            roles: having,
            active,
            ...(escort && { escort }),
          })),
        you: { official, party, kind, roles, lent },
      },
    };
  },
});
