/**
 * Two cases that differ in nothing but what somebody may not read (papers, another recipient, the child's view, remarks)
 * are told to them in the same bytes, once references and instants are taken out (issue 9, E25). What happens in a case and
 * is hidden as a whole, `two-worlds.test.ts` looks at.
 */
import type { EdgeCommand } from '../../../src/contracts/commands';
import { aDossier } from '../../record/support/record-room';
import { acceptance, proposal, verification } from '../../workflows/support/plain-return';
import { newKey, openApiRoom } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

const medical = {
  ...aDossier,
  documents: [
    ...aDossier.documents,
    { id: 'doc-10', kind: 'medical', holder: 'child', issuedBy: 'A clinic', number: 'M-1' },
  ],
};
const ofTheFile = {
  ...aDossier,
  sourceNote: 'for the file',
  documents: [
    ...aDossier.documents,
    { id: 'doc-10', kind: 'passport', holder: 'recipient-2', issuedBy: 'State', number: 'AA11' },
  ],
  recipients: [...aDossier.recipients, { ...aDossier.recipients[0]!, id: 'recipient-2' }],
};

interface Twin {
  readonly dossier: object;
  /** Of every command. */
  readonly note?: string;
  readonly hiddenFrom: readonly string[];
}
const twins: Readonly<Record<string, Twin>> = {
  'a medical paper': { dossier: medical, hiddenFrom: ['ru-official-1', 'es-escort-1'] },
  'another recipient, their passport and a source note': {
    dossier: ofTheFile,
    hiddenFrom: ['ru-official-1', 'em-host', 'es-escort-1', 're-receiver'],
  },
  'a remark of the mediator’s on everything it did': {
    dossier: aDossier,
    note: 'a canary of the mediator',
    hiddenFrom: ['ua-official-1', 'ru-official-1', 'em-host', 'es-escort-1', 're-receiver'],
  },
};

describe('what an official may not read of a case', () => {
  let room: ApiRoom;
  let plain: string;
  beforeAll(async () => {
    room = await openApiRoom('http-twin-cases', { worker: false });
    plain = await caseWith({ dossier: aDossier });
  });
  afterAll(() => room.close());

  async function caseWith({ dossier, note }: Pick<Twin, 'dossier' | 'note'>): Promise<string> {
    const id = await room.open({ dossier });
    for (const { by, command } of [...acceptance, ...verification, proposal]) {
      const given = typeof command === 'function' ? command(await room.process.state(id)) : command;
      const mayRemark = given.type === 'reviewAttestation' && note !== undefined;
      await room.as(by).does(id, { ...given, ...(mayRemark && { note }) } as EdgeCommand);
    }
    const raised = {
      type: 'placeHold',
      hold: 'hold-1',
      reason: 'legal',
      ...(note !== undefined && { note }),
    };
    await room.as('qa-lead').does(id, raised as EdgeCommand);
    return id;
  }

  /** Without what any two cases differ in. */
  const alike = (text: string, id: string): string =>
    text
      .replaceAll(id, 'CASE')
      .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'INSTANT')
      .replace(/[0-9a-f]{64}/g, 'HASH');

  async function toldOf(official: string, id: string): Promise<string[]> {
    const as = room.as(official);
    const refused: EdgeCommand[] = [
      { type: 'attestFacet', facet: 'identity', finding: 'confirmed', evidence: ['doc-10'] },
      { type: 'confirmTravelDocuments', documents: ['doc-10'], validUntil: '2098-01-01' },
      { type: 'nominateRecipient', recipient: 'recipient-2', dossierVersion: 1 },
      { type: 'liftHold', hold: 'hold-none' },
    ];
    const asked = [
      as.get(`/v1/cases/${id}`),
      as.get(`/v1/cases/${id}/timeline`, { limit: '200' }),
      as.get(`/v1/cases/${id}/timeline`, { limit: '3' }),
      as.get('/v1/inbox', { case: id, scope: 'party' }),
      ...refused.map((command) => as.post(`/v1/cases/${id}/commands`, command, { 'if-match': '"0"' })),
      ...refused
        .filter(({ type }) => type !== 'nominateRecipient')
        .map((command) => as.post(`/v1/cases/${id}/commands`, command, { 'idempotency-key': newKey() })),
    ];
    const answers = await Promise.all(asked.map((test) => test.set('x-request-id', 'one-of-the-twins')));
    return answers.map(({ status, headers, text }) => {
      const { etag } = headers as { etag?: string };
      // Cursors hold a place and are signed for the list of one case; `changes` is the instant of asking.
      return alike(`${status} ${etag} ${text}`, id).replace(/"(next|changes)":"[^"]*"/g, '"$1":"…"');
    });
  }

  it.each(Object.entries(twins))('is not told by a byte: %s', async (_what, { hiddenFrom, ...twin }) => {
    const other = await caseWith(twin);
    for (const official of hiddenFrom)
      expect([official, await toldOf(official, other)]).toEqual([official, await toldOf(official, plain)]);
    // There is something to be told: who may read it is.
    expect(await toldOf('qa-officer-1', other)).not.toEqual(await toldOf('qa-officer-1', plain));
  });
});
