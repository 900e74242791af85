/**
 * What operators need of a namespace before the first case: the search attributes, and a history that outlives a
 * return. Safe to repeat. Temporal Cloud manages both elsewhere; there this only says what is missing.
 */
import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import type { Logger } from 'pino';
import { searchAttributes } from '../../workflows/child-return/search-attributes';

/** A return takes months, and questions about it come later. */
const retentionDays = 365;
const { IndexedValueType } = temporal.api.enums.v1;
const indexedTypes = {
  TEXT: IndexedValueType.INDEXED_VALUE_TYPE_TEXT,
  KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  INT: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  DOUBLE: IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
  BOOL: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
  DATETIME: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  KEYWORD_LIST: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
} as const;

/** Must be done before a worker starts: a workflow that writes an unknown attribute can't go on. */
export async function createOperatorSetup(client: Client, logger: Logger): Promise<void> {
  await registerSearchAttributes(client);
  await raiseRetention(client).catch((error: unknown) => {
    // Reminders do not depend on it, so a namespace managed elsewhere is no reason not to start.
    logger.warn({ err: error, retentionDays }, 'retention of the namespace could not be raised');
  });
}

async function registerSearchAttributes({ connection, options: { namespace } }: Client): Promise<void> {
  const wanted = Object.values(searchAttributes);
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = wanted.filter(({ name }) => !(name in customAttributes));
  if (missing.length === 0) return;
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map(({ name, type }) => [name, indexedTypes[type]])),
    });
  } catch (error) {
    // Another process may have been quicker.
    const { customAttributes: now } = await connection.operatorService.listSearchAttributes({ namespace });
    const still = missing.filter(({ name }) => !(name in now));
    if (still.length === 0) return;
    const names = still.map(({ name, type }) => `${name} (${type})`).join(', ');
    throw new Error(`The namespace ${namespace} lacks search attributes: ${names}`, { cause: error });
  }
}

async function raiseRetention({ connection, options: { namespace } }: Client): Promise<void> {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  const wanted = retentionDays * 86_400;
  if (Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) >= wanted) return;
  await connection.workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: { seconds: wanted as never } },
  });
}
