/** An API over a record whose cases stand at several stages, and a browser before it. */
import type { Browser } from 'playwright-core';
import type { CaseId } from '../../../src/domain/model/ids';
import { openApiRoom } from '../../http/support/api-room';
import type { ApiRoom } from '../../http/support/api-room';
import { caseAt, openRecordRoom } from '../../record/support/record-room';
import type { milestones, RecordRoom } from '../../record/support/record-room';
import { daysFromToday } from '../../support/days';
import { createDesk, openBrowser } from './browser';
import type { Desk } from './browser';

export type Milestone = (typeof milestones)[number];
export interface StagedRoom {
  readonly room: ApiRoom;
  readonly recordRoom: RecordRoom;
  readonly browser: Browser;
  readonly desk: Desk;
  readonly url: string;
  at(milestone: Milestone, opening?: Parameters<RecordRoom['open']>[0]): Promise<CaseId>;
  /** A plan to Kyiv, so that there is something to decide on. */
  proposePlan(id: CaseId, modality: 'road' | 'rail'): Promise<unknown>;
  close(): Promise<void>;
}

/** Without a worker: what stands in the record is what the test put there. */
export async function openStagedRoom(suite: string): Promise<StagedRoom> {
  const recordRoom = await openRecordRoom({ capacity: 60 });
  const room = await openApiRoom(suite, {
    worker: false,
    database: recordRoom.database,
    change: () => recordRoom.mechanism,
  });
  const browser = await openBrowser();
  const desk = createDesk(browser, room.api);
  return {
    ...{ room, recordRoom, browser, desk, url: room.api.url },
    at: (milestone, opening) => caseAt(recordRoom, milestone, opening),
    proposePlan: (id, modality) =>
      recordRoom.act('qa-officer-1', id, {
        type: 'proposePlan',
        terms: {
          ...{ recipient: 'recipient-1', site: 'moscow-residence', handoverPlace: 'kyiv', modality },
          ...{ escortParty: 'escort', receivingParty: 'reception', companions: ['escort'] },
          window: { from: daysFromToday(1), to: daysFromToday(20) },
        },
      }),
    async close() {
      await desk.close();
      await browser.close();
      await room.close();
      await recordRoom.close();
    },
  };
}
