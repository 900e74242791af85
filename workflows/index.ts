/** Exports only: every function exported here is a workflow type. */
import './no-stack-traces';

export { childReturn } from './child-return/child-return';
export { groupReturn } from './group-return/group-return';
export { upkeep } from './upkeep/upkeep';
