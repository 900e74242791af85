/** Exports only: every function exported here is a workflow type. */
export { childReturn } from './child-return/child-return';
export { upkeep } from './upkeep/upkeep';
