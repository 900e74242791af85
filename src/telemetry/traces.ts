/**
 * One request's way through the parts: HTTP, Temporal, activity, SQL. Off unless a collector is named, and then
 * nothing of this is made and nobody is wrapped. The span at hand travels in the scope (`scope.ts`); between
 * processes it travels as W3C Trace Context writes it.
 */
import {
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import type { Span, SpanContext } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TraceIdRatioBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { faultFactsOf } from './fault-facts';
import { currentScope, inScope } from './scope';
import { onlyListedSpans, spanScope } from './span-facts';
import type { SpanFacts } from './span-facts';

export interface TraceSettings {
  /** Of an OTLP collector over HTTP; `/v1/traces` is added. */
  readonly endpoint: string;
  /** `homeward-api` and so on. */
  readonly service: string;
  /** Of all requests, from 0 to 1; 1 unless given. Whole traces are kept or left. */
  readonly share?: number;
}

export interface SpanOptions {
  readonly kind?: keyof typeof SpanKind;
  readonly facts?: SpanFacts;
  /** From another process; else the span at hand. */
  readonly parent?: SpanContext;
}
export interface Traces {
  /** The work in a span of its own; one that fails is marked, and fails as it would have. */
  span<Result>(name: string, options: SpanOptions, work: (span: Span) => Promise<Result>): Promise<Result>;
  /** A span that its maker ends. */
  begin(name: string, options: SpanOptions): Span;
  /** Sends what is left. */
  stop(): Promise<void>;
}

export function createTraces({ endpoint, service, share = 1 }: TraceSettings): Traces {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    // By the trace's id alone, so that all our parts come to the same answer and a caller has no say in it.
    sampler: new TraceIdRatioBasedSampler(share),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: onlyListedSpans(exporter), scheduledDelayMillis: 2_000 }),
    ],
  });
  const tracer = provider.getTracer(spanScope);

  function begin(name: string, { kind = 'INTERNAL', facts = {}, parent }: SpanOptions): Span {
    const around = parent ?? currentScope().span?.spanContext();
    const context = around ? trace.setSpanContext(ROOT_CONTEXT, around) : ROOT_CONTEXT;
    return tracer.startSpan(name, { kind: SpanKind[kind], attributes: facts }, context);
  }
  return {
    begin,
    async span(name, options, work) {
      const span = begin(name, options);
      try {
        return await inScope({ span }, () => work(span));
      } catch (error) {
        markFailed(span, error);
        throw error;
      } finally {
        span.end();
      }
    },
    stop: () => provider.shutdown(),
  };
}

export function markFailed(span: Span, error: unknown): void {
  const { name, code, type } = faultFactsOf(error);
  span.setAttribute('homeward.fault', type ?? code ?? name).setStatus({ code: SpanStatusCode.ERROR });
}

const form = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** As W3C Trace Context writes it. */
export function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags & TraceFlags.SAMPLED ? '01' : '00'}`;
}

/** Undefined for anything else than a well-formed one. */
export function parseTraceparent(text: unknown): SpanContext | undefined {
  const [, traceId, spanId, flags] = (typeof text === 'string' ? form.exec(text) : null) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  const context = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED,
    isRemote: true,
  };
  return isSpanContextValid(context) ? context : undefined;
}
