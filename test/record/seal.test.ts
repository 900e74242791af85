import { bodyHash, canonicalHash, isSealed, sealEnvelope } from '../../src/contracts/seal';
import type { CommandEnvelope } from '../../src/domain/model/commands';

const envelope: CommandEnvelope = {
  id: 'qa-lead:1',
  case: 'AAAA-AAAA',
  actor: { official: 'qa-lead', party: 'qatar', roles: ['lead'] },
  command: { type: 'depart' },
  expectedVersion: 3,
};

describe('the seal of the edge', () => {
  it('holds for the envelope it was made over, also after a journey as JSON with its keys in another order', () => {
    const sealed = sealEnvelope(envelope, 'key');
    expect(isSealed(sealed, ['key'])).toBe(true);
    const { id, ...rest } = JSON.parse(JSON.stringify(sealed)) as CommandEnvelope;
    expect(isSealed({ ...rest, id }, ['key'])).toBe(true);
    expect(sealEnvelope(sealed, 'key')).toEqual(sealed);
  });

  it('breaks with any change, another key, and anything that is no seal', () => {
    const sealed = sealEnvelope(envelope, 'key');
    const changes: Partial<CommandEnvelope>[] = [
      { id: 'qa-lead:2' },
      { case: 'BBBB-BBBB' },
      { actor: { official: 'qa-lead', party: 'qatar', roles: ['lead', 'decider'] } },
      { command: { type: 'acknowledgeCase' } },
      { expectedVersion: undefined },
      { seal: undefined },
      { seal: '' },
      { seal: 'not hexadecimal' },
      { seal: `${sealed.seal}00` },
    ];
    for (const change of changes) expect(isSealed({ ...sealed, ...change }, ['key'])).toBe(false);
    expect(isSealed(sealed, ['another'])).toBe(false);
    expect(isSealed(sealed, ['another', 'key'])).toBe(true);
  });
});

describe('what makes two requests the same', () => {
  it('is case, official, command and version, not the roles of the day nor the seal', () => {
    const same = { ...envelope, seal: 'x', actor: { official: 'qa-lead', party: 'qatar', roles: [] } };
    expect(bodyHash(same)).toBe(bodyHash(envelope));
    expect(bodyHash({ ...envelope, case: 'BBBB-BBBB' })).not.toBe(bodyHash(envelope));
    expect(bodyHash({ ...envelope, expectedVersion: 4 })).not.toBe(bodyHash(envelope));
    expect(bodyHash({ ...envelope, actor: { official: 'other', party: 'qatar', roles: [] } })).not.toBe(
      bodyHash(envelope),
    );
  });

  it('is a hash of canonical JSON: neither order nor absent fields count', () => {
    expect(canonicalHash({ b: 1, a: [{ d: undefined, c: 'é' }] })).toBe(
      canonicalHash({ a: [{ c: 'é' }], b: 1 }),
    );
    expect(canonicalHash('')).toBe('12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126');
    expect(() => canonicalHash(undefined)).toThrow(TypeError);
  });
});
