/** One line why: what a task of the inbox is about, as far as the reader may know. */
import type { InboxEntry } from '../api/types';
import { useNames } from '../case/use-case';
import { Name } from '../parts/parts';
import { fill, useWords } from '../words/use-words';

export function AboutLine({ entry: { about } }: { readonly entry: InboxEntry }) {
  const words = useWords();
  const names = useNames();
  if (!about) return null;
  const of: Readonly<Record<string, unknown>> = about;
  const parts: readonly (string | undefined)[] = [
    text(of.party) && names.party(String(of.party)),
    text(of.act) && (words.values.decision as Words)[String(of.act)],
    text(of.facet) && (words.values.facet as Words)[String(of.facet)],
    text(of.finding) && (words.values.finding as Words)[String(of.finding)],
    of.planVersion === undefined ? undefined : fill(words.case.plan, { n: Number(of.planVersion) }),
    text(of.channel) && (words.values.relayChannel as Words)[String(of.channel)],
    text(of.reason) &&
      ((words.values.holdReason as Words)[String(of.reason)] ??
        (words.values.objectionReason as Words)[String(of.reason)]),
    of.visit === undefined ? undefined : `${words.fields.visit} ${String(of.visit)}`,
    text(of.place) && names.place(String(of.place)),
  ];
  return (
    <>
      {parts
        .filter((part) => part !== undefined && part !== '')
        .map((part) => <Name key={part}>{part}</Name>)
        .flatMap((part, index) => (index === 0 ? [part] : [' · ', part]))}
      {typeof of.reference === 'string' && (
        <>
          {' '}
          <bdi dir="ltr">{of.reference}</bdi>
        </>
      )}
      {typeof of.text === 'string' && (
        <>
          {' '}
          “<Name>{of.text}</Name>”
        </>
      )}
    </>
  );
}
type Words = Readonly<Record<string, string>>;
const text = (value: unknown): '' | undefined | string => (typeof value === 'string' ? value : undefined);
