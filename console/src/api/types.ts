/** What the API answers, under the names that the pages use. */
import type { components } from './schema';

type Schemas = components['schemas'];
export type Session = Schemas['Session'];
export type CaseView = Schemas['CaseView'];
export type MechanismView = Schemas['MechanismView'];
export type InboxEntry = Schemas['InboxEntry'];
export type TimelineEntry = Schemas['TimelineEntry'];
export type BoardEntry = Schemas['BoardEntry'];
export type Preview = Schemas['Preview'];
export type CommandAnswer = Schemas['CommandAnswer'];
export type Obligation = CaseView['obligations'][number];
export type DossierView = NonNullable<CaseView['dossier']>;
