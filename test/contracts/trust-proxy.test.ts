import { parseTrustProxy } from '../../src/contracts/trust-proxy';

describe('which proxies are believed', () => {
  it.each([
    ['', undefined],
    ['1', 1],
    ['10.0.0.5', ['10.0.0.5']],
    ['10.0.0.5, fd00::/8', ['10.0.0.5', 'fd00::/8']],
  ])('reads “%s”', (text, expected) => {
    expect(parseTrustProxy(text)).toEqual(expected);
  });

  it.each(['true', '0', '-1', '9', 'gateway', '10.0.0.0/33', '0.0.0.0/0', '::/0', '10.0.0.5;10.0.0.6'])(
    'refuses “%s”, by which strangers would be believed or nobody',
    (text) => {
      expect(() => parseTrustProxy(text)).toThrow(/must be|neither/);
    },
  );
});
