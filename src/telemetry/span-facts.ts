/**
 * What a span may tell: attributes by this list, each with the shape of its value, names of our own making, and
 * nothing of an error but that there was one. Judged once more where spans leave the process, so that no library
 * adds a word to them.
 */
import { SpanStatusCode } from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

/** The scope of our own spans; spans of others stay here. */
export const spanScope = 'homeward';

const word = /^[\w.:/-]{1,120}$/;
const reference = /^[0-9A-Z]{4}-[0-9A-Z]{4}$/;

export const spanFacts = {
  'homeward.case': reference,
  'homeward.command': word,
  'homeward.request': word,
  'homeward.fault': word,
  'http.request.method': /^[A-Z]{3,7}$/,
  'http.route': word,
  'http.response.status_code': 'number',
  'db.system.name': word,
  'db.operation.name': /^[\w.: -]{1,400}$/,
  'temporal.activity': word,
  'temporal.attempt': 'number',
  'temporal.message': word,
} as const satisfies Record<string, RegExp | 'number'>;
export type SpanFacts = { readonly [Name in keyof typeof spanFacts]?: string | number | undefined };

/** As routes, statements, activities and messages are called. */
const spanName = /^[\w.: -]{1,120}$/;

export function onlyListedFacts(attributes: Attributes): Attributes {
  const shapes: Readonly<Record<string, RegExp | 'number'>> = spanFacts;
  const isListed = ([name, value]: [string, unknown]): boolean => {
    const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    if (shape === undefined) return false;
    return shape === 'number' ? typeof value === 'number' : typeof value === 'string' && shape.test(value);
  };
  return Object.fromEntries(Object.entries(attributes).filter(isListed));
}

/** Lets through our own spans, and of these what is listed. */
export const onlyListedSpans = (exporter: SpanExporter): SpanExporter => ({
  export: (spans, done) =>
    exporter.export(
      spans.filter(({ instrumentationScope }) => instrumentationScope.name === spanScope).map(listed),
      done,
    ),
  shutdown: () => exporter.shutdown(),
  forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
});

function listed(span: ReadableSpan): ReadableSpan {
  const isError = span.status.code === SpanStatusCode.ERROR;
  return Object.create(span, {
    name: { value: spanName.test(span.name) ? span.name : 'unnamed' },
    attributes: { value: onlyListedFacts(span.attributes) },
    // Events carry messages and stacks of errors, links attributes of their own.
    events: { value: [] },
    links: { value: [] },
    status: { value: { code: isError ? SpanStatusCode.ERROR : SpanStatusCode.UNSET } },
  }) as ReadableSpan;
}
