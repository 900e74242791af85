/** Brings one command of a group to the record, says what became of it, and tells the processes. */
import { actorOf } from '../../auth/official-directory';
import type { Reader } from '../../auth/official-directory';
import { freeIdsIn, isCode, withIds } from '../../contracts/coded-ids';
import { takeNotes } from '../../contracts/http/notes';
import { sealEnvelope } from '../../contracts/seal';
import { keyIdOf } from '../../contracts/voucher';
import { groupStateOf } from '../../domain/group/facts';
import type { Group, GroupEnvelope, GroupEvent } from '../../domain/group/group';
import type { EdgeGroupCommand, GroupDraft } from '../../contracts/group-commands';
import type { Submitted } from '../../record/store/submission';
import { noteInScope } from '../../telemetry/scope';
import type { ApiParts } from '../api-parts';
import type { RequestHeaders } from '../define-route';
import { heedDuress } from './duress';
import { codeOf, commandIdOf, noteIdOf } from './derived-ids';

export interface GroupCall {
  readonly parts: ApiParts;
  readonly reader: Reader;
  readonly headers: RequestHeaders;
}

export async function takeGroupCommand(
  { parts, reader, headers }: GroupCall,
  group: string,
  body: EdgeGroupCommand | ({ readonly type: 'draftGroup' } & GroupDraft),
): Promise<Submitted<Group, GroupEvent>> {
  const { sealKey, sealHours } = parts;
  const id = commandIdOf(reader, headers.idempotencyKey);
  const inNameOf = body.type === 'relayWord' && { inNameOf: body.party };
  const coded = await codedFor(parts, group, body);
  const { command, notes } = takeNotes(coded, (path, text) => noteIdOf(sealKey, id, path, text));
  const { official, party, mechanism, mechanismVersion: version, kind } = reader;
  const envelope: GroupEnvelope = sealEnvelope(
    {
      ...{ id, case: group, actor: actorOf(reader), command },
      ...(headers.expectedVersion !== undefined &&
        kind === 'mediator' && { expectedVersion: headers.expectedVersion }),
      sealing: {
        mechanism: { id: mechanism, version },
        key: keyIdOf(sealKey),
        until: new Date(Date.now() + sealHours * 3_600_000).toISOString(),
      },
    },
    sealKey,
  );
  noteInScope({ command: id });
  await heedDuress(parts, reader, { command: id, notes });
  const result = await parts.record.takeGroup(envelope, {
    asker: { mechanism, party },
    notes: notes.map((each) => ({ ...each, case: group, party, official, ...inNameOf })),
  });
  parts.metrics.command(body.type, result.rejection?.code ?? result.outcome);
  return result;
}

/** A relay's id that is no short code becomes one; what is known by its own id keeps it. */
async function codedFor<Body extends Parameters<typeof takeGroupCommand>[2]>(
  { record, sealKey }: ApiParts,
  group: string,
  body: Body,
): Promise<Body> {
  if (freeIdsIn(body).length === 0) return body;
  const known = new Set((await record.groups.load(group))?.group.relays.map(({ id }) => id));
  return withIds(body, (given) =>
    isCode(given) || known.has(given) ? given : codeOf(sealKey, group, given),
  );
}

/** Nobody waits for it: what does not arrive is delivered later. */
export function tellProcesses(
  { notifier }: ApiParts,
  { news, found, others = [] }: Submitted<Group, GroupEvent>,
) {
  const isOpen = found !== undefined && !['completed', 'aborted'].includes(groupStateOf(found.state));
  if (news) notifier.notify(news, isOpen);
  for (const each of others) notifier.notify(each, true);
}
