/** Who is on the list, family by family, in the order in which they pass; and who could be. */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Candidates } from '../../api/types';
import { Fault } from '../../commands/fault';
import { ChildLink } from '../../parts/case-link';
import { Day } from '../../parts/when';
import { inNumber, useWords } from '../../words/use-words';
import { Children } from '../children';
import type { GroupTask } from '../form-props';
import type { Briefs } from '../use-group';
import { addedTo, familiesIn, movedIn, siblingsIn } from './families';
import { useGroupWords } from '../use-group-words';

export interface ChildrenChoice {
  readonly task: GroupTask;
  readonly candidates: Candidates | undefined;
  readonly briefs: Briefs;
}

export function ChooseChildren({ task, candidates, briefs }: ChildrenChoice) {
  const groups = useGroupWords();
  const { locale } = useWords();
  const box = useRef<HTMLFieldSetElement>(null);
  const [members, setMembers] = useState<readonly string[]>(task.typed.members ?? []);
  const [goesOnAt, setGoesOnAt] = useState<string>();
  const siblings = siblingsIn(candidates);
  const families = familiesIn(members, siblings);
  const isKept = members.join() === (task.typed.members ?? []).join();
  const keep = useEffectEvent(() => {
    // The form reads its fields itself, in their order.
    if (!isKept) box.current?.dispatchEvent(new Event('input', { bubbles: true }));
    if (goesOnAt !== undefined) document.getElementById(goesOnAt)?.focus();
  });
  useEffect(() => keep(), [members]);
  // What was pressed may be gone or have moved: the keyboard goes on where it was, or at the heading.
  const change = (next: readonly string[], at = 'chosen') => {
    setGoesOnAt(at);
    setMembers(next);
  };
  const addButton = (id: string) => (
    <button type="button" className="act" onClick={() => change(addedTo(members, [id], siblings))}>
      {groups.add}
    </button>
  );
  const others = (candidates?.lists ?? [])
    .flatMap((list) => list.members)
    .filter((each, index, all) => all.findIndex((one) => one.case === each.case) === index)
    .filter((each) => !members.includes(each.case));
  const apart = (candidates?.apart ?? []).filter((each) => !members.includes(each.case));
  const missing = task.problem?.code === 'siblings-apart' ? (task.problem.members ?? []) : [];
  return (
    <fieldset className="stack" ref={box}>
      <legend className="visually-hidden">{groups.terms.names}</legend>
      {members.map((id) => (
        <input key={id} type="hidden" name="members" value={id} />
      ))}
      {missing.some((id) => !members.includes(id)) && (
        <button type="button" className="act" onClick={() => change(addedTo(members, missing, siblings))}>
          {groups.addThem}
        </button>
      )}
      <section className="stack tight">
        <h2 id="chosen" tabIndex={-1}>
          {groups.chosen}: {members.length}
        </h2>
        {members.length === 0 && <p className="note">{groups.nobodyChosen}</p>}
        <ol className="stack tight-list">
          {families.map((family, index) => {
            const [first = ''] = family;
            return (
              <li key={first} className="row family">
                <Children cases={family} briefs={briefs} from={members.indexOf(first) + 1} />
                <span className="row">
                  {([-1, 1] as const).map((by) => (
                    <button
                      key={by}
                      id={`move-${by}-${first}`}
                      type="button"
                      className="act"
                      aria-disabled={families[index + by] === undefined}
                      onClick={() => change(movedIn(families, index, by), `move-${by}-${first}`)}
                    >
                      {by < 0 ? groups.earlier : groups.later}
                    </button>
                  ))}
                  <button
                    type="button"
                    className="act"
                    onClick={() => change(members.filter((id) => !family.includes(id)))}
                  >
                    {groups.remove}
                  </button>
                </span>
              </li>
            );
          })}
        </ol>
        <Fault name="members" fault={task.fault('members')} />
      </section>
      {others.length > 0 && (
        <section className="stack tight">
          <h2>{groups.proposals}</h2>
          {(candidates?.lists ?? []).map((list) => (
            <div key={list.date} className="row">
              <span>
                <Day day={list.date} /> · {inNumber(groups.count, list.members.length, locale)}
                {list.escorts > 0 && (
                  <small className="line">{inNumber(groups.escortsNeeded, list.escorts, locale)}</small>
                )}
              </span>
              <button
                type="button"
                className="act"
                onClick={() =>
                  change(
                    addedTo(
                      members,
                      list.members.map((each) => each.case),
                      siblings,
                    ),
                  )
                }
              >
                {groups.takeList}
              </button>
            </div>
          ))}
          <ul className="stack tight-list">
            {others.map(({ case: id, until, escortUntil, siblings: family }) => (
              <li key={id} className="row family">
                <span>
                  <ChildLink id={id} child={briefs.get(id)} />
                  <small className="line">
                    {groups.until} <Day day={until} short />
                    {escortUntil !== undefined && (
                      <>
                        {' '}
                        · {groups.escortUntil} <Day day={escortUntil} short />
                      </>
                    )}
                    {family && ` · ${groups.withSiblings}`}
                  </small>
                </span>
                {addButton(id)}
              </li>
            ))}
          </ul>
        </section>
      )}
      {apart.length > 0 && (
        <section className="stack tight">
          <h2>{groups.others}</h2>
          <ul className="stack tight-list">
            {apart.map(({ case: id, why }) => (
              <li key={id} className="row family">
                <span>
                  <ChildLink id={id} child={briefs.get(id)} />
                  <small className="line">{groups.misfits[why]}</small>
                </span>
                {why !== 'in-other-group' && addButton(id)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </fieldset>
  );
}
