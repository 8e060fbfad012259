import { stageRank } from '../../../core/profile.ts'
import { isServerFramework, serviceLanguage } from '../../../core/service-language.ts'
import { readStack, type Stack } from '../../../core/stack.ts'
import { predicatesOf } from '../controls.ts'
import type { Decided } from '../decide.ts'

export type FileKind = 'http-hardening' | 'token-verification' | 'api-keys'

/** Frameworks whose sign-in library checks the session inside the page's own server. */
const pageFrameworks = new Set(['nextjs', 'remix', 'sveltekit', 'astro'])

const browserLanguages: readonly string[] = ['javascript', 'typescript']

/** False for a stack that names browser code only: where its requests go is not known. */
const namesServer = (stack: Stack): boolean =>
  serviceLanguage(stack) !== null && (stack.frameworks.some(isServerFramework) || stack.databases.length > 0 || stack.frameworks.length === 0 || stack.languages.some((language) => !browserLanguages.includes(language)))

/** Kinds of source files this design calls for, whether or not there is a template; empty without a server in a known language. */
export function dueFiles({ situation, decision }: Decided): FileKind[] {
  const { input, classes } = situation
  const stack = readStack(input)
  if (!namesServer(stack) || !predicatesOf(situation, decision.serviceToken).has('api') || decision.kind === 'none-left') return []
  const accounts = classes.some((one) => one !== 'none')
  const ownPages = stack.frameworks.length > 0 && stack.frameworks.every((id) => pageFrameworks.has(id) || id === 'react') && (input.services ?? 1) === 1 && !situation.needs.mobile
  const machineTokens = decision.machine === 'oauth-client-credentials' || decision.agent !== null
  const verifies = machineTokens || decision.serviceToken === 'signed-proxy-header' || (decision.serviceToken === 'jwt-jwks' && !ownPages)
  return [
    ...(accounts || stageRank(input.stage ?? 'mvp') >= stageRank('mvp') ? ['http-hardening' as const] : []),
    ...(verifies ? ['token-verification' as const] : []),
    ...(decision.serviceToken === 'hashed-key-lookup' || decision.machine === 'api-keys' ? ['api-keys' as const] : []),
  ]
}
