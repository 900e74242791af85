/** Letters, notices and readers as plain data. Nobody in here exists. */
import type { ClaimedLetter, ShownNotice } from '../../../src/contracts/letters';
import type { Language } from '../../../src/contracts/mechanism/mechanism';
import { noDaysOff } from '../../../src/notify/routing/local-time';
import type { Receiver } from '../../../src/notify/routing/receivers';
import { mechanismFile } from '../../record/support/record-room';

export { frame } from './dispatch-room';
export const mechanism = mechanismFile('doha');

export const readerIn = (language: Language): Receiver => ({
  id: 'ua-decider',
  party: 'ukraine',
  name: 'Iryna Pryklad',
  email: 'decider@requesting.example',
  roles: ['decider'],
  languages: [language],
  active: true,
  timeZone: language === 'ar' ? 'Asia/Qatar' : 'Europe/Kyiv',
  quietHours: 'none',
  digest: { every: 'day', at: '08:30' },
  daysOff: noDaysOff,
});

export const noticeOf = (notice: Partial<ShownNotice['notice']> = {}): ShownNotice => ({
  id: '7Q2M-4ZK9:21:1',
  case: '7Q2M-4ZK9',
  version: 21,
  createdAt: '2026-12-01T08:00:00.000Z',
  notice: {
    key: '7Q2M-4ZK9:21:1',
    kind: 'reminder',
    party: 'ukraine',
    roles: ['decider'],
    safety: false,
    facts: { stage: 'agreement', obligation: 'decide-on-plan', due: '2026-12-22T22:30:00.000Z' },
    ...notice,
  },
});

export const letterOf = (
  notices: readonly ShownNotice[],
  change: Partial<ClaimedLetter> = {},
): ClaimedLetter => ({
  id: '7Q2M-4ZK9:21:1:ua-decider',
  kind: 'notice',
  mechanism: 'doha',
  party: 'ukraine',
  official: 'ua-decider',
  safety: false,
  goesFirst: false,
  sendAt: '2026-12-01T08:00:00.000Z',
  waitedMs: 0,
  attempts: 1,
  mayBeOut: false,
  notices,
  ...change,
});
