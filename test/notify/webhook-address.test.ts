import { locate, parseRanges } from '../../src/notify/send/webhook-address';

const resolveTo =
  (...addresses: string[]) =>
  () =>
    Promise.resolve(addresses);
const at = (url: string, resolved: string[] = [], allowed = '') =>
  locate(new URL(url), parseRanges(allowed), resolveTo(...resolved));

describe('a party’s system', () => {
  it('is written to where its name leads, if that is out on the internet', async () => {
    await expect(at('https://hooks.requesting.example/x', ['203.0.114.7'])).resolves.toEqual({
      address: '203.0.114.7',
      family: 4,
    });
    await expect(at('https://hooks.requesting.example/x', ['2606:4700::1111'])).resolves.toEqual({
      address: '2606:4700::1111',
      family: 6,
    });
  });

  it.each([
    ['this machine', '127.0.0.1'],
    ['this machine, its other names', '127.9.8.7'],
    ['this machine, in IPv6', '::1'],
    ['any address of this machine', '0.0.0.0'],
    ['any address of this machine, in IPv6', '::'],
    ['a private network', '10.1.2.3'],
    ['a private network', '172.31.0.1'],
    ['a private network', '192.168.1.1'],
    ['the machines of a cloud, and their keys', '169.254.169.254'],
    ['the machines of a cloud, in IPv6', 'fd00:ec2::254'],
    ['a carrier’s shared addresses', '100.64.0.1'],
    ['the link', 'fe80::1'],
    ['a local network in IPv6', 'fd12:3456::1'],
    ['an old local network in IPv6', 'fec0::1'],
    ['IPv4 written as IPv6', '::ffff:169.254.169.254'],
    ['IPv4 written as IPv6, in hexadecimal', '::ffff:a00:1'],
    ['IPv4 written as IPv6 the oldest way', '::7f00:1'],
    ['IPv4 through a translator', '64:ff9b::a00:1'],
    ['IPv4 through a tunnel', '2002:a00:1::1'],
    ['everybody on the network', '255.255.255.255'],
    ['a group', '224.0.0.1'],
    ['a range for documents', '192.0.2.1'],
    ['a range for measurements', '198.18.0.1'],
  ])('is refused when its name leads to %s', async (_what, address) => {
    await expect(at('https://hooks.requesting.example/x', [address])).resolves.toEqual({
      refused: 'webhook-private-address',
    });
  });

  it.each([
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://2130706433/x',
    'https://0x7f.1/x',
    'https://0177.0.0.1/x',
    'https://169.254.169.254/latest/meta-data',
  ])('is refused when it is the number %s', async (url) => {
    await expect(at(url)).resolves.toEqual({ refused: 'webhook-private-address' });
  });

  it('is refused when one of several addresses is private: which is taken must not be luck', async () => {
    await expect(at('https://hooks.requesting.example', ['203.0.114.7', '10.0.0.1'])).resolves.toEqual({
      refused: 'webhook-private-address',
    });
  });

  it('is refused in the clear, unless the operator says that nobody is on the way', async () => {
    await expect(at('http://hooks.requesting.example', ['203.0.114.7'])).resolves.toEqual({
      refused: 'webhook-not-https',
    });
    await expect(at('http://hooks.requesting.example', ['10.8.0.5'], '10.8.0.0/16')).resolves.toEqual({
      address: '10.8.0.5',
      family: 4,
    });
  });

  it('may be in a private range that the operator allows, and in no other', async () => {
    await expect(at('https://vpn.example', ['10.8.3.4'], '10.8.0.0/16, fd00:8::/32')).resolves.toMatchObject({
      address: '10.8.3.4',
    });
    await expect(at('https://vpn.example', ['::ffff:10.8.3.4'], '10.8.0.0/16')).resolves.toMatchObject({
      address: '10.8.3.4',
    });
    await expect(at('https://vpn.example', ['10.9.3.4'], '10.8.0.0/16')).resolves.toHaveProperty('refused');
  });

  it('without an address is unknown', async () => {
    await expect(at('https://nowhere.example', [])).resolves.toEqual({ unknown: 'webhook-unknown-host' });
    await expect(
      locate(new URL('https://nowhere.example'), [], () => Promise.reject(new Error('ENOTFOUND'))),
    ).resolves.toEqual({ unknown: 'webhook-unknown-host' });
  });

  it('is allowed by ranges only, and a mistake in them is named', () => {
    expect(() => parseRanges('10.8.0.0')).toThrow('“10.8.0.0” is not a range');
    expect(parseRanges('')).toEqual([]);
  });
});
