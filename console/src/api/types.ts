/** What the API answers, under the names that the pages use. */
import type { components } from './schema';

type Schemas = components['schemas'];
export type Session = Schemas['Session'];
export type CaseView = Schemas['CaseView'];
export type MechanismView = Schemas['MechanismView'];
export type InboxEntry = Schemas['InboxEntry'];
export type InboxGroupEntry = Schemas['InboxGroupEntry'];
export type TimelineEntry = Schemas['TimelineEntry'];
export type BoardEntry = Schemas['BoardEntry'];
export type Preview = Schemas['Preview'];
export type CommandAnswer = Schemas['CommandAnswer'];
export type GroupView = Schemas['Group'];
export type GroupBrief = Schemas['GroupBrief'];
export type GroupAnswer = Schemas['GroupAnswer'];
export type SiteDay = Schemas['SiteToday'];
export type SiteNights = Schemas['SiteDays'];
export type SiteWaiting = Schemas['SiteWaiting'];
export type Candidates = Schemas['Candidates'];
export type ChildBrief = Schemas['ChildBrief'];
export type Obligation = CaseView['obligations'][number];
export type DossierView = NonNullable<CaseView['dossier']>;
