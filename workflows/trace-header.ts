/** The header in which a trace travels through Temporal; the name that Temporal's own libraries use. */
export const traceHeader = '_tracer-data';
