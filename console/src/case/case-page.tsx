/** One case: where it stands, on whom it waits, what the reader can do. */
import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import type { CaseView } from '../api/types';
import { actAddress } from '../commands/task-address';
import { Age, PersonName, RelationText, bestName, nameText } from '../parts/child';
import { Loading, Name, NotHere, Reference, State, useTitle } from '../parts/parts';
import { Way } from '../parts/way';
import { When } from '../parts/when';
import { paths } from '../paths';
import { useSpeech, useWords } from '../words/use-words';
import { ageOf } from './age';
import { CaseAside } from './case-aside';
import { Decisions } from './decisions';
import { Handover, Journey, Stay } from './journey';
import { Reintegration } from './reintegration';
import { Now } from './now';
import { PlanPanel } from './plan-panel';
import { useCase, useNames } from './use-case';
import { Verification } from './verification';

/** Far down, and the inbox does not wait for it. */
const RecentStory = lazy(() => import('./recent-story'));
/** Of few children. */
const Treatments = lazy(() => import('./treatments'));

export function CasePage({ id }: { readonly id: string }) {
  const { view, isHidden } = useCaseAndTitle(id);
  if (isHidden) return <NotHere />;
  if (!view) return <Loading />;
  return (
    <>
      <Heading view={view} />
      <div className="stack">
        <Way stage={view.stage} reached={view.stages} />
        <div className="split">
          <div className="stack">
            <Now view={view} />
            <Decisions view={view} />
            <PlanPanel view={view} />
            <Journey view={view} />
            <Stay view={view} />
            {view.treatments && (
              <Suspense fallback={null}>
                <Treatments view={view} />
              </Suspense>
            )}
            <Handover view={view} />
            <Reintegration view={view} />
            <Verification view={view} />
            <Suspense fallback={null}>
              <RecentStory id={id} />
            </Suspense>
          </div>
          <CaseAside view={view} />
        </div>
      </div>
    </>
  );
}

/** In whose care the child is and where, what worries somebody, and what the child said last. */
function Care({ view }: { readonly view: CaseView }) {
  const words = useWords();
  const names = useNames();
  const { care, concerns = [], hearings = [], recipient, plan } = view;
  const heardAbout = plan && !plan.lapsed && plan.recipient === null ? undefined : recipient.ref;
  const said = hearings
    .filter((hearing) => hearing.recipient === heardAbout)
    .reduce<(typeof hearings)[number] | undefined>(
      (last, each) => (last && last.heardAt > each.heardAt ? last : each),
      undefined,
    );
  if (!care && concerns.length === 0 && !said && !view.presence?.mismatchSince) return null;
  return (
    <p className="row">
      {care && (
        <span>
          {words.case.inCareOf}: <b>{words.values.care[care.with]}</b>
          {care.with === 'host' && (
            <>
              {' · '}
              <Name>{names.site(care.site)}</Name>
            </>
          )}
          {care.with === 'interim-care' && ` · ${words.values.interimCare[care.kind]}`}
          {'place' in care && care.place !== undefined && (
            <>
              {' · '}
              <Name>{names.place(care.place)}</Name>
            </>
          )}
          {'isSafePoint' in care && ` · ${words.fields.safePoint}`}
          {' · '}
          {words.case.since} <When at={care.since} />
        </span>
      )}
      {view.presence?.mismatchSince !== undefined && (
        <State is="safety" boxed>
          {words.values.blocker['child-mismatch']}
        </State>
      )}
      {concerns.length > 0 && (
        <State is="safety" boxed>
          {words.obligations['resolve-concern']}
        </State>
      )}
      {said && (
        <span className="row">
          <span>{words.events.ChildHeard}:</span>
          <State is={said.answer === 'unwilling' ? 'safety' : 'done'} boxed>
            {words.values.hearing[said.answer]}
          </State>
          <When at={said.heardAt} />
        </span>
      )}
    </p>
  );
}

function useCaseAndTitle(id: string) {
  const { language } = useSpeech();
  const found = useCase(id);
  const name = bestName(found.view?.dossier?.child?.names ?? [], language);
  useTitle(name ? `${nameText(name)} · ${id}` : id);
  return found;
}
function Heading({ view }: { readonly view: CaseView }) {
  const { words, language } = useSpeech();
  const { child, recipients = [] } = view.dossier ?? {};
  const names = child?.names ?? [];
  const shown = bestName(names, language);
  const original = names.find(
    (name) => name !== shown && name.script !== shown?.script && !name.recordedInError,
  );
  const recipient = recipients.find(({ id }) => id === view.recipient.ref);
  const canHold = view.offers.some(({ type }) => type === 'placeHold');
  return (
    <header>
      <div className="row">
        <div className="names">
          <h1>{shown ? <Name>{nameText(shown)}</Name> : <Reference>{view.id}</Reference>}</h1>
          {original && (
            <span>
              <Name>{nameText(original)}</Name>
            </span>
          )}
        </div>
        {canHold && (
          <Link className="act end" data-rank="stop" href={actAddress(view.id, 'placeHold')}>
            {words.commands.placeHold.act}
          </Link>
        )}
      </div>
      <p className="note">
        <Age {...ageOf(child)} />
        {recipient?.names && (
          <>
            {' · '}
            {words.case.recipient}: <PersonName names={recipient.names} />
            {recipient.kinship && (
              <>
                {' '}
                · <RelationText kinship={recipient.kinship} />
              </>
            )}
          </>
        )}
        {' · '}
        <Reference>{view.id}</Reference>
        {view.group !== undefined && (
          <>
            {' · '}
            {words.case.travelsWith}{' '}
            <Link href={paths.group(view.group)}>
              <Reference>{view.group}</Reference>
            </Link>
          </>
        )}
      </p>
      <Care view={view} />
      {(view.medicallyUrgent || view.holds.length > 0) && (
        <p className="row">
          {view.medicallyUrgent && (
            <State is="safety" boxed>
              {words.case.urgent}
            </State>
          )}
          {view.holds.map((hold) => (
            <State key={hold.id} is="stalled" boxed>
              {words.values.blocker['hold-active']}: {words.values.holdReason[hold.reason]}
            </State>
          ))}
        </p>
      )}
    </header>
  );
}
