/** The workflow type of the upkeep, as the UI and the `temporal` CLI name it. */
export const upkeepType = 'upkeep';
