/** How long lists take over HTTP, as each kind of reader and with every filter they have. */
import { Refusal, type HttpOfficial } from '../../src/simulation/http-official';
import type { Officials } from '../../src/simulation/officials';
import { quantile } from '../statistics';

export interface ReadFigures {
  readonly list: string;
  readonly reader: string;
  readonly path: string;
  readonly times: number;
  readonly p50: number;
  readonly p95: number;
  readonly most: number;
  /** In the last answer. */
  readonly entries?: number;
  /** Not offered to this reader, or not yet built. */
  readonly refused?: string;
}

/** Whoever of the party mostly reads the list. */
const readers = {
  mediator: 'qa-officer-1',
  requesting: 'ua-official-1',
  holding: 'ru-official-1',
  host: 'em-host',
  escort: 'es-dispatcher',
  receiving: 're-receiver',
  observer: 'ob-observer',
} as const;
type Reader = keyof typeof readers;

const everybody = Object.keys(readers) as Reader[];
const ofCases = everybody.filter((reader) => reader !== 'observer');

/** What is asked for, by whom. `pages` are turned first, so that a deep one is read. */
export interface Question {
  readonly list: string;
  readonly path: string;
  readonly by: readonly Reader[];
  readonly pages?: number;
}

const everyList: readonly Question[] = [
  { list: 'board', path: '/v1/cases', by: ofCases },
  { list: 'board, twentieth page', path: '/v1/cases', by: ['mediator'], pages: 19 },
  { list: 'board, waited for longest', path: '/v1/cases?order=waiting', by: ['mediator', 'holding'] },
  { list: 'board, newest first', path: '/v1/cases?order=opened', by: ['mediator', 'holding'] },
  { list: 'board, one stage', path: '/v1/cases?stage=agreement', by: ['mediator', 'holding'] },
  { list: 'board, rare stage', path: '/v1/cases?stage=handover', by: ['mediator', 'receiving'] },
  { list: 'board, waiting on one side', path: '/v1/cases?waitingOn=russia', by: ['mediator', 'requesting'] },
  {
    list: 'board, waiting on an official',
    path: '/v1/cases?waitingOnOfficial=qa-reviewer',
    by: ['mediator'],
  },
  { list: 'board, waiting for one kind', path: '/v1/cases?waitingKind=decide-on-plan', by: ['mediator'] },
  { list: 'board, stalled', path: '/v1/cases?stalled=true', by: ['mediator'] },
  { list: 'board, overdue', path: '/v1/cases?overdue=true', by: ['mediator', 'holding'] },
  { list: 'board, urgent (none)', path: '/v1/cases?urgent=true', by: ['mediator'] },
  { list: 'board, hosted', path: '/v1/cases?hosted=true', by: ['mediator', 'host'] },
  { list: 'board, on hold (none)', path: '/v1/cases?onHold=true', by: ['mediator'] },
  { list: 'board, lapsing within 14 days', path: '/v1/cases?lapsingWithinDays=14', by: ['mediator'] },
  { list: 'board, part of a name', path: '/v1/cases?text=Prykl', by: ['mediator'] },
  { list: 'board, a name nobody has', path: '/v1/cases?text=Nobody', by: ['mediator'] },
  { list: 'inbox', path: '/v1/inbox', by: everybody },
  { list: 'inbox, twentieth page', path: '/v1/inbox', by: ['mediator'], pages: 19 },
  { list: 'inbox, what my own roles owe', path: '/v1/inbox?scope=mine', by: ['mediator'] },
  { list: 'inbox, of the whole party', path: '/v1/inbox?scope=party', by: ['mediator', 'requesting'] },
  { list: 'inbox, overdue', path: '/v1/inbox?overdue=true', by: ['mediator', 'holding'] },
  { list: 'inbox, of safety', path: '/v1/inbox?safety=true', by: ['mediator', 'host'] },
  { list: 'inbox, put off', path: '/v1/inbox?paused=true', by: ['requesting'] },
  { list: 'figures', path: '/v1/figures', by: ['mediator', 'observer'] },
];

/** No list is asked longer than this, however slow. */
const maxMs = 6_000;
const warmUps = 2;

/** Every list there is. */
export async function measureAllReads(officials: Officials, times: number): Promise<ReadFigures[]> {
  return measureReads(officials, times, everyList);
}

export async function measureReads(
  officials: Officials,
  times: number,
  questions: readonly Question[],
): Promise<ReadFigures[]> {
  const found: ReadFigures[] = [];
  for (const { list, path, by, pages = 0 } of questions)
    for (const reader of by) {
      const official = officials.official(readers[reader]);
      found.push({ list, reader, ...(await measureList(official, path, pages, times)) });
    }
  return found;
}

interface Answer {
  readonly items?: readonly unknown[];
  readonly next?: string;
}

async function measureList(
  official: HttpOfficial,
  path: string,
  pages: number,
  times: number,
): Promise<Omit<ReadFigures, 'list' | 'reader'>> {
  try {
    const page = await turnPages(official, path, pages);
    const figures = await ask(() => official.get<Answer>(page), times);
    return { path: page.includes('cursor=') ? `${path}, page ${pages + 1}` : path, ...figures };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { path, times: 0, p50: 0, p95: 0, most: 0, refused: error.code };
  }
}

async function ask(
  question: () => Promise<Answer>,
  times: number,
): Promise<Omit<ReadFigures, 'list' | 'reader' | 'path'>> {
  const samples: number[] = [];
  let answer: Answer = {};
  const begun = performance.now();
  for (let time = -warmUps; time < times; time += 1) {
    const start = performance.now();
    answer = await question();
    if (time >= 0) samples.push(performance.now() - start);
    if (samples.length > 0 && performance.now() - begun > maxMs) break;
  }
  return {
    times: samples.length,
    p50: quantile(samples, 0.5),
    p95: quantile(samples, 0.95),
    most: Math.max(...samples),
    ...(answer.items === undefined ? {} : { entries: answer.items.length }),
  };
}

/** The address of the page that many turns away, or of the last one before it. */
async function turnPages(official: HttpOfficial, path: string, turns: number): Promise<string> {
  let at = path;
  for (let turn = 0; turn < turns; turn += 1) {
    const { next } = await official.get<Answer>(at);
    if (next === undefined) break;
    at = `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(next)}`;
  }
  return at;
}
