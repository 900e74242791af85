/** A refusal on its way out: thrown by whatever refuses, written by one error handler. */
import type { ZodError } from 'zod';
import { toldOf } from '../contracts/field-errors';
import { edgeProblems, rejectionTitles, statusOfFamily } from '../contracts/http/problem';
import type { EdgeProblemCode, ProblemCode, ProblemDetails } from '../contracts/http/problem';
import { rejectionCodes } from '../domain/model/rejections';
import type { Rejection, RejectionCode } from '../domain/model/rejections';

type Facts = Partial<
  Pick<
    ProblemDetails,
    'errors' | 'stage' | 'allowed' | 'blockers' | 'version' | 'field' | 'groupState' | 'members' | 'left'
  >
>;

export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly code: ProblemCode,
    readonly facts: Facts = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(code);
  }
  get status(): number {
    return isRejectionCode(this.code)
      ? statusOfFamily[rejectionCodes[this.code]]
      : edgeProblems[this.code][0];
  }
}

/** Seconds after which a repeat is worth it: an embedded server is back within two, a failover within ten. */
const retryAfterSeconds = 5;
export const unavailable = (
  code: Extract<EdgeProblemCode, 'record-unavailable' | 'sign-in-unreachable' | 'overloaded'>,
): Problem => new Problem(code, {}, { 'retry-after': String(retryAfterSeconds) });

export function rejectionProblem(rejection: Rejection): Problem {
  const { code, stage, allowed, blockers, version, field, groupState, members, left } = rejection;
  return new Problem(code, {
    ...(stage !== undefined && { stage }),
    ...(allowed !== undefined && { allowed: [...allowed] }),
    ...(blockers !== undefined && { blockers: [...blockers] }),
    ...(version !== undefined && { version }),
    ...(field !== undefined && { field }),
    ...(groupState !== undefined && { groupState }),
    ...(members !== undefined && { members: [...members] }),
    ...(left !== undefined && { left: left.map((each) => ({ ...each, blockers: [...each.blockers] })) }),
  });
}

export const isRejectionCode = (code: string): code is RejectionCode => Object.hasOwn(rejectionCodes, code);

export function detailsOf(problem: Problem, requestId: string): ProblemDetails {
  const { code, status, facts } = problem;
  return {
    type: `urn:homeward:problem:${code}`,
    title: isRejectionCode(code) ? rejectionTitles[code] : edgeProblems[code][1],
    status,
    code,
    instance: `urn:homeward:request:${requestId}`,
    ...facts,
  };
}

/** Where and why, never what: pointers hold names of the schema, messages hold no value. */
export function invalidRequest(error: ZodError, prefix = ''): Problem {
  const errors = error.issues.flatMap(fieldErrorsOf).map((found) => ({
    ...found,
    pointer: `${prefix}${found.pointer}`,
  }));
  return new Problem('invalid-request', { errors });
}

/** A mistyped field is worth naming; a name, an address or a sentence used as one is not to be repeated. */
const looksLikeField = /^[a-z][a-zA-Z]{0,30}$/;

function fieldErrorsOf(issue: ZodError['issues'][number]): NonNullable<ProblemDetails['errors']> {
  const pointer = issue.path.map((step) => `/${String(step)}`).join('');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      looksLikeField.test(key)
        ? { pointer: `${pointer}/${key}`, code: 'unknown-field', message: 'is not a field here' }
        : { pointer, code: 'unknown-field', message: 'holds a field that is not known here' },
    );
  }
  // Said of the body as a whole, where an export of another system was sent.
  if (issue.code === 'invalid_type' && pointer === '' && issue.message.endsWith('received array'))
    return [{ pointer, code: 'invalid-type', message: 'must be one object: a list can’t be taken in yet' }];
  return [{ pointer, ...toldOf(issue), message: issue.message }];
}
