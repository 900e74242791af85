/** Every route there is. What stands here and not in `policy.ts` does not compile. */
import { chooseDuressWord } from './choose-duress-word';
import { declareAbsence } from './declare-absence';
import { draftGroup } from './draft-group';
import { endAbsence } from './end-absence';
import { endSession } from './end-session';
import { endSessions } from './end-sessions';
import { getCalendar } from './get-calendar';
import { getCase } from './get-case';
import { getCommand } from './get-command';
import { getFigures } from './get-figures';
import { getGroup } from './get-group';
import { getHealth } from './get-health';
import { getInbox } from './get-inbox';
import { getMechanism } from './get-mechanism';
import { getProtectedResource } from './get-protected-resource';
import { getReadiness } from './get-readiness';
import { getSession } from './get-session';
import { getSiteDays } from './get-site-days';
import { getSiteToday } from './get-site-today';
import { getSiteWaiting } from './get-site-waiting';
import { getTimeline } from './get-timeline';
import { getWebhookSecret } from './get-webhook-secret';
import { linkCalendar } from './link-calendar';
import { listAbsences } from './list-absences';
import { listCandidates } from './list-candidates';
import { listCases } from './list-cases';
import { listGroups } from './list-groups';
import { listJourneys } from './list-journeys';
import { listWaiting } from './list-waiting';
import { openCase } from './open-case';
import { previewCommand } from './preview-command';
import { putDossier } from './put-dossier';
import { revokeCalendar } from './revoke-calendar';
import { rotateWebhookSecret } from './rotate-webhook-secret';
import { sealCommand } from './seal-command';
import { sendCommand } from './send-command';
import { sendGroupCommand } from './send-group-command';
import { streamInbox } from './stream-inbox';

export const routes = [
  getHealth,
  getReadiness,
  getProtectedResource,
  openCase,
  listCases,
  listWaiting,
  listJourneys,
  getSiteDays,
  getSiteToday,
  getSiteWaiting,
  getCase,
  getTimeline,
  sendCommand,
  previewCommand,
  sealCommand,
  getCommand,
  draftGroup,
  listGroups,
  // Before the route that would take the word for a reference.
  listCandidates,
  getGroup,
  sendGroupCommand,
  getInbox,
  streamInbox,
  getFigures,
  putDossier,
  getMechanism,
  getSession,
  endSession,
  endSessions,
  declareAbsence,
  chooseDuressWord,
  listAbsences,
  endAbsence,
  linkCalendar,
  revokeCalendar,
  getCalendar,
  getWebhookSecret,
  rotateWebhookSecret,
] as const;
export type RouteId = (typeof routes)[number]['id'];
