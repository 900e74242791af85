/** What is owed to a group, among what is owed in cases. Loaded where there is one: few offices have any. */
import { Link } from 'wouter';
import type { InboxGroupEntry } from '../api/types';
import { useNames } from '../case/use-case';
import { useGroupWords } from '../groups/use-group-words';
import { Name, Reference } from '../parts/parts';
import { When } from '../parts/when';
import { paths } from '../paths';
import { inNumber, useWords } from '../words/use-words';

export default function GroupTask({ entry }: { readonly entry: InboxGroupEntry }) {
  const groups = useGroupWords();
  const { locale } = useWords();
  const names = useNames();
  const { group, kind, subject, state, departAt, children } = entry;
  return (
    <>
      <div>
        <Link href={paths.group(group)}>{groups.duties[kind]}</Link>
        <p>
          {groups.one} <Reference>{group}</Reference> · {inNumber(groups.count, children, locale)}
        </p>
        <p>
          {groups.departure}: <When at={departAt} />
          {subject !== undefined && (
            <>
              {' · '}
              <Name>{names.party(subject)}</Name>
            </>
          )}
        </p>
      </div>
      <div className="stage">{groups.states[state]}</div>
    </>
  );
}
