/**
 * The rules of child-first.md on the command line: what the first release let pass, tried as people would try it. What is
 * answered stands in docs/child-first.md word for word; `WRITE_TRANSCRIPT=1` writes it anew.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dossier } from '../../src/contracts/dossier/dossier';
import type { Command } from '../../src/domain/model/commands';
import type { CaseId } from '../../src/domain/model/ids';
import { openApiRoom } from '../http/support/api-room';
import type { ApiRoom } from '../http/support/api-room';
import { aDossier, caseAt, openRecordRoom } from '../record/support/record-room';
import type { milestones, RecordRoom } from '../record/support/record-room';
import { daysFromToday } from '../support/days';
import { startHomeward } from './support/run-homeward';

jest.setTimeout(300_000);

const page = join(__dirname, '../../docs/child-first.md');
const [begin, end] = ['<!-- transcript: written by test/cli/child-first.test.ts -->', '<!-- /transcript -->'];

/** Ten years old, with another grandmother and the papers that some acts ask for. */
const file: Dossier = {
  ...aDossier,
  child: { ...aDossier.child, birthDate: { exact: daysFromToday(-10 * 365 - 60) } },
  documents: [
    ...aDossier.documents,
    { id: 'doc-4', kind: 'medical', holder: 'child', issuedBy: 'Clinic' },
    { id: 'doc-5', kind: 'death-certificate', holder: 'child', issuedBy: 'Registry' },
    { id: 'doc-6', kind: 'passport', holder: 'recipient-2', issuedBy: 'State', sha256: '0'.repeat(64) },
  ],
  recipients: [...aDossier.recipients, { ...aDossier.recipients[0]!, id: 'recipient-2' }],
};

interface Scene {
  readonly title: string;
  /** What the first release did. */
  readonly before: string;
  readonly from: (typeof milestones)[number] | 'opened' | 'accepted' | 'traced';
  /** Done beforehand. */
  readonly given?: readonly (readonly [official: string, command: Command])[];
  /** `inbox` stands for what this official is asked about the case. */
  readonly tried: readonly (readonly [official: string, type: string, body?: object])[];
}
const heard = (answer: 'willing' | 'unwilling'): Command =>
  ({ type: 'recordHearing', recipient: 'recipient-1', answer }) as const;
const seen: Command = { type: 'identifyChild', how: 'photograph', matches: true };
const arrived = ['es-escort-1', { type: 'arrive' }] as const;
const shown: Command = { type: 'checkRecipientIdentity', matches: true, documentHash: '0'.repeat(64) };

const scenes: readonly Scene[] = [
  {
    title: 'A child says no at the door',
    before: 'both confirmations went through, and nobody owed anything',
    from: 'departed',
    given: [arrived, ['qa-officer-1', seen], ['re-receiver', shown]],
    tried: [
      [
        'qa-interviewer',
        'recordHearing',
        { recipient: 'recipient-1', answer: 'unwilling', note: 'Heard alone.' },
      ],
      ['re-receiver', 'confirmHandover'],
      ['re-receiver', 'inbox'],
      ['qa-lead', 'inbox'],
      ['re-receiver', 'placeInInterimCare', { kind: 'foster-family', place: 'kyiv' }],
    ],
  },
  {
    title: 'The child’s view is about a person',
    before: 'another recipient was nominated, and the view of the first still counted',
    from: 'verified',
    given: [['ua-official-1', { type: 'nominateRecipient', recipient: 'recipient-2', dossierVersion: 1 }]],
    tried: [['qa-interviewer', 'inbox']],
  },
  {
    title: 'Nobody has compared the child',
    before:
      'identity was attested by the one party that can’t see the child, and the arrival compared nothing',
    from: 'hosted',
    tried: [['qa-lead', 'depart']],
  },
  {
    title: 'Nobody comes to the door',
    before: 'the case stood in handover for ever',
    from: 'departed',
    given: [arrived],
    tried: [
      ['re-receiver', 'reportRecipientUnavailable', { note: 'Did not come.' }],
      ['re-receiver', 'inbox'],
      ['ua-official-1', 'nominateRecipient', { recipient: 'recipient-2', dossierVersion: 1 }],
      ['re-receiver', 'inbox'],
    ],
  },
  {
    title: 'Custody without a paper',
    before: 'an empty list of evidence confirmed custody',
    from: 'accepted',
    tried: [['ua-official-1', 'attestFacet', { facet: 'custody', finding: 'confirmed', evidence: [] }]],
  },
  {
    title: 'Another party’s hold',
    before: 'an escort lifted the duty officer’s hold',
    from: 'departed',
    given: [['qa-duty', { type: 'placeHold', hold: 'hold-1', reason: 'safety' }]],
    tried: [
      ['es-escort-1', 'liftHold', { hold: 'hold-1' }],
      ['es-escort-1', 'reachSafePoint', { place: 'border-crossing' }],
    ],
  },
  {
    title: 'A hold without end',
    before: 'one side renewed its hold on a travelling child twenty times',
    from: 'departed',
    given: [['ru-official-1', { type: 'placeHold', hold: 'hold-1', reason: 'legal' }]],
    tried: [
      ['ru-official-1', 'reviewHold', { hold: 'hold-1', reviewBy: daysFromToday(3) }],
      ['ru-official-1', 'reviewHold', { hold: 'hold-1', reviewBy: daysFromToday(4) }],
      ['ru-official-1', 'reviewHold', { hold: 'hold-1', reviewBy: daysFromToday(5) }],
    ],
  },
  {
    title: 'Where a child is, is a fact',
    before: 'an arrival was refused while the case was verified (wrong-stage)',
    from: 'accepted',
    tried: [['qa-duty', 'recordArrival', { site: 'moscow-residence' }]],
  },
  {
    title: 'Visits that nobody made',
    before: 'thirteen times “not met” in one minute closed a case as reunited',
    from: 'handed-over',
    tried: [
      ['re-receiver', 'reportVisit', { visit: 1, outcome: 'not-met' }],
      ['qa-officer-1', 'closeCase', { outcome: 'reunited' }],
      ['re-receiver', 'inbox'],
    ],
  },
  {
    title: 'Fit to travel, says a case officer',
    before: 'a case officer cleared the child, also one that a clinician had found unfit',
    from: 'hosted',
    given: [['em-clinician', { type: 'clearMedically', fit: false }]],
    tried: [
      ['qa-officer-1', 'clearMedically', { fit: true }],
      ['qa-officer-1', 'clearMedically', { fit: true, evidence: ['doc-4'] }],
    ],
  },
  {
    title: 'Closed as deceased by one person, on the way',
    before: 'one case officer closed a travelling child’s case for ever',
    from: 'departed',
    tried: [
      ['qa-officer-1', 'closeCase', { outcome: 'deceased' }],
      ['qa-officer-1', 'closeCase', { outcome: 'deceased', evidence: ['doc-5'] }],
    ],
  },
  {
    title: 'Against the child’s no, on a birth certificate',
    before: 'the lead decided alone, on any paper',
    from: 'ready',
    given: [['qa-interviewer', heard('unwilling')]],
    tried: [
      ['qa-lead', 'determineBestInterests', { outcome: 'return', determination: 'doc-1' }],
      ['qa-lead', 'determineBestInterests', { outcome: 'return', determination: 'doc-8' }],
    ],
  },
  {
    title: 'The holding side has not found the child',
    before: 'it could only answer “found”',
    from: 'traced',
    tried: [
      ['ru-official-1', 'answerTrace', { answer: 'not-found' }],
      ['ru-official-1', 'inbox'],
      ['qa-officer-1', 'inbox'],
      ['qa-officer-1', 'traceFurther', { note: 'Ask the children’s homes of the region.' }],
    ],
  },
  {
    title: 'From hand to hand',
    before: 'the go put the child into the escort’s care, wherever the escort was',
    from: 'may-leave',
    tried: [
      ['es-escort-1', 'inbox'],
      ['em-host', 'giveIntoCare'],
      ['em-host', 'takeIntoCare'],
      ['es-escort-1', 'takeIntoCare'],
      ['es-escort-1', 'inbox'],
    ],
  },
];

describe('what the first release let pass', () => {
  let recordRoom: RecordRoom;
  let room: ApiRoom;
  let home: string;
  const signedIn = new Set<string>();

  beforeAll(async () => {
    recordRoom = await openRecordRoom({ capacity: 30 });
    room = await openApiRoom('cli-child-first', {
      worker: false,
      database: recordRoom.database,
      change: () => recordRoom.mechanism,
    });
    home = mkdtempSync(join(tmpdir(), 'homeward-cli-'));
  });
  afterAll(async () => {
    rmSync(home, { recursive: true });
    await room.close();
    await recordRoom.close();
  });

  const run = (words: readonly string[]) =>
    startHomeward(words, { XDG_CONFIG_HOME: home, HOMEWARD_PUBLIC_URL: room.api.url }).ended;
  const as = async (official: string, words: readonly string[]) => {
    if (!signedIn.has(official)) await run(['sign-in', await room.api.issueSignInLink(official)]);
    signedIn.add(official);
    return run(['--as', official, ...words]);
  };

  async function begun(from: Scene['from']): Promise<CaseId> {
    if (from !== 'opened' && from !== 'accepted' && from !== 'traced')
      return caseAt(recordRoom, from, { file });
    const { case: id } = await recordRoom.open({ file, whereaboutsKnown: from !== 'traced' });
    if (from !== 'opened') await recordRoom.act('qa-officer-1', id, { type: 'acceptFile' });
    return id;
  }

  async function played({ title, before, from, given = [], tried }: Scene): Promise<string[]> {
    const id = await begun(from);
    for (const [official, command] of given) await recordRoom.act(official, id, command);
    const lines: string[] = [];
    for (const [official, type, body] of tried) {
      const words =
        type === 'inbox'
          ? ['inbox', '--case', id]
          : ['send', id, type, ...(body ? [JSON.stringify(body)] : [])];
      const { out, complaint } = await as(official, words);
      const typed = words.map((word) => (word.startsWith('{') ? `'${word}'` : word)).join(' ');
      lines.push(`$ homeward --as ${official} ${typed}`, ...`${out}${complaint}`.trimEnd().split('\n'), '');
    }
    const told = lines
      .map((line) => withoutThisRun(line, id))
      .join('\n')
      .trimEnd();
    return [`### ${title}`, '', `Before: ${before}.`, '', '```', told, '```', ''];
  }

  it('is refused, allowed or owed as docs/child-first.md says', async () => {
    const transcript: string[] = [];
    for (const scene of scenes) transcript.push(...(await played(scene)));
    const text = readFileSync(page, 'utf8');
    const [head, rest = ''] = text.split(begin);
    const written = `${head}${begin}\n\n${transcript.join('\n')}\n${end}${rest.split(end)[1] ?? ''}`;
    if (process.env.WRITE_TRANSCRIPT === '1') writeFileSync(page, written);
    expect(text).toBe(written);
  });
});

/** What differs from one run to the next: the reference, instants, days, versions, ids of proposals. */
const withoutThisRun = (line: string, id: CaseId): string =>
  line
    .replaceAll(id, '7Q2M-4ZK9')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, '…')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…')
    .replaceAll(/"reviewBy":"[\d-]+"/g, '"reviewBy":"…"')
    .replaceAll(/ at version \d+/g, ' at version …')
    .replaceAll(/([a-z])-\d{13}/gi, '$1-…')
    .trimEnd();
