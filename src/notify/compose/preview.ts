/** Mails as they would look, made of invented cases: nothing is read and nothing is sent. */
import type { ClaimedLetter, ShownNotice } from '../../contracts/letters';
import type { Language } from '../../contracts/mechanism/mechanism';
import type { Waiting, WaitingObligation } from '../../contracts/waiting';
import { noticeKinds } from '../../domain/model/notice-kinds';
import type { NoticeKind } from '../../domain/model/notice-kinds';
import type { ObligationKind } from '../../domain/model/obligation-kinds';
import { composeMail } from './compose-mail';
import type { Mail } from './compose-mail';
import { noDaysOff } from '../routing/local-time';
import type { MailFrame } from './mail-content';
import type { Receiver } from '../routing/receivers';

export const previewKinds = ['digest', ...noticeKinds] as const;
export type PreviewKind = (typeof previewKinds)[number];

/** A winter's Monday morning. */
const now = '2026-12-14T06:30:00.000Z';
const frame: MailFrame = {
  from: 'Homeward <homeward@mediator.example>',
  publicUrl: 'https://homeward.example',
};
const mechanism = {
  id: 'sample',
  parties: [
    {
      id: 'requesting',
      title: { en: 'Requesting side', uk: 'Сторона запиту', ru: 'Запрашивающая сторона', ar: 'الطرف الطالب' },
    },
    {
      id: 'holding',
      title: {
        en: 'Holding side',
        uk: 'Сторона перебування',
        ru: 'Сторона пребывания',
        ar: 'الطرف الذي يوجد لديه الطفل',
      },
    },
  ],
} as const;

export function previewMail(kind: PreviewKind, language: Language): Mail {
  const receiver: Receiver = {
    id: 'sample-official',
    party: 'requesting',
    name: 'Sample Official',
    email: 'official@requesting.example',
    roles: ['lead'],
    languages: [language],
    active: true,
    timeZone: language === 'ar' ? 'Asia/Qatar' : 'Europe/Kyiv',
    quietHours: 'none',
    digest: { every: 'day', at: '08:30' },
    daysOff: noDaysOff,
  };
  const common = { receiver, mechanism, frame, now };
  return kind === 'digest'
    ? composeMail({ ...common, letter: letterOf(news, 'digest'), waiting })
    : composeMail({ ...common, letter: letterOf([noticeOf(kind)], 'notice') });
}

const noticeOf = (kind: NoticeKind, reference = '7Q2M-4ZK9'): ShownNotice => {
  const isUrgent =
    kind === 'emergency' ||
    kind === 'incident' ||
    kind === 'alarm-undelivered' ||
    kind === 'recall-raised' ||
    kind === 'safe-conduct-withdrawn' ||
    kind === 'welfare-concern';
  const isLadder = ['waiting', 'reminder', 'escalation', 'review'].includes(kind);
  const due = kind === 'escalation' ? '2026-12-09T14:00:00.000Z' : '2026-12-21T14:00:00.000Z';
  return {
    id: `${reference}:21:1`,
    case: reference,
    version: 21,
    createdAt: now,
    notice: {
      key: `${reference}:21:1`,
      kind,
      party: 'requesting',
      roles: [],
      safety: isUrgent,
      ...(isLadder ? { obligation: `decide-on-plan:plan-1:requesting@${due}` } : {}),
      facts: {
        ...(isLadder && { obligation: 'decide-on-plan', due }),
        ...(kind === 'lapses-soon' && { lapsing: 'custody', due, lastDay: '2026-12-21' }),
        ...samples[kind],
      },
    },
  };
};

const samples: Partial<Record<NoticeKind, Readonly<Record<string, string>>>> = {
  'plan-put': { plan: '1' },
  'hold-placed': { hold: 'hold-1' },
  'visit-concern': { visit: '3' },
  incident: { incident: 'security' },
  'alarm-undelivered': { alarm: 'emergency', receivers: 'sample-duty' },
  'group-waiting': { duty: 'confirm-list', due: '2026-12-21T14:00:00.000Z' },
  'group-reminder': { duty: 'say-go', due: '2026-12-21T14:00:00.000Z' },
  'group-escalation': { duty: 'say-go', due: '2026-12-21T14:00:00.000Z' },
  'group-child-dropped': { reason: 'refused' },
};

const letterOf = (notices: readonly ShownNotice[], kind: ClaimedLetter['kind']): ClaimedLetter => ({
  id: 'sample',
  kind,
  mechanism: mechanism.id,
  party: 'requesting',
  official: 'sample-official',
  goesFirst: false,
  safety: notices.some(({ notice }) => notice.safety) && kind === 'notice',
  sendAt: now,
  waitedMs: 0,
  attempts: 1,
  mayBeOut: false,
  notices,
});

const owed = (
  reference: string,
  kind: ObligationKind,
  due: string,
  { safety = false, subject }: { safety?: boolean; subject?: string } = {},
): WaitingObligation & { key: string } => ({
  case: reference,
  kind,
  due: `${due}:00.000Z`,
  safety,
  ...(subject !== undefined && { subject }),
  key: `${kind}::requesting@${due}`,
});
const ownOwed = [owed('4YKB-6DQH', 'accept-file', '2026-12-15T14:00')];
const nowOwed = [
  owed('K4TZ-91PM', 'write-welfare-note', '2026-12-14T05:00', { safety: true }),
  owed('7Q2M-4ZK9', 'decide-on-plan', '2026-12-09T14:00'),
  owed('3HWC-8RTN', 'attest-facet', '2026-12-11T14:00', { subject: 'kinship' }),
  owed('9XEB-2GVD', 'confirm-travel-documents', '2026-12-16T14:00'),
  owed('5JMS-7FQA', 'nominate-recipient', '2026-12-21T14:00'),
];
const news = [noticeOf('escalation', 'B6YN-0KDR'), noticeOf('plan-put', '2VPX-5CHE')];
const waiting: Waiting = {
  own: ownOwed,
  ownTotal: ownOwed.length,
  now: nowOwed,
  nowTotal: ownOwed.length + nowOwed.length,
  overdueTotal: 3,
  hasSafety: true,
  soon: [owed('8DGT-6WZJ', 'renew-approval', '2026-12-28T14:00')],
  soonTotal: 13,
  stalled: [
    { case: 'M1RC-3NVB', kind: 'locate-child', parties: ['holding'], since: '2026-09-01T09:00:00.000Z' },
  ],
  stalledTotal: 1,
  keys: [...ownOwed, ...nowOwed],
};
