import '../core/jitless.ts'
/** What the entry loads when it is first needed: a host waits for tools/list, not for this. */
export { calls, commands } from './calls.ts'
export { loadBundled } from '../knowledge/load-bundled.ts'
