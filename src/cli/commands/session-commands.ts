/** `sign-in`, `sign-out`, `whoami`, and the operator's `link`. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { createFileStore } from '../../auth/issuer-store';
import { issueLinkFrom } from '../../auth/sign-in-links';
import { parseConfig } from '../../config';
import { CliError } from '../cli-error';
import type { CommandContext } from '../command-context';
import { signInByBrowser, signInByLink } from '../session/sign-in';
import { failUnlessDone, linesOf, signOut } from '../session/sign-out';

export function addSessionCommands(program: Command, { run }: CommandContext): void {
  program
    .command('sign-in')
    .argument('[link]', 'a single-use sign-in link; without one the browser is used')
    .summary('sign in, and act as that official from now on')
    .action(
      run(async (terminal, link?: string) => {
        const session =
          link === undefined ? await signInByBrowser(terminal.api, terminal.say) : await signInByLink(link);
        await terminal.sessions.keep(session);
        const { official, expiresAt } = session;
        const isRenewed = session.refreshToken !== undefined;
        terminal.show({ official, expiresAt, isRenewed }, () => [
          isRenewed
            ? `You act as ${official} until you sign out, for a working day at most.`
            : `You act as ${official} until ${expiresAt.slice(0, 16)}Z.`,
        ]);
      }),
    );
  program
    .command('sign-out')
    .summary('end and forget every session of this API on this machine')
    .option('--everywhere', 'and end every session of whom you act as, wherever it is')
    .action(
      run(async (terminal, { everywhere }: { everywhere?: boolean }) => {
        const isEverywhere = everywhere !== true || (await (await terminal.client()).signOutEverywhere());
        const ended = await signOut(await terminal.sessions.forgetAll());
        terminal.show({ signedOut: true, sessions: ended }, () => ['Signed out.', ...linesOf(ended)]);
        failUnlessDone(ended, isEverywhere);
      }),
    );
  program
    .command('whoami')
    .summary('whom you act as')
    .action(
      run(async (terminal) => {
        const client = await terminal.client();
        const { you } = await client.get<{
          you: { official: string; party: string; kind: string; roles: string[] };
        }>('/v1/mechanism');
        terminal.show(you, () => [`${you.official}, ${you.party} (${you.kind}): ${you.roles.join(', ')}`]);
      }),
    );
  program
    .command('link')
    .argument('<official>', 'id of an official of the mechanism, e.g. qa-officer-1')
    .summary('for who runs Homeward: a new single-use sign-in link, from the data folder')
    .action(
      run(async (terminal, official: string) => {
        if (!/^[a-z][a-z0-9-]{1,39}$/.test(official))
          throw new CliError('usage', 'That is no official’s id.');
        const { dataFolder } = parseConfig(process.env);
        const store = createFileStore(join(dataFolder, 'issuer'));
        if ((await store.find('keys', 'issuer')) === undefined)
          throw new CliError(
            'usage',
            `${dataFolder} holds no sign-in keys.`,
            'Run this where Homeward runs, with the same HOMEWARD_DATA.',
          );
        const link = await issueLinkFrom(store, terminal.api, official);
        terminal.show({ link }, () => [link]);
      }),
    );
}
