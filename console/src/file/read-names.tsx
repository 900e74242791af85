/** Every written form of a person's name, those recorded in error struck out. */
import { nameText } from '../parts/child';
import type { WrittenName } from '../parts/child';
import { Fact, Name } from '../parts/parts';
import { useWords } from '../words/use-words';

/** `of`: whose, where it is not the person whom the page is about. */
export function Names({
  names = [],
  of,
}: {
  readonly names: readonly (WrittenName & { patronymic?: string })[] | undefined;
  readonly of?: string;
}) {
  const words = useWords();
  const scripts = words.values.script as Readonly<Record<string, string>>;
  return names.map((name, index) => (
    // Forms are only ever added, so their place is their key.
    <Fact key={index} name={[of, scripts[name.script ?? ''] ?? words.file.names].filter(Boolean).join(' · ')}>
      {name.recordedInError ? <del>{nameText(name)}</del> : <Name>{nameText(name)}</Name>}
      {name.recordedInError && <small>{words.file.inError}</small>}
    </Fact>
  ));
}
