import { decidingTools } from '../tools/registry.ts'
import { blueprintCall } from './blueprint-call.ts'
import { checkDeliverablesCall } from './check-call.ts'
import { decidingCall } from './deciding-call.ts'
import type { Call } from './engine.ts'
import { readProjectCall } from './read-call.ts'
import { writeFilesCall } from './write-call.ts'

/** Everything server and command line offer, in the order it is listed. */
export const calls: readonly Call[] = [
  ...decidingTools.map(decidingCall),
  readProjectCall,
  writeFilesCall,
  checkDeliverablesCall,
]

/** What a shell offers beside the calls: `blueprint` may write anywhere its user can, so it is no tool of the server. */
export const commands: readonly Call[] = [blueprintCall, ...calls]
