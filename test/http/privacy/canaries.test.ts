/**
 * A word of its own in every field of every command that takes words, and in every header: none of them is in anything that
 * Temporal keeps, whether the command is sent to the API or sealed and carried to the workflow by hand.
 */
import { z } from 'zod';
import { commandSchema } from '../../../src/contracts/commands';
import { sealedCommandSchema } from '../../../src/contracts/http/answers';
import type { CommandEnvelope } from '../../../src/domain/model/commands';
import { commandSignal } from '../../../workflows/child-return/messages';
import { aDossier } from '../../record/support/record-room';
import { acceptance, approvalBy, play, proposal, verification } from '../../workflows/support/plain-return';
import { eventually } from '../../workflows/support/process-room';
import { keptOf } from '../support/kept-by-temporal';
import { newKey, openApiRoom } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

interface Shape {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
}

/** What passes for a field whose form leaves no room for a word. */
const forms = [
  'visit-1',
  'doc-1',
  'recipient-1',
  'a'.repeat(64),
  '2026-11-27',
  '2098-11-27T00:00:00.000Z',
  'PT1H',
  'uk',
  'closeCase-1772438400000',
  '08:30',
  'treatment-7',
  'treatment-7-1772438400000',
];
/** Names of the arrangement that a sealed command must know; a word in their place is looked at by itself. */
const known: Readonly<Record<string, string>> = {
  party: 'russia',
  escortParty: 'escort',
  receivingParty: 'reception',
  site: 'moscow-residence',
  handoverPlace: 'kyiv',
  wayIn: 'moscow',
  wayOut: 'kyiv',
  place: 'kyiv',
  from: 'moscow',
  to: 'kyiv',
  owner: 'reception',
  escort: 'es-escort-1',
  officer: 'qa-officer-1',
  deputy: 'qa-officer-2',
  official: 'ru-official-1',
};

const canaries = new Map<string, string>();
const canaryOf = (path: string): string => {
  const canary = `kanarka-${canaries.size + 1}-anna`;
  canaries.set(canary, path);
  return canary;
};

interface Filling {
  readonly other: string;
  readonly obligation: string;
  /** Words in place of names, too. */
  readonly mistyped: boolean;
}

function filled(given: Shape, path: string, filling: Filling): unknown {
  const shape = resolved(given);
  const field = path.split('.').at(-1)!;
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return shape.enum[0];
  const variant = shape.anyOf ?? shape.oneOf;
  if (variant) return filled(variant[0]!, path, filling);
  if (shape.properties)
    return Object.fromEntries(
      Object.entries(shape.properties).map(([key, each]) => [key, filled(each, `${path}.${key}`, filling)]),
    );
  if (shape.items) return [filled(shape.items, path, filling)];
  if (shape.type === 'boolean') return false;
  if (shape.type === 'integer' || shape.type === 'number') return Math.max(1, shape.minimum ?? 1);
  if (['other', 'siblings', 'together'].includes(field)) return filling.other;
  if (field === 'checkInEvery') return 'PT1H';
  if (!filling.mistyped && field in known && !path.includes('window')) return known[field];
  if (!filling.mistyped && field === 'obligation') return filling.obligation;
  const fits = (text: string): boolean =>
    shape.pattern === undefined || new RegExp(shape.pattern, 'u').test(text);
  const isFree = shape.format === undefined && fits('kanarka-1-anna');
  return isFree ? canaryOf(path) : (forms.find(fits) ?? forms[0]);
}

const { $defs = {}, oneOf = [] } = z.toJSONSchema(commandSchema, {
  io: 'input',
  unrepresentable: 'any',
}) as Shape & { $defs?: Readonly<Record<string, Shape>> };
const resolved = (shape: Shape): Shape =>
  shape.$ref === undefined ? shape : ($defs[shape.$ref.split('/').at(-1)!] ?? shape);
const shapes = oneOf.map(resolved);
const typeOf = (shape: Shape): string => String(shape.properties?.type?.const);

describe('a word in every field of every command', () => {
  let room: ApiRoom;
  let id: string;
  let filling: Filling;
  const sealed: string[] = [];
  const refused = new Map<string, string>();

  beforeAll(async () => {
    room = await openApiRoom('http-canaries');
    id = await room.openWithProcess();
    const other = await room.open();
    await play(room.process, id, [...acceptance, ...verification, proposal, approvalBy('ua-decider')]);
    // Waits for its second person. The process may write between the look and the revision: then looked at again.
    const revised = { ...aDossier, sourceNote: 'waits' };
    await eventually(async () => {
      const { headers } = await room.as('ua-official-1').get(`/v1/cases/${id}`);
      const read = { 'if-match': String(headers.etag) };
      const { status } = await room.as('ua-official-1').put(`/v1/cases/${id}/dossier`, revised, read);
      return status === 200 || undefined;
    });
    const { rows } = await room.process.pool.query<{ key: string }>(
      `select key from obligations where case_id = $1 and kind = 'decide-on-plan'`,
      [id],
    );
    filling = { other, obligation: rows[0]!.key, mistyped: false };
  });
  afterAll(() => room.close());

  /** By whoever may: the first whom the edge does not turn away. */
  async function send(path: string, body: object) {
    const headers = (): Record<string, string> => ({
      'idempotency-key': `${canaryOf('Idempotency-Key')}-${newKey().slice(0, 8)}`,
      'x-request-id': canaryOf('X-Request-Id'),
      traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`,
      tracestate: `homeward=${canaryOf('tracestate')}`,
      baggage: `child=${canaryOf('baggage')}`,
      'user-agent': canaryOf('User-Agent'),
    });
    let last: { status: number; body: unknown } = { status: 0, body: {} };
    for (const { id: official, active } of room.process.mechanism.officials) {
      if (!active) continue;
      last = await room.as(official).post(`/v1/cases/${id}/${path}`, body, headers());
      if (last.status === 200) return last;
    }
    return last;
  }

  it('is sealed or refused, and what is sealed is carried to the workflow', async () => {
    const envelopes: object[] = [];
    for (const mistyped of [false, true])
      for (const shape of shapes) {
        const type = typeOf(shape);
        const body = filled(shape, type, { ...filling, mistyped }) as object;
        const answer = await send('sealed-commands', body);
        if (answer.status === 200) {
          if (!mistyped) sealed.push(type);
          envelopes.push(sealedCommandSchema.parse(answer.body).envelope);
        } else refused.set(type, `${answer.status} ${(answer.body as { code: string }).code}`);
      }
    for (const envelope of envelopes)
      await room.process.handle(id).signal(commandSignal, envelope as CommandEnvelope);
    expect(shapes.length).toBeGreaterThan(50);
    expect([...refused].filter(([type]) => !sealed.includes(type))).toEqual([]);
  });

  it('is sent to the API', async () => {
    const broken: string[] = [];
    for (const shape of shapes) {
      const body = filled(shape, typeOf(shape), filling) as object;
      const answer = await send('commands', body);
      if (answer.status >= 500) broken.push(`${answer.status} ${typeOf(shape)}`);
    }
    expect(broken).toEqual([]);
  });

  it('and none of them is in anything that Temporal keeps', async () => {
    await room.process.followed(id);
    const all = await keptOf(room.process, id);
    expect(all).toContain('recorded');
    for (const type of sealed) expect(all).toContain(type);
    const told = [...all.matchAll(/kanarka-\d+-anna/g)].map(([canary]) => canaries.get(canary));
    expect(told).toEqual([]);
    expect(canaries.size).toBeGreaterThan(300);
  });
});
