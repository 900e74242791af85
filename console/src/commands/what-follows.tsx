/** What an act would lead to in this case, said by the rules themselves: asked of the record, nothing is done. */
import { useEffect, useState } from 'react';
import { http } from '../api/client';
import type { Preview } from '../api/types';
import { EventLine } from '../case/event-line';
import { useNames } from '../case/use-case';
import { Name, refusalText } from '../parts/parts';
import { useWords } from '../words/use-words';
import type { SentCommand } from './read-command';

const calmMs = 700;

export function WhatFollows({
  id,
  command,
}: {
  readonly id: string;
  readonly command: SentCommand | undefined;
}) {
  const words = useWords();
  const names = useNames();
  const preview = usePreview(id, command);
  if (!preview) return null;
  return (
    <section className="message" aria-live="polite" data-is={preview.refusal ? 'late' : undefined}>
      <h2>{preview.refusal ? words.form.wouldBeRefused : words.form.whatFollows}</h2>
      {preview.refusal ? (
        <p>
          {refusalText(words, { title: preview.refusal.code, ...preview.refusal })}{' '}
          {preview.refusal.blockers?.map(({ blocker }) => words.values.blocker[blocker]).join(' · ')}
        </p>
      ) : (
        <>
          <ul>
            {preview.events.map((event, index) => (
              <li key={`${event.type} ${index}`}>
                <EventLine event={event} />
              </li>
            ))}
          </ul>
          {preview.events.length === 0 && <p>{words.form.nothingFollows}</p>}
          {preview.waitingOn.length > 0 && (
            <p className="note">
              {words.form.followedBy}: <Name>{preview.waitingOn.map(names.party).join(' · ')}</Name>
            </p>
          )}
        </>
      )}
    </section>
  );
}

/** Asked when the form is whole and the typing has paused. */
function usePreview(id: string, command: SentCommand | undefined): Preview | undefined {
  const [answer, setAnswer] = useState<{ readonly to: string; readonly preview: Preview }>();
  const asked = command && JSON.stringify(command);
  useEffect(() => {
    if (asked === undefined) return undefined;
    let current = true;
    const timer = setTimeout(() => {
      void http
        .POST('/v1/cases/{id}/preview', { params: { path: { id } }, body: JSON.parse(asked) as never })
        .then(({ data }) => {
          if (current && data) setAnswer({ to: asked, preview: data });
        })
        .catch(() => undefined);
    }, calmMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [id, asked]);
  // What was asked before says nothing of what stands in the form now.
  return answer?.to === asked ? answer?.preview : undefined;
}
