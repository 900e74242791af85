/** Every address of the console, in one place. Mails carry those of the inbox and of a case. */
const part = encodeURIComponent;

export const paths = {
  inbox: '/inbox',
  cases: '/cases',
  newCase: '/cases/new',
  case: (id: string) => `/cases/${part(id)}`,
  file: (id: string) => `/cases/${part(id)}/file`,
  timeline: (id: string) => `/cases/${part(id)}/timeline`,
  /** `subject`: what the form is opened for, such as a facet. */
  act: (id: string, command: string, subject?: string) =>
    `/cases/${part(id)}/do/${command}${subject === undefined ? '' : `?for=${part(subject)}`}`,
  decide: (id: string) => `/cases/${part(id)}/decide`,
  relay: (id: string) => `/cases/${part(id)}/relay`,
  plan: (id: string) => `/cases/${part(id)}/plan`,
  legs: (id: string) => `/cases/${part(id)}/legs`,
  go: (id: string) => `/cases/${part(id)}/go`,
  handover: (id: string) => `/cases/${part(id)}/handover`,
  groups: '/groups',
  newGroup: '/groups/new',
  group: (id: string) => `/groups/${part(id)}`,
  actInGroup: (id: string, command: string) => `/groups/${part(id)}/do/${command}`,
  hosting: '/hosting',
  site: (id: string) => `/sites/${part(id)}`,
  journeys: '/journeys',
  road: '/road',
  figures: '/figures',
  you: '/you',
} as const;

/** Where a sign-in ends that was begun beside a page. */
export const signedInAddress = '/session/done';
/** Where somebody signs in, to come back to where they are. */
export const signInAddress = (to: string): string => `/session/start?to=${part(to)}`;
