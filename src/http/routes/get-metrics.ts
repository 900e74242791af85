import { defineRoute } from '../define-route';

export const getMetrics = defineRoute({
  id: 'getMetrics',
  method: 'get',
  path: '/metrics',
  summary: 'Figures for Prometheus; none is about a single case',
  answers: { 200: { description: 'Prometheus text format', type: 'text/plain' } },
  handle: async ({ parts }) => ({
    status: 200,
    type: 'text/plain; version=0.0.4; charset=utf-8',
    body: await parts.metrics.page(),
  }),
});
