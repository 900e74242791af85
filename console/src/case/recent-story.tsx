/** The newest of what happened. */
import { Link } from 'wouter';
import { api } from '../api/client';
import { Panel } from '../parts/parts';
import { paths } from '../paths';
import { useWords } from '../words/use-words';
import { Story } from './event-line';

export default function RecentStory({ id }: { readonly id: string }) {
  const { case: of } = useWords();
  const { data } = api.useQuery('get', '/v1/cases/{id}/timeline', {
    params: { path: { id }, query: { order: 'newest', limit: 8 } },
  });
  return (
    <Panel id="story" title={of.happened} note={<Link href={paths.timeline(id)}>{of.allEntries}</Link>}>
      <Story entries={data?.items ?? []} />
    </Panel>
  );
}
