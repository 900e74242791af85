/** Every case of the reader’s party: filters stand in the address, pages come as one scrolls. */
import { memo, useEffect, useEffectEvent, useRef, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { careCodes } from '#domain/facts/care';
import { stages } from '#domain/model/stages';
import { isProblem } from '../api/client';
import { usePages } from '../api/use-pages';
import type { BoardEntry } from '../api/types';
import { useMechanism, useNames } from '../case/use-case';
import { PersonName, Age } from '../parts/child';
import { Loading, Name, Reference, State, useTitle } from '../parts/parts';
import { WayMini } from '../parts/way';
import { relativeText, When } from '../parts/when';
import { paths } from '../paths';
import { useMe } from '../session/use-session';
import { inNumber, useWords } from '../words/use-words';
import { flagsFor, readFilters } from './filters';
import type { Filters } from './filters';

const pageSize = 50;

export default function CasesPage() {
  const words = useWords();
  const { kind } = useMe();
  const [search, setSearch] = useSearchParams();
  const filters = readFilters(search);
  const {
    items: entries,
    counts,
    error,
    more,
    isFetchingNextPage,
  } = usePages('/v1/cases', {
    query: { ...filters, limit: pageSize },
  });
  useTitle(words.cases.title);
  const change = (name: string, value: string | undefined) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === undefined || value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  return (
    <>
      <header>
        <div className="row">
          <h1>{words.cases.title}</h1>
          {(kind === 'mediator' || kind === 'requesting') && (
            <Link className="act end" data-rank="first" href={paths.newCase}>
              {words.pages.newCase}
            </Link>
          )}
        </div>
        {counts && (
          <p role="status">
            {inNumber(words.cases.found, counts.total, words.locale)}
            {counts.overdue > 0 && ` · ${inNumber(words.inbox.overdue, counts.overdue, words.locale)}`}
          </p>
        )}
      </header>
      <FilterBar filters={filters} change={change} />
      {/* An address with a filter that is none finds nothing, and says so. */}
      {!entries && !isProblem(error) ? (
        <Loading />
      ) : !entries || entries.length === 0 ? (
        <p>
          {words.cases.none} <Link href={paths.cases}>{words.cases.clear}</Link>
        </p>
      ) : (
        <>
          <div className="sheet scrolls list">
            <table className="folds cases">
              <thead>
                <tr>
                  <th scope="col">{words.cases.child}</th>
                  <th scope="col">{words.cases.way}</th>
                  <th scope="col">{words.cases.waitingOn}</th>
                  <th scope="col">{words.cases.since}</th>
                  <th scope="col">{words.cases.due}</th>
                </tr>
              </thead>
              <tbody>
                {entries.map((entry) => (
                  <Row key={entry.case} entry={entry} />
                ))}
              </tbody>
            </table>
          </div>
          {more && <More isLoading={isFetchingNextPage} load={more} />}
        </>
      )}
    </>
  );
}

function FilterBar({
  filters,
  change,
}: {
  readonly filters: Filters;
  readonly change: (name: string, value: string | undefined) => void;
}) {
  const words = useWords();
  const { kind } = useMe();
  const mechanism = useMechanism();
  const names = useNames();
  return (
    <search className="filters row">
      <label>
        <span>{words.cases.stage}</span>
        <select
          className="input"
          value={filters.stage ?? ''}
          onChange={(event) => change('stage', event.target.value)}
        >
          <option value="">{words.cases.any}</option>
          {stages.map((stage) => (
            <option key={stage} value={stage}>
              {words.values.stage[stage]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{words.cases.waitingOn}</span>
        <select
          className="input"
          value={filters.waitingOn ?? ''}
          onChange={(event) => change('waitingOn', event.target.value)}
        >
          <option value="">{words.cases.any}</option>
          {mechanism?.parties.map(({ id }) => (
            <option key={id} value={id}>
              {names.party(id)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{words.case.inCareOf}</span>
        <select
          className="input"
          value={filters.careWith ?? ''}
          onChange={(event) => change('careWith', event.target.value)}
        >
          <option value="">{words.cases.any}</option>
          {careCodes.map((code) => (
            <option key={code} value={code}>
              {words.values.care[code]}
            </option>
          ))}
        </select>
      </label>
      {flagsFor(kind).map((flag) => (
        <label key={flag} className="flag">
          <input
            type="checkbox"
            checked={filters[flag] === 'true'}
            onChange={(event) => change(flag, event.target.checked ? 'true' : undefined)}
          />
          <span>{words.cases[flag]}</span>
        </label>
      ))}
      <SearchField text={filters.text} change={(text) => change('text', text)} />
    </search>
  );
}

const calmMs = 350;
/** Asked when the typing has paused. */
function SearchField({
  text,
  change,
}: {
  readonly text: string | undefined;
  readonly change: (text: string) => void;
}) {
  const { cases } = useWords();
  const [typed, setTyped] = useState(text ?? '');
  const latest = useEffectEvent(change);
  useEffect(() => {
    if (typed === (text ?? '')) return undefined;
    const timer = setTimeout(() => latest(typed.trim()), calmMs);
    return () => clearTimeout(timer);
  }, [typed, text]);
  return (
    <label className="end">
      <span>{cases.search}</span>
      <input
        className="input"
        type="search"
        dir="auto"
        maxLength={100}
        value={typed}
        title={cases.searchHelp}
        onChange={(event) => setTyped(event.target.value)}
      />
    </label>
  );
}

/** Rows that are there already are not made again when the next page comes. */
const Row = memo(function Row({ entry }: { readonly entry: BoardEntry }) {
  const words = useWords();
  const names = useNames();
  const { child, waiting } = entry;
  const [first] = waiting;
  return (
    <tr>
      <th scope="row">
        <Link href={paths.case(entry.case)}>
          {child ? <PersonName names={child.names} /> : <Reference>{entry.case}</Reference>}
        </Link>{' '}
        <small>
          {child && (
            <>
              <Age {...child} /> · <Reference>{entry.case}</Reference>
            </>
          )}
        </small>
        {entry.careWith && <small>{words.values.care[entry.careWith]}</small>}
        {entry.urgent && <State is="safety">{words.cases.urgent}</State>}
        {entry.onHold && <State is="stalled">{words.cases.onHold}</State>}
      </th>
      <td data-label={words.cases.way}>
        <WayMini stage={entry.stage} />
      </td>
      <td data-label={words.cases.waitingOn}>
        {waiting.slice(0, 2).map(({ party, kind }) => (
          <span key={`${party}:${kind}`} className="line">
            <Name>{names.party(party)}</Name>: {words.obligations[kind]}
          </span>
        ))}
        {entry.outcome && words.values.closure[entry.outcome]}
      </td>
      <td data-label={words.cases.since}>{first && relativeText(first.since, words.locale)}</td>
      <td data-label={words.cases.due}>
        {first &&
          (first.overdue ? (
            <State is="late">
              <When at={first.due} relative />
            </State>
          ) : (
            <When at={first.due} relative />
          ))}
        {entry.stalledSince !== undefined && <State is="stalled">{words.cases.stalled}</State>}
      </td>
    </tr>
  );
});

/** Loads the next page when it comes into sight; a button for whoever does not scroll. */
function More({ isLoading, load }: { readonly isLoading: boolean; readonly load: () => void }) {
  const { cases } = useWords();
  const ref = useRef<HTMLButtonElement>(null);
  const latest = useEffectEvent(load);
  useEffect(() => {
    const button = ref.current;
    if (!button) return undefined;
    const watch = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) latest();
    });
    watch.observe(button);
    return () => watch.disconnect();
  }, []);
  return (
    <button ref={ref} type="button" className="act" aria-disabled={isLoading} onClick={load}>
      {cases.more}
    </button>
  );
}
