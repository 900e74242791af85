/**
 * Refusals as the API speaks them: RFC 9457 problem details with stable codes. Codes of the rules come from
 * `domain/model/rejections.ts`, those of the edge itself stand here; each has one title and one status.
 */
import { z } from 'zod';
import { blockers, rejectionCodes } from '../../domain/model/rejections';
import type { RejectionCode } from '../../domain/model/rejections';
import { groupStates, leftReasons } from '../../domain/model/groups';
import { stages } from '../../domain/model/stages';
import { fieldErrorSchema } from '../field-errors';

export const statusOfFamily = {
  forbidden: 403,
  hidden: 404,
  conflict: 409,
  invalid: 422,
} as const satisfies Record<(typeof rejectionCodes)[RejectionCode], number>;

/** What the edge itself refuses. */
export const edgeProblems = {
  'malformed-request': [400, 'The request is not well-formed.'],
  'malformed-json': [400, 'The body is not well-formed JSON; lists (CSV, Excel) can’t be taken in yet.'],
  'not-utf-8': [
    400,
    'The request holds bytes that are not UTF-8, or letters that were lost (U+FFFD). Send the original text as UTF-8.',
  ],
  'idempotency-key-missing': [
    400,
    'This request needs an Idempotency-Key header: 4 to 100 letters, digits or -_.',
  ],
  'idempotency-key-invalid': [400, 'The Idempotency-Key can’t be taken as it is; see errors.'],
  'malformed-if-match': [400, 'If-Match must be the version of the case, such as "7".'],
  unauthenticated: [401, 'Sign in first.'],
  'claim-missing': [
    403,
    'Your token lacks the claim by which the mechanism knows officials (signIn.claim of its file).',
  ],
  'email-unverified': [403, 'Your issuer does not say that it has verified your e-mail address.'],
  'subject-unknown': [
    403,
    'You are signed in, but no official is bound to your account: the mediator lists it in the mechanism file.',
  ],
  'not-permitted': [403, 'Your office does not permit this.'],
  'not-found': [404, 'There is nothing here, or nothing for you.'],
  'method-not-allowed': [405, 'This address does not take that method.'],
  'not-acceptable': [406, 'Only application/json can be answered here.'],
  'absence-overlaps': [409, 'An absence is declared for that time already.'],
  'deputy-absent': [409, 'The deputy is away in that time.'],
  'deputised-meanwhile': [
    409,
    'They stand in for a colleague in that time: that absence needs another deputy first.',
  ],
  'absence-over': [409, 'This absence is over.'],
  'body-too-large': [413, 'The body is larger than 64 KB.'],
  'unsupported-media-type': [
    415,
    'The body must be application/json: one case, one command. Lists (CSV, Excel) can’t be taken in yet.',
  ],
  'invalid-request': [422, 'Something in the request is not as it must be.'],
  'own-deputy': [422, 'Nobody stands in for themselves.'],
  'deputy-lacks-role': [422, 'The deputy lacks roles that are not lent; see errors.'],
  'absence-too-long': [422, 'An absence lasts 180 days at most; a longer one is a change of office.'],
  'version-required': [428, 'Say with If-Match which version you read, such as "7".'],
  'too-many-requests': [429, 'Too many requests; wait as long as Retry-After says.'],
  internal: [500, 'Something went wrong here. It is logged under the request id.'],
  'record-unavailable': [
    503,
    'The record can’t be reached. Repeat with the same Idempotency-Key; nothing is done twice.',
  ],
  overloaded: [503, 'Too many requests wait already. Repeat with the same Idempotency-Key.'],
  'sign-in-unreachable': [503, 'The sign-in service can’t be reached. Try again.'],
} as const satisfies Record<string, readonly [number, string]>;
export type EdgeProblemCode = keyof typeof edgeProblems;
export type ProblemCode = EdgeProblemCode | RejectionCode;

export const rejectionTitles = {
  'case-not-found': 'There is no such case, or none for you.',
  'case-exists': 'There is a case with this reference already.',
  'not-recordable': 'The record can’t take this as it was written. It was not done; send it anew.',
  'not-your-command': 'Your office does not permit this command.',
  'not-your-party': 'Only an official of that party may do this.',
  'seal-missing': 'The command does not carry the seal of this API.',
  'seal-expired': 'The seal of this command has run out; give the command again.',
  'authority-ended': 'Its sender does not hold that office any more.',
  'own-attestation': 'Nobody reviews their own attestation.',
  'own-relay': 'Nobody confirms their own relay.',
  'side-has-spoken': 'The side has said itself what it says on this: nobody speaks for it here.',
  'document-spent': 'This paper was relayed before: of another plan, or the side has disowned it.',
  'relay-predates':
    'The paper is older than the plan, or not later than the day on which the side last spoke: it can’t have meant this.',
  'own-proposal': 'Nobody confirms what they proposed themselves.',
  'both-hands': 'Who gave the child does not also say that it was taken: the other hand says so.',
  'relay-not-allowed': 'The mechanism does not allow relaying for this side.',
  'wrong-stage': 'The case is in a stage that does not take this command.',
  'case-closed': 'The case is closed.',
  'stale-version': 'The case moved on since the version you saw.',
  'already-done': 'This has been done already.',
  'no-plan': 'There is no plan.',
  'plan-lapsed': 'The plan has lapsed.',
  'stale-plan': 'This is not the latest plan.',
  'plan-unchanged': 'The proposed plan is the one that stands.',
  'facets-unconfirmed': 'Verification is not complete.',
  'not-attested': 'There is no attestation to review.',
  'duplicates-unsettled': 'A suspected duplicate is not settled.',
  'no-place-free': 'The hosting site has no free place.',
  'no-place-asked': 'No place was asked for.',
  'escort-unassigned': 'No escort is assigned.',
  'escort-engaged': 'The escort is under way with other children.',
  'escort-credential-ended': 'The escort’s credential has ended.',
  'not-on-the-way': 'The child is not on the way.',
  'journey-paused': 'The journey is paused.',
  'gate-closed': 'Something stands in the way; see blockers.',
  'record-in-doubt':
    'What is stored of this case is not what was recorded here. The operators are told; nothing departs on it.',
  'identity-unchecked': 'The recipient’s identity has not been checked.',
  'identity-mismatch': 'The recipient’s identity did not match.',
  'recall-open': 'A recall waits for its decision.',
  'nothing-to-decide': 'There is nothing to decide.',
  'visits-outstanding': 'Follow-up visits are outstanding: a visit counts when the child was seen.',
  'closure-early': 'It is too early to close: a withdrawn request can be taken up again for some days.',
  'reintegration-unplanned': 'What the child needs in its new home has not been planned.',
  'old-enough': 'At this age the child is asked: nobody says that it is too young.',
  'child-decides': 'At this age the child decides: nobody determines a return against its will.',
  'visit-early': 'It is too early for this visit: it counts from the day before its date.',
  'unknown-treatment': 'The case has no such treatment, or no such dose is due.',
  'unknown-concern': 'The case has no such concern that is yours to end.',
  'closure-unfounded': 'Nothing in the case supports closing it with this outcome.',
  'closure-unsafe': 'A hold or an alarm stands; see blockers. It ends before the case does.',
  'closed-too-long': 'A case closed more than a year ago is not opened again: open a new one.',
  'child-hosted-or-travelling': 'The child is hosted or on the way.',
  'command-id-reused': 'This Idempotency-Key was used for another request.',
  'unknown-site': 'The mechanism knows no such hosting site.',
  'unknown-place': 'The mechanism knows no such place.',
  'unknown-party': 'The mechanism knows no such party.',
  'unknown-official': 'The mechanism knows no such official.',
  'closed-for-new':
    'The mechanism has closed this site, place or party: nothing new begins there; see field.',
  'group-not-found': 'There is no such group, or none for you.',
  'group-exists': 'There is a group with this reference already.',
  'wrong-group-state': 'The group is not at the point where this can be done.',
  'siblings-apart': 'Siblings travel together: the list lacks some of them; see members.',
  'in-other-group': 'A child of this list is in another group already; see members.',
  'members-not-agreed': 'The return of a child of this list is not agreed; see members.',
  'stale-list': 'The list has changed since; read it again.',
  'list-unconfirmed': 'Not everybody who is asked has confirmed every term of this list.',
  'nobody-departs': 'Nobody would set out; see left.',
  'unknown-mechanism': 'There is no such version of the mechanism.',
  'unmet-by-target': 'The case stands on what that version does not have; see blockers.',
  'unknown-recipient': 'The dossier lists no such recipient.',
  'unknown-document': 'The dossier lists no such document.',
  'paper-missing': 'This needs a paper of the dossier.',
  'paper-unfit': 'This paper does not carry it: its kind, its holder or its end does not fit.',
  'beyond-paper': 'The date lies beyond the end of the paper itself.',
  'date-too-far': 'The date lies further ahead than this may hold.',
  'unknown-case': 'There is no such case, or none for you.',
  'unknown-hold': 'The case has no such hold.',
  'unknown-relay': 'The case has no such relay.',
  'unknown-proposal': 'Nothing of that name waits for a second person.',
  'unknown-condition': 'The decision has no such condition.',
  'unknown-leg': 'The journey has no such leg.',
  'duplicate-id': 'This id is taken within the case.',
  'window-past': 'The date window lies in the past.',
  'window-inverted': 'The date window ends before it starts.',
  'date-missing': 'This answer needs a date; see errors.',
  'date-past': 'The date lies in the past.',
  'date-future': 'The date lies in the future.',
  'legs-disordered': 'The legs do not follow one another in time and place.',
  'legs-outside-window': 'The legs lie outside the plan’s date window.',
  'check-in-too-rare':
    'Signs of life may be asked for more often than the mechanism says, not less often: only the mediator’s lead, with a reason.',
  'ground-required': 'The child is the reason for this hold: say on what ground it is lifted.',
  'hold-renewals-spent':
    'This hold was renewed as often as a deciding side may. It stands; object to the plan or withdraw, or lift it.',
  'own-watch': 'Nobody puts off the alarm by which they are watched themselves.',
  'note-required': 'This needs a note.',
  'unknown-obligation': 'Nobody owes this, or no longer.',
  'safety-not-snoozed': 'What concerns a child’s safety can’t be put off.',
  'snoozed-too-often': 'This can’t be put off again.',
  'pause-too-long': 'This is longer than the mechanism allows.',
  'not-stalled': 'The case has not stalled.',
} as const satisfies Record<RejectionCode, string>;

const blocker = z.object({ blocker: z.enum([...new Set(blockers)]), subject: z.string().optional() });

export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'URN made of the code' }),
    title: z.string(),
    status: z.int(),
    code: z
      .enum([...Object.keys(edgeProblems), ...Object.keys(rejectionCodes)] as [ProblemCode, ...ProblemCode[]])
      .meta({ description: 'Stable; branch on this' }),
    instance: z.string().meta({ description: 'URN of the request id, as in the log' }),
    errors: z.array(fieldErrorSchema).optional(),
    stage: z.enum(stages).optional(),
    allowed: z.array(z.string()).optional().meta({ description: 'Commands you may send now' }),
    blockers: z.array(blocker).optional(),
    version: z.int().optional(),
    field: z.string().optional(),
    groupState: z.enum(groupStates).optional(),
    members: z.array(z.string()).optional().meta({ description: 'Cases that it is about' }),
    left: z
      .array(z.object({ case: z.string(), reason: z.enum(leftReasons), blockers: z.array(blocker) }))
      .optional()
      .meta({ description: 'Who would have stayed behind, and why' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457; never repeats what was sent' });
export type ProblemDetails = z.infer<typeof problemSchema>;
