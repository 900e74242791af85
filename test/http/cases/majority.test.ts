/** What the API says of one who is about to come of age is so when it is read, without a round of the upkeep. */
import { openApiRoom, opening, refusalOf } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

interface Seen {
  readonly majority?: { readonly daysLeft: number };
  readonly obligations: readonly { readonly kind: string }[];
}

describe('one who comes of age', () => {
  let room: ApiRoom;
  beforeAll(async () => {
    room = await openApiRoom('majority', { worker: false });
  });
  afterAll(() => room.close());

  /** Born so that so many days are left; the day is that of Doha and Moscow, where it comes first. */
  async function bornFor(days: number): Promise<string> {
    const birth = new Date(Date.now() + 3 * 3_600_000 + days * 86_400_000);
    birth.setUTCFullYear(birth.getUTCFullYear() - 18);
    const { dossier } = opening() as { dossier: { child: object } };
    const exact = birth.toISOString().slice(0, 10);
    const documents = [{ id: 'doc-9', kind: 'consent', holder: 'child', issuedBy: 'Notary' }];
    return room.open({
      dossier: { ...dossier, child: { ...dossier.child, birthDate: { exact } }, documents },
    });
  }
  const seen = async (id: string, by = 'qa-lead'): Promise<Seen> =>
    (await room.as(by).get(`/v1/cases/${id}`)).body as Seen;
  const kinds = ({ obligations }: Seen): string[] => obligations.map(({ kind }) => kind);
  const consent = { type: 'recordOwnConsent', given: true, document: 'doc-9' } as const;

  it('tomorrow has one day left, not thirty', async () => {
    const id = await bornFor(1);
    await room.process.record.submit(
      {
        id: `majority:${id}:30`,
        case: id,
        actor: { system: 'upkeep' },
        command: { type: 'noteMajority', daysLeft: 30 },
      },
      { knownVersion: 0, route: 'upkeep' },
    );
    const view = await seen(id);
    expect(view.majority?.daysLeft).toBe(1);
    expect(kinds(view)).not.toContain('obtain-own-consent');
  });

  it('today is of age at once: their consent is owed, and taken', async () => {
    const id = await bornFor(0);
    const view = await seen(id);
    expect(view.majority?.daysLeft).toBe(0);
    expect(kinds(view)).toContain('obtain-own-consent');
    const refused = await room.as('qa-interviewer').post(`/v1/cases/${await bornFor(200)}/commands`, consent);
    expect(refusalOf(refused)).toEqual([409, 'nothing-to-decide']);
    await room.as('qa-interviewer').does(id, consent);
    expect((await seen(id)).majority).toMatchObject({ ownConsent: true });
  });

  it('in two years is nobody’s business yet', async () => {
    expect((await seen(await bornFor(700))).majority).toBeUndefined();
  });
});
