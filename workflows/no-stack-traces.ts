/**
 * The SDK records a source-mapped stack for every promise of a workflow: half the memory of a cached case and a tenth of
 * a worker's time. Without a limit to fill V8 records none. To be imported before anything else, as the SDK freezes
 * `Error` afterwards. With `HOMEWARD_WORKFLOW_STACKS=on` the code is bundled without this module.
 */
delete (Error as Partial<ErrorConstructor>).stackTraceLimit;
