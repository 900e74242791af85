/** Links to lists of workflows in the Temporal UI. */

/** Where the embedded UI is, unless it was moved. */
const usualUi = 'http://127.0.0.1:8233';

export const viewUrl = (query: string, uiUrl = usualUi, namespace = 'default'): string =>
  `${uiUrl}/namespaces/${namespace}/workflows?query=${encodeURIComponent(query)}`;
