import { openProcessRoom } from './support/process-room';
import type { ProcessRoom } from './support/process-room';
import { plainReturn, play } from './support/plain-return';

describe('one child’s return', () => {
  let room: ProcessRoom;
  beforeAll(async () => {
    room = await openProcessRoom('child-return');
    await room.startWorker();
  });
  afterAll(() => room.close());

  it('goes from the opened case to the closed one, each step by the official whose step it is', async () => {
    const id = await room.open();
    const started = Date.now();
    await play(room, id, plainReturn(room));
    console.log('ms', Date.now() - started);
    await expect(room.handle(id).result()).resolves.toEqual({
      case: id,
      outcome: 'reunited',
      version: (await room.state(id)).version,
    });
    const types = await room.historyTypes(id);
    const counts: Record<string, number> = {};
    for (const t of types) counts[t] = (counts[t] ?? 0) + 1;
    console.log(types.length, counts, plainReturn(room).length);
  });
});
