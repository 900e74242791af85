/**
 * Whether an official's command may be recorded now, whatever was true when it was sealed: its seal has not run out,
 * and its sender is still in office by the newest version of the mechanism. What was recorded while somebody was in
 * office keeps counting after they have left: it is their party's word, and their party can withdraw it.
 */
import type { PoolClient } from 'pg';
import { rolesLentTo } from '../../contracts/absence';
import { findOfficial } from '../../contracts/mechanism/mechanism';
import { isUnrefusable } from '../../domain/model/commands';
import type { AnyEnvelope, SealKeys } from '../../contracts/seal';
import { isOfficial } from '../../domain/model/parties';
import { rejected } from '../../domain/model/rejections';
import type { Rejection } from '../../domain/model/rejections';
import { addDuration } from '../../domain/calendar/time';
import type { Instant } from '../../domain/calendar/time';
import { absencesNotOver } from './absences';
import type { KeptMechanism } from '../store/mechanisms';
import { query } from '../postgres/transaction';

/** How long after the upgrade a seal of release 0.1, which names no end, is taken. */
const oldSealsTakenFor = 'P1D';

/**
 * The envelope with the roles that its sender still has, own or lent: what is decided and recorded. Refuses one whose
 * seal has run out and one whose sender has left the office, was suspended, or changed party.
 */
export async function underAuthority<Sent extends AnyEnvelope>(
  client: PoolClient,
  envelope: Sent,
  newest: KeptMechanism | undefined,
  keys: SealKeys,
  now: Instant,
): Promise<{ envelope: Sent } | { rejection: Rejection }> {
  const { actor, command } = envelope;
  if (!isOfficial(actor)) return { envelope };
  // Refusing a hold because it is late would be the dangerous mistake.
  if (!isUnrefusable(command) && (await hasRunOut(client, envelope, now))) return rejected('seal-expired');
  const mechanism = newest?.mechanism;
  const official = mechanism && findOfficial(mechanism, actor.official);
  if (!mechanism || !official?.active || official.party !== actor.party) return rejected('authority-ended');
  const isOwn = (role: string): boolean => (official.roles as readonly string[]).includes(role);
  if (actor.roles.every(isOwn)) return { envelope };
  const lent = rolesLentTo(mechanism, official.id, await absencesNotOver(client, mechanism.id, keys), now);
  const roles = actor.roles.filter((role) => isOwn(role) || lent.includes(role));
  // Which of them are only lent is for the record to know: a second person's word does not come through one.
  const onlyLent = roles.filter((role) => !isOwn(role));
  const { lent: _, ...rest } = actor;
  return {
    envelope: { ...envelope, actor: { ...rest, roles, ...(onlyLent.length > 0 && { lent: onlyLent }) } },
  };
}

async function hasRunOut(client: PoolClient, { sealing }: AnyEnvelope, now: Instant): Promise<boolean> {
  if (sealing) return sealing.until <= now;
  const { rows } = await query<{ at: Instant | null }>(client, {
    name: 'upgraded-at',
    text: `select min(timestamp) as at from kysely_migration where name = '0017-trust'`,
  });
  const upgraded = rows[0]?.at;
  return !upgraded || addDuration(new Date(upgraded).toISOString(), oldSealsTakenFor) <= now;
}
