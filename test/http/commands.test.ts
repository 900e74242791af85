import { commandAnswerSchema } from '../../src/contracts/http-answers';
import { newKey, openApiRoom, refusalOf } from './support/api-room';
import type { ApiRoom } from './support/api-room';

describe('the one door for commands', () => {
  let room: ApiRoom;
  beforeAll(async () => {
    room = await openApiRoom('http-commands');
  });
  afterAll(() => room.close());

  it('records a command and answers with its receipt and what may come next', async () => {
    const id = await room.open();
    const answer = await room.as('qa-officer-1').post(`/v1/cases/${id}/commands`, { type: 'acceptFile' });
    const { outcome, version, stage, receipt, allowed } = commandAnswerSchema.parse(answer.body);
    expect([answer.status, outcome, stage]).toEqual([200, 'recorded', 'verification']);
    expect(receipt.toVersion).toBe(version);
    expect(answer.headers.etag).toBe(`"${version}"`);
    expect(allowed).toContain('acknowledgeCase');
  });
});
