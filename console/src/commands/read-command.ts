/** From what a form holds to the command it means. What is missing or wrong in it the API says, field by field. */
import type { Typed } from '../session/draft';
import { readDay, readInstant } from './date-field';
import { plainDigits } from './clean-text';
import type { FieldKind, FormContext } from './fields';

type Fields = Readonly<Record<string, FieldKind>>;
export type SentCommand = Readonly<Record<string, unknown>> & { readonly type: string };

export function readCommand(type: string, fields: Fields, typed: Typed, context: FormContext): SentCommand {
  const answers = Object.entries(fields).map(
    ([name, field]) => [name, answerOf(name, field, typed, context)] as const,
  );
  const all = Object.fromEntries(answers);
  const asked = answers.filter(
    ([name, value]) => value !== undefined && fields[name] && isAsked(fields[name], all),
  );
  return { type, ...Object.fromEntries(asked) };
}

/** What is only asked after another answer is not sent without it, also where it was typed before. */
const isAsked = ({ only }: FieldKind, answers: Readonly<Record<string, unknown>>): boolean =>
  !only || only.is.includes(String(answers[only.name]));

/** Whether everything is there without which the API would not take it. */
export const isComplete = (fields: Fields, command: SentCommand): boolean =>
  Object.entries(fields).every(([name, field]) => {
    const mayBeLeftOut = 'required' in field ? !field.required : field.kind === 'given';
    return mayBeLeftOut || !isAsked(field, command) || command[name] !== undefined;
  });

function answerOf(name: string, field: FieldKind, typed: Typed, context: FormContext): unknown {
  const texts = (typed[name] ?? []).filter((text) => text !== '');
  // What is typed beside a list counts more than what was chosen from it.
  const text = texts.at(-1) ?? '';
  switch (field.kind) {
    case 'given':
      return field.by(context);
    case 'date':
      return readDay(typed, name);
    case 'instant':
      return readInstant(typed, name);
    case 'pick':
      return field.many ? (texts.length > 0 || field.required ? texts : undefined) : text || undefined;
    case 'times':
      return text === '' ? undefined : readTimes(text);
    case 'number':
      return text === '' ? undefined : Number(text);
    case 'yes-no':
      return text === '' ? undefined : text === 'true';
    case 'text':
    case 'choice':
    case 'file-hash':
      return text || undefined;
  }
}

/** `8:00, 20:30` as the API takes it; what is no time it refuses. */
const readTimes = (text: string): string[] =>
  plainDigits(text)
    .split(/[^\d:]+/u)
    .filter((time) => time !== '')
    .map((time) => time.padStart(5, '0'));
