/** Every activity, as the worker registers them, by the names that operators read in the UI. */
import { createApprovalActivities } from './approvals/put-plan-to-sides';
import type { ActivityDeps } from './deps';
import type { EffectActivities } from './effect-order';
import { createEscortActivities } from './escort/request-escort';
import { withFailures } from './failures';
import { createHostingActivities } from './hosting/request-place';
import { createNotificationActivities } from './notifications/flush-outbox';
import { createRecordActivities } from './record/record-activities';
import type { RecordActivities } from './record/record-activities';
import { createUpkeepActivities } from './upkeep/upkeep-activities';
import type { UpkeepActivities } from './upkeep/upkeep-activities';
import { createVerificationActivities } from './verification/check-file';

export type { ActivityDeps } from './deps';
export type Activities = RecordActivities & EffectActivities & UpkeepActivities;

export const createActivities = (deps: ActivityDeps): Activities =>
  withFailures({
    ...createRecordActivities(deps),
    ...createVerificationActivities(deps),
    ...createApprovalActivities(deps),
    ...createHostingActivities(deps),
    ...createEscortActivities(deps),
    ...createNotificationActivities(deps),
    ...createUpkeepActivities(deps),
  });
