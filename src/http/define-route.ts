/** What one route is: its address, what it takes, what it answers, and the function that does it. */
import type { z } from 'zod';
import type { Reader } from '../auth/official-directory';
import type { MechanismRules } from '../domain/model/mechanism';
import type { ReturnCase } from '../domain/model/case';
import type { AsGiven } from '../contracts/http/as-given';
import type { Adjustment } from '../contracts/nearest-form';
import type { ApiParts } from './api-parts';
import type { EventStream } from './stream/event-stream';
import type { Credential } from './session/session';

/** A case that the policy let the reader see. */
export interface OpenedCase {
  readonly state: ReturnCase;
  readonly rules: MechanismRules;
}

export interface Call<Params, Query, Body> {
  readonly parts: ApiParts;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly headers: RequestHeaders;
  /** What of the request was not taken as it was written, on routes that take the nearest form. */
  readonly adjusted: readonly Adjustment[];
}
/** Headers that mean something here, already read and checked. */
export interface RequestHeaders {
  /** Empty on routes that do not write. */
  readonly idempotencyKey: string;
  readonly expectedVersion?: number;
  /** As it was sent. */
  readonly ifNoneMatch?: string;
  /** As it was sent. */
  readonly lastEventId?: string;
}
/** What the policy has established before the handler runs. */
export interface Granted {
  readonly reader: Reader;
  /** By what the reader is signed in. */
  readonly credential: Credential;
  readonly found: OpenedCase;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** `application/json` unless given. */
  readonly type?: string;
  /** Instead of a body: stays open, and is handed over to be written to. */
  readonly stream?: (stream: EventStream) => void;
}

/** The body that a status of these answers has; nothing where no schema stands. */
type BodyOf<Said> = Said extends { readonly schema: infer Schema extends z.ZodType }
  ? { readonly body: AsGiven<Schema> }
  : { readonly body?: Said extends { readonly type: string } ? string : undefined };
/** One of a route's answers, as its schemas describe it. */
export type AnswerOf<Answers> = {
  [Status in keyof Answers]: Omit<Answer, 'status' | 'body'> & { readonly status: Status } & BodyOf<
      Answers[Status]
    >;
}[keyof Answers];

export interface Documented {
  readonly description: string;
  readonly schema?: z.ZodType;
  readonly type?: string;
}

export interface RouteDefinition<
  Id extends string = string,
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answers extends Readonly<Record<number, Documented>> = Readonly<Record<number, Documented>>,
  Given = Answer,
> {
  readonly id: Id;
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** As OpenAPI writes it, `/v1/cases/{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** Takes `Idempotency-Key` and, where it changes a case, `If-Match`. */
  readonly writes?: { readonly takesVersion: boolean | 'required' };
  /** Of a body that is not well-formed but must not be refused for it, the nearest one that is. */
  nearest?(
    body: unknown,
  ): { readonly command: z.output<Body>; readonly adjusted: readonly Adjustment[] } | undefined;
  readonly answers: Answers;
  /** `granted` holds what the route's row in the policy establishes: a reader, and a case where it asks for one. */
  handle(
    call: Call<z.output<Params>, z.output<Query>, z.output<Body>>,
    granted: Granted,
  ): Promise<Given> | Given;
}

/** Keeps the id's literal type for the policy, and forgets the rest. */
export const defineRoute = <
  const Id extends string,
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  const Answers extends Readonly<Record<number, Documented>>,
>(
  route: RouteDefinition<Id, Params, Query, Body, Answers, AnswerOf<Answers>>,
): RouteDefinition<Id> => route as RouteDefinition<Id>;
