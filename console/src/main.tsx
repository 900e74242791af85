import 'homeward:fonts.css';
import './design/tokens.css';
import './design/console.css';
import { lazy, StrictMode, Suspense } from 'react';
import { QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { api, createQueryClient } from './api/client';
import { CasePage } from './case/case-page';
import { isCommandType } from './commands/command-pages';
import { InboxPage } from './inbox/inbox-page';
import { firstPageOf } from './pages';
import { paths, signedInAddress } from './paths';
import { Unbroken } from './parts/broken';
import { Loading, NotHere } from './parts/parts';
import { standIn } from './road/without-connection';
import { SignedInPage } from './session/signed-in-page';
import { useSession } from './session/use-session';
import { Shell } from './shell';
import { WordsProvider } from './words/use-words';

const CommandPage = lazy(() =>
  import('./commands/command-page').then((part) => ({ default: part.CommandPage })),
);
const TimelinePage = lazy(() => import('./case/timeline-page'));
const DecidePage = lazy(() => import('./decide/decide-page'));
const RelayPage = lazy(() => import('./relay/relay-page'));
const PlanPage = lazy(() => import('./plan/plan-page'));
const LegsPage = lazy(() => import('./legs/legs-page'));
const GoPage = lazy(() => import('./go/go-page'));
const HandoverPage = lazy(() => import('./handover/handover-page'));
const FilePage = lazy(() => import('./file/file-page'));
const NewCasePage = lazy(() => import('./file/new-case-page'));
const CasesPage = lazy(() => import('./cases/cases-page'));
const HostingPage = lazy(() => import('./hosting/hosting-page'));
const SitePage = lazy(() => import('./sites/site-page'));
const JourneysPage = lazy(() => import('./journeys/journeys-page'));
const GroupsPage = lazy(() => import('./groups/groups-page'));
const NewGroupPage = lazy(() => import('./groups/new-group-page'));
const GroupPage = lazy(() => import('./groups/group-page'));
const GroupActPage = lazy(() => import('./groups/group-act-page'));
const RoadPage = lazy(() => import('./road/road-page'));
const FiguresPage = lazy(() => import('./figures/figures-page'));
const YouPage = lazy(() => import('./you/you-page'));

/** Pages of one case, and pages without one. */
const casePages = {
  timeline: TimelinePage,
  decide: DecidePage,
  relay: RelayPage,
  plan: PlanPage,
  legs: LegsPage,
  go: GoPage,
  handover: HandoverPage,
  file: FilePage,
} as const;
const pages = {
  '/inbox': InboxPage,
  '/cases': CasesPage,
  '/cases/new': NewCasePage,
  '/groups': GroupsPage,
  '/groups/new': NewGroupPage,
  '/hosting': HostingPage,
  '/journeys': JourneysPage,
  '/road': RoadPage,
  '/figures': FiguresPage,
  '/you': YouPage,
  [signedInAddress]: SignedInPage,
} as const;

function Console({ client }: { readonly client: QueryClient }) {
  return (
    <QueryClientProvider client={client}>
      <WordsProvider>
        <Shell>
          <Pages />
        </Shell>
      </WordsProvider>
    </QueryClientProvider>
  );
}
/** A refused sign-in is asked about once more, so that every page knows. */
function createClient() {
  const client = createQueryClient(() => {
    const { queryKey } = api.queryOptions('get', '/v1/session', {});
    if (client.getQueryState(queryKey)?.fetchStatus === 'idle') void client.invalidateQueries({ queryKey });
  });
  return client;
}

function Pages() {
  const state = useSession();
  const [path] = useLocation();
  const known = useQueryClient().getQueryData(api.queryOptions('get', '/v1/session', {}).queryKey);
  // Whoever was signed in keeps their page, with what they typed in it, until they are so again.
  if (state.is !== 'signed-in' && !(state.is === 'signed-out' && known)) return <Loading />;
  return (
    <Unbroken key={path}>
      <Suspense fallback={<Loading />}>
        <Switch>
          {Object.entries(pages).map(([path, Page]) => (
            <Route key={path} path={path}>
              <Page />
            </Route>
          ))}
          {Object.entries(casePages).map(([page, Page]) => (
            <Route key={page} path={`/cases/:id/${page}`}>
              {({ id }) => <Page key={id} id={id} />}
            </Route>
          ))}
          <Route path="/cases/:id/do/:type">
            {({ id, type }) =>
              isCommandType(type) ? <CommandPage key={`${id}:${type}`} id={id} type={type} /> : <NotHere />
            }
          </Route>
          <Route path="/groups/:id/do/:type">
            {({ id, type }) => <GroupActPage key={`${id}:${type}`} {...{ id, type }} />}
          </Route>
          <Route path="/groups/:id">{({ id }) => <GroupPage key={id} id={id} />}</Route>
          <Route path="/sites/:id">{({ id }) => <SitePage key={id} id={id} />}</Route>
          <Route path="/cases/:id">{({ id }) => <CasePage key={id} id={id} />}</Route>
          <Route path="/">
            {state.is === 'signed-in' && <Redirect to={firstPageOf(state.session)} replace />}
          </Route>
          <Route>
            <NotHere />
          </Route>
        </Switch>
      </Suspense>
    </Unbroken>
  );
}

async function begin(root: HTMLElement): Promise<void> {
  const client = createClient();
  if (location.pathname === paths.road) await standIn(client);
  // While the words are on their way.
  else void client.query(api.queryOptions('get', '/v1/session', {})).catch(() => undefined);
  createRoot(root).render(
    <StrictMode>
      <Console client={client} />
    </StrictMode>,
  );
}
const root = document.getElementById('root');
if (root) void begin(root);
