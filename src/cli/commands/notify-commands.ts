/** `homeward notify preview`: what officials receive, in every language, without any server. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import { languages } from '../../contracts/mechanism/mechanism';
import type { Language } from '../../contracts/mechanism/mechanism';
import { previewKinds, previewMail } from '../../notify/compose/preview';
import type { PreviewKind } from '../../notify/compose/preview';
import { exampleText } from '../command-context';
import type { CommandContext } from '../command-context';

interface PreviewOptions {
  readonly kind: PreviewKind;
  readonly lang: Language;
  readonly html?: string;
  readonly all?: string;
}

export function addNotifyCommands(program: Command, { run }: CommandContext): void {
  program
    .command('notify')
    .summary('letters to officials')
    .command('preview')
    .summary('show a letter as its receiver would see it, with invented cases')
    .addOption(new Option('--kind <kind>', 'which letter').choices(previewKinds).default('digest'))
    .addOption(new Option('--lang <language>', 'in which language').choices(languages).default('en'))
    .option('--text', 'print it as text; so it is unless something else is asked for')
    .option('--html <file>', 'write it as HTML')
    .option('--all <folder>', 'write every kind in every language, text and HTML')
    .addHelpText(
      'after',
      exampleText(
        'notify preview --kind reminder --lang uk',
        'notify preview --lang ar --html digest.html',
        'notify preview --all previews',
      ),
    )
    .action(
      run(async (terminal, { kind, lang, html, all }: PreviewOptions) => {
        if (all !== undefined) {
          const files = await writeAll(all);
          terminal.show({ folder: all, files }, () => [`${files} letters are in ${all}.`]);
          return;
        }
        const mail = previewMail(kind, lang);
        if (html !== undefined) await writeFile(html, mail.html);
        terminal.show(mail, () =>
          html === undefined
            ? [`Subject: ${mail.subject}`, '', mail.text]
            : [`The letter is in ${html}. Its subject: ${mail.subject}`],
        );
      }),
    );
}

/** `<kind>.<language>.html` and `.txt`. Gives the number of letters. */
async function writeAll(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  for (const kind of previewKinds)
    for (const language of languages) {
      const mail = previewMail(kind, language);
      const name = join(folder, `${kind}.${language}`);
      await writeFile(`${name}.html`, mail.html);
      await writeFile(`${name}.txt`, `Subject: ${mail.subject}\n\n${mail.text}`);
    }
  return previewKinds.length * languages.length;
}
