/** Who sends escorts sees what is known of them, whoever fits the child first; nobody else does. */
import { caseViewSchema, commandAnswerSchema } from '../../../src/contracts/http/answers';
import { mechanismViewSchema } from '../../../src/contracts/http/mechanism';
import type { Mechanism } from '../../../src/contracts/mechanism/mechanism';
import { aDossier } from '../../record/support/record-room';
import {
  acceptance,
  approvalBy,
  play,
  preparation,
  proposal,
  verification,
} from '../../workflows/support/plain-return';
import { eventually } from '../../workflows/support/process-room';
import { openApiRoom, opening, refusalOf } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

/** A third escort, whose credential is over. */
const withThird = (mechanism: Mechanism): Mechanism => {
  const second = mechanism.officials.find(({ id }) => id === 'es-escort-2')!;
  const third = { ...second, id: 'es-escort-3', email: 'escort-3@escort.example' };
  return {
    ...mechanism,
    escortsEngagedOnce: true,
    officials: [
      ...mechanism.officials,
      { ...third, escort: { ...second.escort!, validUntil: '2025-01-31' } },
    ],
  };
};

describe('an escort is chosen', () => {
  let room: ApiRoom;
  beforeAll(async () => {
    room = await openApiRoom('http-escorts', { change: withThird });
  });
  afterAll(() => room.close());

  const escortsSeenBy = async (official: string) =>
    mechanismViewSchema
      .parse((await room.as(official).get('/v1/mechanism')).body)
      .officials.filter(({ escort }) => escort)
      .map(({ id }) => id);

  it('by whoever sees their credentials: the escort organisation, and the mediator', async () => {
    const all = ['es-escort-1', 'es-escort-2', 'es-escort-3'];
    expect(await escortsSeenBy('es-dispatcher')).toEqual(all);
    expect(await escortsSeenBy('qa-officer-1')).toEqual(all);
    expect(await escortsSeenBy('ua-official-1')).toEqual([]);
    expect(await escortsSeenBy('em-host')).toEqual([]);
  });

  it('among those whose credential holds, first who speaks the child’s language', async () => {
    const dossier = { ...aDossier, child: { ...aDossier.child, languages: ['ar'] } };
    const opened = await room.as('ua-official-1').post('/v1/cases', opening({ dossier }));
    const { case: id } = commandAnswerSchema.parse(opened.body);
    await play(room.process, id, [
      ...[...acceptance, ...verification, proposal],
      ...[approvalBy('ua-decider'), approvalBy('ru-decider')],
    ]);
    const seen = async () =>
      caseViewSchema.parse((await room.as('es-dispatcher').get(`/v1/cases/${id}`)).body);
    const offer = await eventually(async () =>
      (await seen()).offers.find(({ type }) => type === 'assignEscort'),
    );
    expect(offer.subjects).toEqual(['es-escort-2', 'es-escort-1']);

    const assign = (escort: string) =>
      room.as('es-dispatcher').post(`/v1/cases/${id}/commands`, { type: 'assignEscort', escort });
    expect(refusalOf(await assign('es-escort-3'))).toEqual([409, 'escort-credential-ended']);
    expect((await assign('es-escort-2')).status).toBe(200);
    expect((await seen()).escort).toMatchObject({
      ...{ official: 'es-escort-2', credentialUntil: '2035-03-31' },
    });
  });

  it('and let go with one movement at a time: the lead is told beforehand, and nobody with whom', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 2; count += 1) {
      const opened = await room.as('ua-official-1').post('/v1/cases', opening());
      const { case: id } = commandAnswerSchema.parse(opened.body);
      await play(room.process, id, [
        ...[...acceptance, ...verification, proposal],
        ...[approvalBy('ua-decider'), approvalBy('ru-decider'), ...preparation],
      ]);
      ids.push(id);
    }
    const [gone, waits] = ids as [string, string];
    const depart = (id: string) => room.as('qa-lead').post(`/v1/cases/${id}/commands`, { type: 'depart' });
    const seen = async (id: string) =>
      caseViewSchema.parse((await room.as('qa-lead').get(`/v1/cases/${id}`)).body);
    const mayDepart = async () => (await seen(waits)).offers.some(({ type }) => type === 'depart');
    expect([(await seen(waits)).gate, await mayDepart()]).toEqual([[], true]);
    expect((await depart(gone)).status).toBe(200);
    expect([(await seen(waits)).gate, await mayDepart()]).toEqual([[{ blocker: 'escort-engaged' }], false]);
    const refused = await depart(waits);
    expect(refusalOf(refused)).toEqual([409, 'escort-engaged']);
    expect(JSON.stringify(refused.body)).not.toContain(gone);
    // With which it travels is nobody's to read: it may be another child's reference.
    for (const path of [`/v1/cases/${gone}`, `/v1/cases/${gone}/timeline`])
      expect(JSON.stringify((await room.as('qa-lead').get(path)).body)).not.toContain('movement');
  });
});
