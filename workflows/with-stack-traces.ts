/** The same workflow types with stack traces, for whoever looks for a fault in workflow code. */
export { childReturn } from './child-return/child-return';
export { upkeep } from './upkeep/upkeep';
