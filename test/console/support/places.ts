/** Every page of the console, with who looks at it and a case that stands where the page has something to show. */
import type { Page } from 'playwright-core';
import { groupsOf } from '../../record/support/group-room';
import type { StagedRoom } from './staged-room';

type Stage = 'opened' | 'verified' | 'agreed' | 'hosted' | 'ready' | 'departed' | 'handed-over';
/** Of groups: a draft, one that is being confirmed, one of which everybody says go, one that has set out. */
type GroupAt = 'drafting' | 'frozen' | 'go' | 'departed-group';
export type Cases = Readonly<Record<Stage | GroupAt, string>>;
export interface Place {
  readonly official: string;
  readonly address: (cases: Cases) => string;
}
const place = (official: string, address: Place['address'] | string): Place => ({
  official,
  address: typeof address === 'string' ? () => address : address,
});

export const places: Readonly<Record<string, Place>> = {
  'inbox of the mediator': place('qa-officer-1', '/inbox'),
  'inbox of a side': place('ru-official-1', '/inbox?scope=party'),
  cases: place('qa-officer-1', '/cases'),
  'cases of nobody': place('qa-officer-1', '/cases?stage=reunited&safety=true'),
  'cases/new': place('ua-official-1', '/cases/new'),
  'a new case': place('qa-officer-1', ({ opened }) => `/cases/${opened}`),
  'a verified case': place('qa-officer-1', ({ verified }) => `/cases/${verified}`),
  'an agreed case, to the other side': place('ru-official-1', ({ agreed }) => `/cases/${agreed}`),
  'a case ready to go': place('qa-lead', ({ ready }) => `/cases/${ready}`),
  'a case on the road': place('es-dispatcher', ({ departed }) => `/cases/${departed}`),
  'a case handed over': place('re-receiver', (cases) => `/cases/${cases['handed-over']}`),
  timeline: place('qa-officer-1', (cases) => `/cases/${cases['handed-over']}/timeline`),
  plan: place('qa-officer-1', ({ verified }) => `/cases/${verified}/plan`),
  decide: place('ua-decider', ({ agreed }) => `/cases/${agreed}/decide`),
  relay: place('qa-officer-1', ({ verified }) => `/cases/${verified}/relay`),
  legs: place('es-dispatcher', ({ ready }) => `/cases/${ready}/legs`),
  go: place('qa-lead', ({ ready }) => `/cases/${ready}/go`),
  handover: place('re-receiver', ({ departed }) => `/cases/${departed}/handover`),
  file: place('ua-official-1', ({ opened }) => `/cases/${opened}/file`),
  groups: place('qa-officer-1', '/groups'),
  'groups of a side': place('ua-decider', '/groups'),
  'groups/new': place('qa-officer-1', '/groups/new'),
  'a draft of a group': place('qa-officer-1', ({ drafting }) => `/groups/${drafting}`),
  'a group to confirm': place('ua-decider', ({ frozen }) => `/groups/${frozen}`),
  'a group that is confirmed by others': place('qa-lead', ({ frozen }) => `/groups/${frozen}`),
  'a group that has set out': place('es-dispatcher', (cases) => `/groups/${cases['departed-group']}`),
  'a list to change': place('qa-officer-1', ({ frozen }) => `/groups/${frozen}/do/changeList`),
  'terms to confirm': place('em-host', ({ frozen }) => `/groups/${frozen}/do/confirmTerms`),
  'a child to refuse': place('ru-decider', ({ frozen }) => `/groups/${frozen}/do/refuseMember`),
  'a group to let go': place('qa-lead', (cases) => `/groups/${cases.go}/do/departGroup`),
  'no group': place('ua-decider', ({ drafting }) => `/groups/${drafting}`),
  hosting: place('em-host', '/hosting'),
  'a hosting site': place('em-host', '/sites/moscow-residence'),
  'a hosting site, to the mediator': place('qa-officer-1', '/sites/moscow-residence'),
  'a hosting site of others': place('ua-decider', '/sites/moscow-residence'),
  journeys: place('es-dispatcher', '/journeys'),
  road: place('es-escort-1', '/road'),
  figures: place('ob-observer', '/figures'),
  you: place('qa-lead', '/you'),
  'signed in beside': place('qa-lead', '/session/done'),
  'a light form': place('qa-officer-1', ({ opened }) => `/cases/${opened}/do/acknowledgeCase`),
  'a plain form': place('ua-official-1', ({ opened }) => `/cases/${opened}/do/attestFacet?for=identity`),
  'a form with days': place('ua-official-1', ({ hosted }) => `/cases/${hosted}/do/confirmTravelDocuments`),
  'a grave form': place('qa-lead', ({ opened }) => `/cases/${opened}/do/closeCase`),
  'a form that stops': place('qa-lead', ({ ready }) => `/cases/${ready}/do/placeHold`),
  'no case': place('qa-lead', '/cases/0000-0000'),
  'no form': place('qa-lead', ({ opened }) => `/cases/${opened}/do/nothing`),
  'to sign in': place('qa-lead', '/session/start'),
  'a spent link': place('qa-lead', '/sign-in/spent'),
};

/** A case at each stage that a page needs. */
export async function openCases({ at, recordRoom }: StagedRoom): Promise<Cases> {
  const groups = groupsOf(recordRoom);
  const family = async () => {
    const first = await at('ready');
    return [first, await at('ready', { siblings: [first] })];
  };
  const frozen = await groups.at('frozen', [...(await family()), await at('ready')]);
  const list = await groups.listOf(frozen);
  await groups.act('ru-decider', frozen, { type: 'confirmTerms', ...list, terms: ['names', 'date'] });
  await groups.act('ru-decider', frozen, { type: 'disputeTerms', ...list, terms: ['place'] });
  const departed = await groups.at('go', await family());
  await groups.depart(departed);
  return {
    ...{ frozen, 'departed-group': departed },
    drafting: await groups.at('drafting', [await at('ready')]),
    go: await groups.at('go', await family()),
    opened: (await recordRoom.open()).case,
    verified: await at('verified'),
    agreed: await at('agreed'),
    hosted: await at('hosted'),
    ready: await at('ready'),
    departed: await at('departed'),
    'handed-over': await at('handed-over'),
  };
}

/** Until it has its heading, and nothing is being asked for. */
export async function settle(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.locator('main [aria-busy=true]').first().waitFor({ state: 'detached' });
  // A page that knows its title may still wait for what it shows.
  await page.locator('main [data-loading]').first().waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready.then(() => undefined)');
}
