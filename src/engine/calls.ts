import { decidingTools } from '../tools/registry.ts'
import { decidingCall } from './deciding-call.ts'
import type { Call } from './engine.ts'
import { readProjectCall } from './read-call.ts'

/** Everything server and command line offer, in the order it is listed. */
export const calls: readonly Call[] = [
  ...decidingTools.map(decidingCall),
  readProjectCall,
]

/** What a shell offers beside the calls: `blueprint` writes anywhere, so it is no tool of the server. */
export const commands: readonly Call[] = [...calls]
