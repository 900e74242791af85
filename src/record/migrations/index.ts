/** Every migration in order. Kept in modules, so that compiled and uncompiled code find the same ones. */
import { record } from './0001-record';
import { projections } from './0002-projections';
import { letters } from './0003-letters';
import { waiting } from './0004-waiting';
import { officials } from './0005-officials';
import { operations } from './0006-operations';
import { news } from './0007-news';
import { reads } from './0008-reads';
import { tallies } from './0009-tallies';
import { majorities } from './0010-majorities';
import { clock } from './0011-clock';
import { alarms } from './0012-alarms';
import { relaysAndSalts } from './0015-relays-and-salts';
import { folds } from './0016-folds';
import { trust } from './0017-trust';
import { sessions } from './0020-sessions';
import { care } from './0021-care';
import { officers } from './0022-officers';
import { groups } from './0023-groups';
import { beds } from './0024-beds';
import { groupDuties } from './0026-group-duties';
import { siblingsAhead } from './0027-siblings-ahead';
import { engagements } from './0028-engagements';
import { duress } from './0029-duress';
import { carerBeds } from './0030-carer-beds';
import { closings } from './0031-closings';

/** Append only: a migration that was released is never edited. */
export const migrations = {
  '0001-record': record,
  '0002-projections': projections,
  '0003-letters': letters,
  '0004-waiting': waiting,
  '0005-officials': officials,
  '0006-operations': operations,
  '0007-news': news,
  '0008-reads': reads,
  '0009-tallies': tallies,
  '0010-majorities': majorities,
  '0011-clock': clock,
  '0012-alarms': alarms,
  '0015-relays-and-salts': relaysAndSalts,
  '0016-folds': folds,
  '0017-trust': trust,
  '0020-sessions': sessions,
  '0021-care': care,
  '0022-officers': officers,
  '0023-groups': groups,
  '0024-beds': beds,
  '0026-group-duties': groupDuties,
  '0027-siblings-ahead': siblingsAhead,
  '0028-engagements': engagements,
  '0029-duress': duress,
  '0030-carer-beds': carerBeds,
  '0031-closings': closings,
} as const satisfies Record<`${number}-${string}`, string>;
