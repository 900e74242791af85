/** A mail as plain text: for screen readers, telephones, and mail programs that distrust HTML. */
import { urlOf, isolated } from './mail-content';
import type { MailContent, MailFrame, MailLine } from './mail-content';
import type { MailTexts } from './texts/mail-words';

export function renderText(content: MailContent, texts: MailTexts, frame: MailFrame): string {
  const isAboutOne = content.sections.every(({ title }) => title === undefined);
  const blocks = content.sections.map(({ title, lines, more }) => [
    ...(title === undefined ? [] : [title.toLocaleUpperCase(texts.locale), '']),
    ...lines.flatMap((line) => (isAboutOne ? aboutOne(line) : listed(line, texts, frame))),
    ...(more === undefined ? [] : [`… ${more}`]),
  ]);
  return `${[
    content.heading,
    ...blocks.map((lines) => lines.join('\n')),
    `${content.action.label}: ${content.action.url}`,
    ...content.footer,
  ].join('\n\n')}\n`;
}

const aboutOne = ({ text, detail }: MailLine): string[] => [text, ...(detail === undefined ? [] : [detail])];

const listed = (
  { reference, text, detail, urgency }: MailLine,
  texts: MailTexts,
  frame: MailFrame,
): string[] => [
  `- ${urgency === 'safety' ? `${texts.urgent} ` : ''}${isolated(reference, texts)}  ${text}${
    detail === undefined ? '' : `. ${detail}`
  }`,
  `  ${urlOf(frame, reference)}`,
];
