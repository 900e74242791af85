/** Another list: the form of the terms as they are, and what would change, in words. */
import { differenceBetween } from '#domain/group/facts';
import type { GroupView } from '../../api/types';
import { useNames } from '../../case/use-case';
import { briefsBy, ChildLink } from '../../parts/case-link';
import { Name } from '../../parts/parts';
import { instantText } from '../../parts/when';
import { useWords } from '../../words/use-words';
import type { GroupFormProps } from '../form-props';
import { useCandidates } from '../use-group';
import type { Briefs } from '../use-group';
import { ListFields, knownIn } from './list-fields';
import { listIn } from './list-terms';
import { Note } from './small-forms';
import { useGroupWords } from '../use-group-words';

export function ChangeForm({ view, task }: GroupFormProps) {
  const candidates = useCandidates({});
  const briefs = new Map([...knownIn(candidates), ...briefsBy(view.children)]);
  return (
    <>
      <ListFields {...{ task, candidates, briefs }} />
      <Note task={task} />
      <Difference list={view.list} next={listIn(task.typed, view.list.departAt)} briefs={briefs} />
    </>
  );
}

type Next = ReturnType<typeof listIn>;
function Difference({
  list,
  next,
  briefs,
}: {
  readonly list: GroupView['list'];
  readonly next: Next;
  readonly briefs: Briefs;
}) {
  const groups = useGroupWords();
  const { values, locale } = useWords();
  const names = useNames();
  const { departAt = list.departAt, place = list.place, route = list.route } = next;
  const changed = { ...list, members: next.members, departAt, place, route } as GroupView['list'];
  const { added, removed, terms } = differenceBetween(list, changed);
  const texts = {
    date: [instantText(departAt, locale), instantText(list.departAt, locale)],
    place: [names.place(place), names.place(list.place)],
    route: [values.modality[changed.route], values.modality[list.route]],
  } as const;
  return (
    <section className="message" aria-live="polite">
      <h2>{groups.changes}</h2>
      {terms.length === 0 && <p>{groups.noChange}</p>}
      <ul>
        {added.map((id) => (
          <li key={id}>
            {groups.added}: <ChildLink id={id} child={briefs.get(id)} />
          </li>
        ))}
        {removed.map((id) => (
          <li key={id}>
            {groups.removed}: <ChildLink id={id} child={briefs.get(id)} />
          </li>
        ))}
        {terms.includes('order') && <li>{groups.terms.order}</li>}
        {(['date', 'place', 'route'] as const)
          .filter((term) => terms.includes(term))
          .map((term) => (
            <li key={term}>
              {groups.terms[term]}: <Name>{texts[term][0]}</Name> ({groups.was}: <Name>{texts[term][1]}</Name>
              )
            </li>
          ))}
      </ul>
      {terms.length > 0 && <p className="note">{groups.startsAnew}</p>}
    </section>
  );
}
