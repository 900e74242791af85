/** One line why: what a task of the inbox is about, as far as the reader may know. */
import type { InboxEntry } from '../api/types';
import { useNames } from '../case/use-case';
import { Name } from '../parts/parts';
import { fill, useWords } from '../words/use-words';

export function AboutLine({ entry: { about } }: { readonly entry: InboxEntry }) {
  const words = useWords();
  const names = useNames();
  if (!about) return null;
  const { values, commands } = words;
  const { party, act, facet, finding, planVersion, channel, hold, reason, incident, visit, place, command } =
    about;
  const parts = [
    party && names.party(party),
    command && (commands as Readonly<Record<string, { readonly act: string }>>)[command]?.act,
    act && values.decision[act],
    facet && values.facet[facet],
    finding && values.finding[finding],
    planVersion && fill(words.case.plan, { n: planVersion }),
    channel && values.relayChannel[channel],
    hold && values.holdReason[hold],
    reason && values.objectionReason[reason],
    incident && values.incident[incident],
    visit && `${words.fields.visit} ${visit}`,
    place && names.place(place),
  ].filter((part) => part !== undefined);
  return (
    <>
      {parts.map((part, index) => (
        <span key={part}>
          {index > 0 && ' · '}
          <Name>{part}</Name>
        </span>
      ))}
      {about.reference !== undefined && (
        <>
          {' '}
          <bdi dir="ltr">{about.reference}</bdi>
        </>
      )}
      {about.text !== undefined && (
        <>
          {' '}
          “<Name>{about.text}</Name>”
        </>
      )}
    </>
  );
}
