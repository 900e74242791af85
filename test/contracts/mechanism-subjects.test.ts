import { getExampleMechanism } from '../../src/examples/example-files';
import { bindOfficial } from '../../src/contracts/mechanism/subjects';
import type { Mechanism } from '../../src/contracts/mechanism/mechanism';

const doha = getExampleMechanism('doha');
const officials = doha.officials.map((official) => ({
  ...official,
  active: official.id !== 'ru-official-2',
  ...(official.id === 'qa-officer-1' && { subject: '7d3b1c52-6f0a-4e0e-9a53-0f4f1e2d9c11' }),
}));
const named = (claim: string, claims: object): unknown =>
  bindOfficial({ signIn: { claim }, officials }, claims as Readonly<Record<string, unknown>>);
const emailOf = (id: string): string => doha.officials.find((official) => official.id === id)!.email;

/** As the three issuers that ministries use most shape them; the values are invented. */
const keycloak = {
  iss: 'https://sso.ministry.example/realms/returns',
  sub: '7d3b1c52-6f0a-4e0e-9a53-0f4f1e2d9c11',
  typ: 'Bearer',
  azp: 'homeward',
  preferred_username: 'qa-lead',
  email_verified: true,
  email: 'someone@ministry.example',
};
const entra = {
  iss: 'https://login.microsoftonline.com/00000000-0000-4000-8000-000000000001/v2.0',
  sub: 'AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ',
  oid: '7d3b1c52-6f0a-4e0e-9a53-0f4f1e2d9c11',
  tid: '00000000-0000-4000-8000-000000000001',
  preferred_username: 'qa-lead@ministry.example',
  ver: '2.0',
};
const google = {
  iss: 'https://accounts.google.com',
  sub: '110169484474386276334',
  email: emailOf('ru-official-1').toUpperCase(),
  email_verified: true,
  hd: 'ministry.example',
};

describe('whom a token of an issuer elsewhere names', () => {
  it.each<[string, string, object, object]>([
    ['Keycloak’s by its subject', 'sub', keycloak, { official: 'qa-officer-1' }],
    ['Entra’s by its object id', 'oid', entra, { official: 'qa-officer-1' }],
    ['Google’s by a verified address', 'email', google, { official: 'ru-official-1' }],
    ['an issuer’s that can be told the ids', 'sub', { sub: 'qa-lead' }, { official: 'qa-lead' }],
    [
      'a claim of the operator’s own',
      'https://ministry.example/homeward',
      { sub: 'x', 'https://ministry.example/homeward': 'qa-lead' },
      { official: 'qa-lead' },
    ],
  ])('%s', (_what, claim, claims, expected) => {
    expect(named(claim, claims)).toEqual(expected);
  });

  it.each<[string, string, object, string]>([
    ['a subject that nobody listed', 'sub', entra, 'subject-unknown'],
    ['the name a person chose for the lead’s id', 'sub', { ...keycloak, sub: 'another' }, 'subject-unknown'],
    ['the id of one whose subject is another', 'sub', { sub: 'qa-officer-1' }, 'subject-unknown'],
    ['other capitals of a subject', 'sub', { sub: keycloak.sub.toUpperCase() }, 'subject-unknown'],
    ['an address that was not verified', 'email', { ...google, email_verified: false }, 'email-unverified'],
    [
      'an address of which nothing is said',
      'email',
      { ...google, email_verified: undefined },
      'email-unverified',
    ],
    ['an address verified by a word', 'email', { ...google, email_verified: 'true' }, 'email-unverified'],
    ['a token without the claim', 'oid', google, 'claim-missing'],
    ['a claim that is no text', 'oid', { oid: ['7d3b1c52'] }, 'claim-missing'],
    ['a claim that every object has', 'constructor', {}, 'claim-missing'],
    ['one who left the office', 'sub', { sub: 'ru-official-2' }, 'subject-unknown'],
  ])('is nobody for %s', (_what, claim, claims, unbound) => {
    expect(named(claim, claims)).toEqual({ unbound });
  });

  it('is the one who holds the account now, where another had it before', () => {
    const moved: Mechanism['officials'] = officials.map((official) =>
      official.id === 'ru-official-2' ? { ...official, subject: keycloak.sub } : official,
    );
    expect(bindOfficial({ signIn: { claim: 'sub' }, officials: moved }, keycloak)).toEqual({
      official: 'qa-officer-1',
    });
  });
});
