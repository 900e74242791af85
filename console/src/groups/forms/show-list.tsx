/** Nothing is asked: what it is about stands here, whole. */
import { listTerms } from '#domain/group/group';
import { Fact } from '../../parts/parts';
import { fill } from '../../words/use-words';
import type { GroupFormProps } from '../form-props';
import { ListedChildren, useTermTexts } from '../the-list';
import { useGroupWords } from '../use-group-words';

export function ShowList({ view }: GroupFormProps) {
  const groups = useGroupWords();
  const texts = useTermTexts(view);
  return (
    <article className="paper">
      <header>
        <b>{fill(groups.list, { n: view.list.version })}</b>
      </header>
      <dl className="facts">
        {listTerms.map((term) => (
          <Fact key={term} name={groups.terms[term]}>
            {texts[term]}
          </Fact>
        ))}
      </dl>
      <ListedChildren view={view} />
    </article>
  );
}
