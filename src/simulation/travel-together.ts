/**
 * Those who may leave leave together: the mediator drafts a group, every party says its word, and they set out in one go. Who
 * stays behind follows in a second group. As with a case, only what the API answers decides where a group stands, so a demo
 * that is killed in the middle goes on.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GroupView } from '../contracts/http/groups';
import { officialsIn } from '../contracts/mechanism/mechanism';
import { listTerms } from '../domain/group/group';
import type { CaseId, OfficialId } from '../domain/model/ids';
import type { Role } from '../domain/model/parties';
import { Refusal } from './http-official';
import type { OpenedChild } from './open-the-eleven';
import type { Officials } from './officials';
import { readCase } from './seen-case';
import type { SeenCase } from './seen-case';

export interface TogetherHooks {
  readonly say?: (line: string) => void;
  readonly signal?: AbortSignal;
}

const restMs = 400;
/** Who is not ready by then follows with the next group. */
const patienceMs = 45_000;
const before = ['intake', 'tracing', 'verification', 'agreement', 'preparation', 'hosting'];

interface Step {
  readonly by: OfficialId;
  readonly name: string;
  readonly body: object;
}

export async function travelTogether(
  children: readonly OpenedChild[],
  officials: Officials,
  { say = () => undefined, signal }: TogetherHooks = {},
): Promise<void> {
  const director = officials.first('mediator', ['lead']);
  const parted = new Set<string>();
  let lastReady = 0;
  let changedAt = Date.now();
  for (;;) {
    signal?.throwIfAborted();
    const views = await Promise.all(children.map(({ case: id }) => readCase(director, id)));
    const waiting = views.filter(({ stage }) => before.includes(stage));
    if (waiting.length === 0) return;
    const ready = wholeFamilies(waiting.filter(mayLeave), views);
    if (ready.length !== lastReady) [lastReady, changedAt] = [ready.length, Date.now()];
    const open = await openGroup(officials, new Set(children.map((child) => child.case)));
    const isTime = ready.length === waiting.length || Date.now() - changedAt > patienceMs;
    try {
      if (open) await takeStep(open, officials, parted, say);
      else if (ready.length > 0 && isTime) await draft(ready, officials, say);
      else await sleep(restMs, undefined, { signal });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      say(`  together: ${error.message}`);
      await sleep(restMs, undefined, { signal });
    }
  }
}

const mayLeave = ({ obligations }: SeenCase): boolean => obligations.some(({ kind }) => kind === 'give-go');

/** Siblings go on a list together. */
function wholeFamilies(ready: readonly SeenCase[], all: readonly SeenCase[]): SeenCase[] {
  const isReady = (id: CaseId): boolean => ready.some((each) => each.id === id);
  const isGone = (id: CaseId): boolean => !all.some((each) => each.id === id && before.includes(each.stage));
  return ready.filter(({ siblings }) => siblings.every((id) => isReady(id) || isGone(id)));
}

async function openGroup(officials: Officials, cases: ReadonlySet<CaseId>): Promise<GroupView | undefined> {
  const director = officials.first('mediator', ['lead']);
  const { items } = await director.get<{ items: readonly { id: string; state: string }[] }>('/v1/groups');
  for (const { id } of items.filter(({ state }) => !['departed', 'completed', 'aborted'].includes(state))) {
    const view = await director.get<GroupView>(`/v1/groups/${id}`);
    if (view.list.members.some((member) => cases.has(member))) return view;
  }
  return undefined;
}

async function draft(
  ready: readonly SeenCase[],
  officials: Officials,
  say: (line: string) => void,
): Promise<void> {
  const members = ready.map(({ id }) => id);
  const place = ready[0]?.plan?.handoverPlace ?? '';
  const body = { members, departAt: soon(), place, route: 'mixed' };
  const key = keyOf(`draft ${members.join()} ${ready.map(({ version }) => version).join()}`);
  const officer = officials.first('mediator', ['case-officer']);
  await officer.write('POST', '/v1/groups', body, key);
  say(`  ${members.length} children are to travel together`);
}
const soon = (): string => new Date(Date.now() + 5_000).toISOString();
const keyOf = (text: string): string =>
  `demo-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;

async function takeStep(
  view: GroupView,
  officials: Officials,
  parted: Set<string>,
  say: (line: string) => void,
): Promise<void> {
  const step = await stepOf(view, officials, parted);
  if (!step) {
    await sleep(restMs);
    return;
  }
  const key = keyOf(`${view.id} ${view.version} ${step.name}`);
  await officials.official(step.by).write('POST', `/v1/groups/${view.id}/commands`, step.body, key);
  if (step.name !== 'departGroup') return;
  const { departure } = await officials.official(step.by).get<GroupView>(`/v1/groups/${view.id}`);
  if (departure)
    say(
      `  ${departure.departed.length} set out together with ${view.id}` +
        (departure.left.length > 0 ? `; ${departure.left.length} stay and follow` : ''),
    );
}

/** What is owed first is done first; nobody but who owes it does it. */
async function stepOf(view: GroupView, officials: Officials, parted: Set<string>): Promise<Step | undefined> {
  // Crews are confirmed in the children's own cases.
  const duty = view.duties.find(({ kind }) => kind !== 'add-escorts');
  if (!duty) return undefined;
  const { version, hash, members, place, route } = view.list;
  const list = { version, hash };
  const by = someone(officials, duty.party, duty.roles);
  const step = (name: string, fields: object = {}): Step => ({ by, name, body: { type: name, ...fields } });
  switch (duty.kind) {
    case 'propose-list':
      return step('proposeList');
    case 'freeze-list':
      return step('freezeList', { version });
    case 'confirm-list': {
      const kind = officials.mechanism.parties.find(({ id }) => id === duty.party)?.kind;
      // Once, in the first group: all but the place.
      const disputes = kind === 'holding' && version === 1 && members.length > 2;
      const said = view.checklist.find((line) => line.line === 'terms' && line.party === duty.party);
      return disputes &&
        said?.line === 'terms' &&
        said.state === 'waiting' &&
        said.terms.length < listTerms.length
        ? step('disputeTerms', { ...list, terms: ['place'], note: 'Другой пункт.' })
        : step('confirmTerms', {
            ...list,
            terms: disputes ? listTerms.filter((term) => term !== 'place') : listTerms,
          });
    }
    case 'settle-terms': {
      const other = officials.mechanism.places.find(({ id }) => id !== place)?.id ?? place;
      return step('changeList', { members, departAt: soon(), place: other, route });
    }
    case 'say-go':
      return step('sayGo', list);
    case 'mend-list':
      return step('changeList', { members, departAt: soon(), place, route });
    case 'add-escorts':
      return undefined;
    case 'weigh-no-go':
      return step('abortGroup', { reason: 'other' });
    case 'confirm-relay': {
      const [pending] = view.pendingRelays;
      const second = officialsIn(officials.mechanism, duty.party, duty.roles).find(
        ({ id }) => id !== pending?.enteredBy.official,
      );
      return pending && second
        ? { by: second.id, name: 'confirmRelay', body: { type: 'confirmRelay', relay: pending.id } }
        : undefined;
    }
    case 'depart-group': {
      await oneFallsIll(view, officials, parted);
      return step('departGroup', list);
    }
  }
}

const someone = ({ mechanism }: Officials, party: string, roles: readonly Role[]): OfficialId =>
  officialsIn(mechanism, party, roles)[0]?.id ?? '';

/** In the large group, one who has a sibling on it gets a fever that morning: both stay, and follow. */
async function oneFallsIll(view: GroupView, officials: Officials, parted: Set<string>): Promise<void> {
  if (view.children.length < 6 || parted.has(view.id)) return;
  parted.add(view.id);
  const travellers = view.children.filter(({ travels }) => travels).map((child) => child.case);
  for (const id of travellers) {
    const { siblings, medical } = await readCase(officials.first('mediator', ['lead']), id);
    if (siblings.length !== 1 || !travellers.includes(siblings[0] ?? '') || medical.emergencySince) continue;
    const host = officials.first('host', ['host', 'clinician']);
    await host.command(
      id,
      { type: 'reportMedicalEmergency', note: 'ارتفاع في درجة الحرارة.' },
      keyOf(`fever ${view.id} ${id}`),
    );
    return;
  }
}
