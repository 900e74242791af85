/** One way for all who travel together: it is typed once, and looked through where one of them has it already. */
import { useMechanism, useNames } from '../../case/use-case';
import { LegList, typedFrom } from '../../legs/leg-list';
import { useLegsOf } from '../../legs/use-legs-of';
import { today } from '../../parts/clock';
import { Loading } from '../../parts/parts';
import { fill, useWords } from '../../words/use-words';
import { useGroupWords } from '../use-group-words';
import type { GroupFormProps } from '../form-props';
import { Excepted, Note } from './small-forms';

export function LegsForm({ view, task }: GroupFormProps) {
  const { legs } = useWords();
  const { goesElsewhere } = useGroupWords();
  const names = useNames();
  const mechanism = useMechanism();
  const planned = useLegsOf(view.children.filter(({ travels }) => travels).map((child) => child.case));
  if (!mechanism || !planned) return <Loading />;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <>
      <p className="note">{fill(legs.zone, { zone })}</p>
      <LegList
        task={task}
        places={{ mechanism, names, today: today() }}
        first={view.list.departAt.slice(0, 10)}
        start={typedFrom(planned)}
      />
      <Excepted {...{ view, task }} legend={goesElsewhere} />
      <Note task={task} />
    </>
  );
}
