/**
 * A mail as HTML: tables and inline styles, which is what Outlook draws, and nothing that is fetched from anywhere.
 * Colours say nothing that words don't say too.
 */
import { urlOf } from './mail-content';
import type { MailContent, MailFrame, MailLine, MailSection } from './mail-content';
import type { MailTexts } from './texts/mail-words';

const font = "font-family:'Segoe UI',Tahoma,Arial,sans-serif";
const ink = {
  text: '#1f2933',
  faint: '#52606d',
  line: '#d9e2ec',
  link: '#0b5394',
  alarm: '#b42318',
  late: '#8a4b00',
};

export function renderHtml(content: MailContent, texts: MailTexts, frame: MailFrame): string {
  const { lang, direction } = texts;
  const start = direction === 'rtl' ? 'right' : 'left';
  const sections = content.sections.map((section) => sectionOf(section, { texts, frame, start })).join('');
  const footer = content.footer
    .map(
      (line) =>
        `<p style="margin:0 0 6px;${font};font-size:13px;line-height:1.5;color:${ink.faint}">${escape(line)}</p>`,
    )
    .join('');
  return `<!doctype html>
<html lang="${lang}" dir="${direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light"><title>${escape(content.subject)}</title></head>
<body style="margin:0;padding:0;background:#f4f6f8" dir="${direction}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f4f6f8" dir="${direction}"><tr><td align="center" style="padding:16px 8px">
<table role="presentation" width="640" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff" dir="${direction}" style="width:100%;max-width:640px;background:#ffffff;border:1px solid ${ink.line}">
<tr><td align="${start}" style="padding:20px 20px 4px;text-align:${start}"><h1 style="margin:0;${font};font-size:20px;line-height:1.4;font-weight:600;color:${ink.text}">${escape(content.heading)}</h1></td></tr>
${sections}<tr><td align="${start}" style="padding:16px 20px 20px;text-align:${start}"><table role="presentation" cellpadding="0" cellspacing="0" border="0" dir="${direction}"><tr><td bgcolor="${ink.link}" style="padding:10px 18px;background:${ink.link}"><a href="${escape(content.action.url)}" style="${font};font-size:15px;font-weight:600;color:#ffffff;text-decoration:none">${escape(content.action.label)}</a></td></tr></table></td></tr>
<tr><td align="${start}" style="padding:12px 20px 14px;border-top:1px solid ${ink.line};text-align:${start}">${footer}</td></tr>
</table></td></tr></table>
</body></html>
`;
}

interface Around {
  readonly texts: MailTexts;
  readonly frame: MailFrame;
  readonly start: 'left' | 'right';
}

function sectionOf({ title, lines, more }: MailSection, around: Around): string {
  const { start } = around;
  const head =
    title === undefined
      ? ''
      : `<h2 style="margin:12px 0 4px;${font};font-size:15px;line-height:1.4;font-weight:600;color:${ink.faint}">${escape(title)}</h2>`;
  const rest =
    more === undefined
      ? ''
      : `<tr><td colspan="2" align="${start}" style="padding:8px 0;text-align:${start};${font};font-size:14px;color:${ink.faint}">… ${escape(more)}</td></tr>`;
  return `<tr><td align="${start}" style="padding:4px 20px;text-align:${start}">${head}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" dir="${around.texts.direction}">${lines
    .map((line) => lineOf(line, around, title !== undefined))
    .join('')}${rest}</table></td></tr>
`;
}

/** In a mail about one case its heading has the reference. */
function lineOf(
  { reference, text, detail, urgency }: MailLine,
  { texts, frame, start }: Around,
  isListed: boolean,
): string {
  const cell = `padding:8px 0;border-bottom:1px solid ${ink.line};text-align:${start};vertical-align:top;${font};font-size:15px;line-height:1.45`;
  const mark =
    urgency === 'safety' ? `<strong style="color:${ink.alarm}">${escape(texts.urgent)}</strong> ` : '';
  const colour = urgency === 'none' ? ink.faint : urgency === 'safety' ? ink.alarm : ink.late;
  const when =
    detail === undefined ? '' : `<br><span style="font-size:13px;color:${colour}">${escape(detail)}</span>`;
  // The reference keeps its direction and its line, whatever stands around it.
  const link = isListed
    ? `<td width="104" align="${start}" style="${cell};white-space:nowrap"><a href="${escape(urlOf(frame, reference))}" style="color:${ink.link}"><bdi dir="ltr">${escape(reference)}</bdi></a></td>`
    : '';
  return `<tr>${link}<td align="${start}" style="${cell};color:${ink.text}">${mark}${escape(text)}${when}</td></tr>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
