/** What the checks found: those of the border in words, the others by their code. */
import type { CaseView } from '../api/types';
import { Name, State } from '../parts/parts';
import { useWords } from '../words/use-words';
import { useNames } from './use-case';

type Finding = NonNullable<CaseView['checks']>['findings'][number];

export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const words = useWords();
  return (
    <ul>
      {findings.map((finding) => {
        const { code, severity, document, recipient, form, paper, place } = finding;
        return (
          <li key={[code, document, recipient, form, paper, place].join(':')} className="row">
            <State is={severity === 'blocking' ? 'late' : 'open'}>{words.values.severity[severity]}</State>
            <Said finding={finding} />
            <span className="ref">{[code, document, recipient].filter(Boolean).join(' ')}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Said({ finding: { code, paper, place, holds, needed } }: { readonly finding: Finding }) {
  const words = useWords();
  const names = useNames();
  const said = (words.values.borderFinding as Readonly<Record<string, string | undefined>>)[code];
  if (said === undefined) return null;
  const text = said.replace('{n}', `${holds ?? 0}`).replace('{of}', `${needed ?? 0}`);
  return (
    <span>
      {paper && `${words.values.paper[paper]}: `}
      {text}
      {place !== undefined && (
        <>
          {' '}
          · <Name>{names.place(place)}</Name>
        </>
      )}
    </span>
  );
}
