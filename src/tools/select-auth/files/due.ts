import { stageRank } from '../../../core/profile.ts'
import { readStack } from '../../../core/stack.ts'
import { checksTokens, namesServer } from '../../../core/token-check.ts'
import { predicatesOf } from '../controls.ts'
import type { Decided } from '../decide.ts'
import { issuerOf } from './given.ts'

export type FileKind = 'http-hardening' | 'token-verification' | 'api-keys'

/** Kinds of source files this design calls for, whether or not there is a template; empty without a server in a known language. */
export function dueFiles(decided: Decided): FileKind[] {
  const { situation, decision } = decided
  const { input, classes } = situation
  if (!namesServer(readStack(input)) || !predicatesOf(situation, decision.serviceToken).has('api') || decision.kind === 'none-left') return []
  const accounts = classes.some((one) => one !== 'none')
  return [
    ...(accounts || stageRank(input.stage ?? 'mvp') >= stageRank('mvp') ? ['http-hardening' as const] : []),
    ...(checksTokens(input, issuerOf(decided)) ? ['token-verification' as const] : []),
    ...(decision.serviceToken === 'hashed-key-lookup' || decision.machine === 'api-keys' ? ['api-keys' as const] : []),
  ]
}
