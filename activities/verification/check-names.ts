/** Written forms of names: letters of one script in one word, under the script they are listed with, not garbled. */
import type { Script, WrittenName } from '../../src/contracts/dossier/dossier';
import { isGarbled, standingNames } from '../../src/contracts/dossier/name-faults';
import type { CheckFinding } from '../../src/domain/model/commands';
import { found } from './check-input';
import type { CheckInput } from './check-input';

const letters = {
  latin: /\p{Script=Latin}/u,
  cyrillic: /\p{Script=Cyrillic}/u,
  arabic: /\p{Script=Arabic}/u,
} as const satisfies Record<Script, RegExp>;

/** Forms recorded in error are not looked at. A finding names the form by its place in the dossier, from 1. */
export function checkNames({ dossier: { child }, recipient }: CheckInput): CheckFinding[] {
  const childs = standingNames(child.names);
  return [
    ...formsOf(child.names, {}),
    ...formsOf(recipient.names, { recipient: recipient.id }).filter(
      // An authority has one name.
      ({ code }) => code !== 'name-single' || recipient.kind !== 'authority',
    ),
    ...(new Set(childs.map(({ script }) => script)).size === 1 ? [found('name-one-script')] : []),
    ...(childs.some(({ sourceDocument }) => sourceDocument !== undefined)
      ? []
      : [found('name-without-document')]),
  ];
}

function formsOf(names: readonly WrittenName[], about: Pick<CheckFinding, 'recipient'>): CheckFinding[] {
  const standing = standingNames(names);
  // Another form may have both parts: then this one is only a shorter writing.
  const isSingle = standing.every(({ given, family }) => given === undefined || family === undefined);
  return [
    ...names.flatMap((name, at) =>
      name.recordedInError ? [] : spelling(name).map((code) => found(code, { ...about, form: at + 1 })),
    ),
    ...(isSingle ? [found('name-single', about)] : []),
  ];
}

function spelling({ script, given = '', family = '', patronymic = '' }: WrittenName) {
  if ([given, family, patronymic].some(isGarbled)) return ['name-garbled'] as const;
  const words = `${given} ${family} ${patronymic}`.split(/[\s-]+/);
  const scriptsIn = (word: string): number => Object.values(letters).filter((form) => form.test(word)).length;
  const wrong = words.some((word) => /\p{L}/u.test(word) && !letters[script].test(word));
  return [
    ...(words.some((word) => scriptsIn(word) > 1) ? (['name-mixed-script'] as const) : []),
    ...(wrong ? (['name-wrong-script'] as const) : []),
  ];
}
