/** What happened in a group, the newest first. */
import type { ReactNode } from 'react';
import type { GroupView } from '../api/types';
import { useNames } from '../case/use-case';
import { briefsBy, ChildLink } from '../parts/case-link';
import { Name } from '../parts/parts';
import { When } from '../parts/when';
import { listText } from '../words/formats';
import { fill, useWords } from '../words/use-words';
import { useGroup } from './use-group';
import { useGroupWords } from './use-group-words';
import type { Briefs } from './use-group';

type Event = GroupView['events'][number];

export const GroupStory = ({
  events,
  briefs,
}: {
  readonly events: readonly Event[];
  readonly briefs: Briefs;
}) => (
  <ol className="story">
    {[...events].reverse().map((event) => (
      <li key={event.version}>
        <When at={event.at} />
        <div>
          <Told event={event} briefs={briefs} />
        </div>
        <By event={event} />
      </li>
    ))}
  </ol>
);

/** What somebody else did while something was typed. */
export function GroupNews({ id, seen }: { readonly id: string; readonly seen: number }) {
  const { view } = useGroup(id);
  if (!view) return null;
  return (
    <GroupStory
      events={view.events.filter(({ version }) => version > seen)}
      briefs={briefsBy(view.children)}
    />
  );
}

function Told({ event, briefs }: { readonly event: Event; readonly briefs: Briefs }) {
  const groups = useGroupWords();
  const { locale, case: of } = useWords();
  const { member, reason, terms, list, note, word, relay } = event;
  const texts = (set: object, key: string | undefined): string | undefined =>
    key === undefined ? undefined : (set as Readonly<Record<string, string>>)[key];
  const details: ReactNode[] = [
    member !== undefined && <ChildLink id={member} child={briefs.get(member)} />,
    list !== undefined && fill(groups.list, { n: list }),
    terms &&
      listText(
        terms.map((term) => groups.terms[term]),
        locale,
      ),
    word !== undefined && groups.commands[word].act,
    relay !== undefined && !event.type.startsWith('Relay') && word === undefined && of.relayed,
    texts({ ...groups.dropReasons, ...groups.abortReasons }, reason),
  ].filter((detail) => detail !== undefined && detail !== false);
  return (
    <>
      <b>{texts(groups.events, event.type) ?? event.type}</b>
      {details.map((detail, index) => (
        <span key={index}> · {detail}</span>
      ))}
      {note !== undefined && (
        <span className="line" dir="auto">
          {note}
        </span>
      )}
    </>
  );
}

function By({ event: { by } }: { readonly event: Event }) {
  const names = useNames();
  const { shell } = useWords();
  return (
    <span className="note">{'party' in by ? <Name>{names.party(by.party)}</Name> : shell.homeward}</span>
  );
}
