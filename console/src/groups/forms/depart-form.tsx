/** Before a group sets out: who would go, who would stay and why, as things stand now. */
import { briefsBy } from '../../parts/case-link';
import { Children } from '../children';
import type { GroupFormProps } from '../form-props';
import { Left } from '../left';
import { useGroupWords } from '../use-group-words';

export function DepartForm({ view }: GroupFormProps) {
  const groups = useGroupWords();
  const { departed = [], left = [] } = view.foreseen ?? {};
  const briefs = briefsBy(view.children);
  return (
    <div className="stack" aria-live="polite">
      <section className="stack tight">
        <h2>
          {groups.wouldGo}: {departed.length}
        </h2>
        {departed.length === 0 ? <p>{groups.nobodyGoes}</p> : <Children cases={departed} briefs={briefs} />}
      </section>
      {left.length > 0 && (
        <section className="message" data-is="late">
          <h2>
            {groups.wouldStay}: {left.length}
          </h2>
          <Left left={left} briefs={briefs} />
        </section>
      )}
      <p className="note">{groups.countsThen}</p>
    </div>
  );
}
