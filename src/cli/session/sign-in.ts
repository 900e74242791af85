/**
 * Signing in from a terminal: with a sign-in link at once, or through the browser by authorization code, PKCE
 * and a port on the loopback address (RFC 8252), whichever issuer the API names. Its packages are loaded here
 * only, as every other command is quicker without them.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { localScope } from '../../auth/issuer-names';
import { reach } from '../api-client';
import { CliError } from '../cli-error';
import { discoverIssuer, sessionOf } from './issuer-session';
import type { Session } from './session-store';

export async function signInByLink(link: string): Promise<Session> {
  if (!URL.canParse(link) || !/^https?:$/.test(new URL(link).protocol))
    throw new CliError('usage', 'That is no sign-in link.', 'Copy the whole line that Homeward printed.');
  const response = await reach(link, { method: 'POST', headers: { accept: 'application/json' } });
  const answer = (await response.json().catch(() => ({}))) as {
    access_token?: string;
    refresh_token?: string;
    expires_in?: number;
    title?: string;
  };
  if (!response.ok || answer.access_token === undefined)
    throw new CliError('refused', answer.title ?? 'The link was not taken.', 'Ask for a new one.', answer);
  return sessionOf({ ...answer, access_token: answer.access_token });
}

/** Which issuer, the API's own metadata says (RFC 9728). */
export async function signInByBrowser(api: string, print: (line: string) => void): Promise<Session> {
  const metadata = await reach(`${api}/.well-known/oauth-protected-resource`);
  const { authorization_servers: issuers, homeward_audience: audience } = (await metadata.json()) as {
    authorization_servers: string[];
    homeward_audience: string;
  };
  const [issuer] = issuers;
  if (issuer === undefined) throw new CliError('unexpected', 'The API names no issuer.');
  const openid = await import('openid-client');
  const client = await discoverIssuer(issuer);
  const verifier = openid.randomPKCECodeVerifier();
  const state = openid.randomState();
  const callback = await listenOnce();
  const address = openid.buildAuthorizationUrl(client, {
    redirect_uri: callback.address,
    scope: `openid ${localScope}`,
    resource: audience,
    state,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  print(`Open this in your browser:\n\n  ${address.href}\n`);
  const returned = await callback.returned;
  const tokens = await openid
    .authorizationCodeGrant(client, returned, { pkceCodeVerifier: verifier, expectedState: state })
    .catch(() => {
      throw new CliError('refused', 'The sign-in was not completed.');
    });
  return sessionOf(tokens, issuer);
}

/** A port of the loopback address that takes one redirect. */
async function listenOnce(): Promise<{ address: string; returned: Promise<URL> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
  const returned = new Promise<URL>((resolve, reject) => {
    const late = setTimeout(() => {
      server.close();
      reject(new CliError('refused', 'Nobody signed in within ten minutes.'));
    }, 600_000);
    server.on('request', (request, response) => {
      const url = new URL(request.url ?? '/', address);
      response.setHeader('content-type', 'text/plain; charset=utf-8');
      response.setHeader('connection', 'close');
      if (url.pathname !== '/callback') return void response.writeHead(404).end();
      response.end('Signed in. Return to the terminal.\n');
      clearTimeout(late);
      server.close();
      resolve(url);
    });
  });
  return { address, returned };
}
