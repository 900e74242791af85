/** What routing and sending need of the record; the record's outbox and letters are these. */
import type {
  ClaimedLetter,
  Due,
  HeldLetter,
  Lane,
  LetterFailure,
  PlanRouting,
  Routed,
  System,
} from '../../contracts/letters';

export interface Outbox {
  /** Makes letters of up to `limit` notices, those of safety first. */
  route(limit: number, plan: PlanRouting): Promise<Routed>;
}
export interface Letters {
  /** What there is to do now. */
  look(): Promise<Due>;
  /** Those due; no other dispatcher gets them before the lease ends. With `of` those to one system. */
  claim(lane: Lane, limit: number, leaseMs: number, of?: System): Promise<readonly ClaimedLetter[]>;
  /** `shown`: the notices it told of. */
  markSent(letter: HeldLetter, sent: { shown: readonly string[]; address: string }): Promise<unknown>;
  markFailed(letter: HeldLetter, failure: LetterFailure): Promise<unknown>;
  /** All it would have said was met. */
  markSilenced(letter: HeldLetter): Promise<unknown>;
  /** What it would have said is routed anew, to whoever stands in. */
  readdress(letter: HeldLetter): Promise<unknown>;
}
