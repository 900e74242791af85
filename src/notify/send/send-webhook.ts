/** One message to a party's own system, as Standard Webhooks has it: codes and references, never a word of a child. */
import { Webhook } from 'standardwebhooks';
import type { ClaimedLetter, ShownNotice } from '../../contracts/letters';
import type { ObligationKind } from '../../domain/model/obligation-kinds';
import { subjectOfKey } from '../../domain/obligations/obligations';
import type { DispatcherParts } from './dispatcher-parts';
import { settle } from './settle';
import { isNamed } from '../compose/subject-text';

export async function sendWebhook(
  parts: DispatcherParts,
  letter: ClaimedLetter,
): Promise<{ isBlocked: boolean }> {
  const { letters, webhooks, findWebhookSecrets, latestMechanism } = parts;
  const [shown] = letter.notices;
  const mechanism = (await latestMechanism(letter.mechanism))?.mechanism;
  const url = mechanism?.parties.find(({ id }) => id === letter.party)?.webhook?.url;
  // Met since, or the party has no system any more.
  if (!shown || url === undefined) {
    await letters.markSilenced(letter);
    return { isBlocked: false };
  }
  const body = JSON.stringify(messageOf(shown));
  const at = new Date();
  const secrets = await findWebhookSecrets(letter.mechanism, letter.party);
  const delivery = await webhooks.post(url, body, {
    'webhook-id': letter.id,
    'webhook-timestamp': `${Math.floor(at.getTime() / 1_000)}`,
    // After a rotation one of each: the receiver may take its time.
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(letter.id, at, body)).join(' '),
  });
  return settle(parts, letter, delivery, url);
}

/** Which facet, hold, visit …, as the case names it. */
function subjectOf({ obligation, facts }: ShownNotice['notice']): { subject?: string } {
  const kind = facts.obligation as ObligationKind | undefined;
  const subject = obligation === undefined ? undefined : subjectOfKey(obligation);
  return kind !== undefined && subject !== undefined && isNamed(kind) ? { subject } : {};
}

/** The contract with receivers; see docs/notifications.md. */
export const messageOf = ({ id, case: reference, version, notice, createdAt }: ShownNotice): object => ({
  type: `notice.${notice.kind}`,
  timestamp: createdAt,
  data: {
    id,
    case: reference,
    version,
    kind: notice.kind,
    party: notice.party,
    safety: notice.safety,
    ...(notice.facts.obligation === undefined ? {} : { obligation: notice.facts.obligation }),
    ...subjectOf(notice),
    ...(notice.facts.lapsing === undefined ? {} : { lapsing: notice.facts.lapsing }),
    ...(notice.facts.due === undefined ? {} : { due: notice.facts.due }),
    ...(notice.facts.lastDay === undefined ? {} : { lastDay: notice.facts.lastDay }),
  },
});
