/** Written forms of names: letters of one script in one word, under the script they are listed with. */
import type { Script, WrittenName } from '../../src/contracts/dossier';
import type { CheckFinding } from '../../src/domain/commands';
import { found } from './check-input';
import type { CheckInput } from './check-input';

const letters = {
  latin: /\p{Script=Latin}/u,
  cyrillic: /\p{Script=Cyrillic}/u,
  arabic: /\p{Script=Arabic}/u,
} as const satisfies Record<Script, RegExp>;

export function checkNames({ dossier: { child }, recipient }: CheckInput): CheckFinding[] {
  return [
    ...child.names.flatMap((name) => spelling(name).map((code) => found(code))),
    ...recipient.names.flatMap((name) =>
      spelling(name).map((code) => found(code, { recipient: recipient.id })),
    ),
    ...(new Set(child.names.map(({ script }) => script)).size === 1 ? [found('name-one-script')] : []),
    ...(child.names.some(({ sourceDocument }) => sourceDocument !== undefined)
      ? []
      : [found('name-without-document')]),
  ];
}

function spelling({ script, given, family, patronymic = '' }: WrittenName) {
  const words = `${given} ${family} ${patronymic}`.split(/[\s-]+/);
  const scriptsIn = (word: string): number => Object.values(letters).filter((form) => form.test(word)).length;
  const wrong = words.some((word) => /\p{L}/u.test(word) && !letters[script].test(word));
  return [
    ...(words.some((word) => scriptsIn(word) > 1) ? (['name-mixed-script'] as const) : []),
    ...(wrong ? (['name-wrong-script'] as const) : []),
  ];
}
