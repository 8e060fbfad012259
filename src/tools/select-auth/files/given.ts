import { readStack } from '../../../core/stack.ts'
import type { Knowledge } from '../../../knowledge/collections.ts'
import type { CodeTemplate } from '../../code-file.ts'
import { predicatesOf } from '../controls.ts'
import type { Decided } from '../decide.ts'

/** Names for issuer and audience where no sheet names any. */
const usual = { issuer: 'OAUTH_ISSUER', audience: 'OAUTH_AUDIENCE' }

/** What a template's conditions and values are for this design; only those its sheet declares. */
export function givenFor(template: CodeTemplate, { situation, decision }: Decided, knowledge: Knowledge): Record<string, string | boolean> {
  const stack = readStack(situation.input)
  const variables = [decision.agent, decision.machine, decision.primary].flatMap((id) => knowledge['identity-providers'][id ?? '']?.facts.variables.value ?? [])
  const named = (ending: RegExp, otherwise: string): string => variables.find((name) => ending.test(name)) ?? otherwise
  const all: Record<string, string | boolean> = {
    // Where Redis runs anyway, a shared count costs nothing.
    sharedStore: stack.ids.includes('redis') || predicatesOf(situation, decision.serviceToken).has('multi-instance'),
    express: stack.frameworks.includes('express'), fastify: stack.frameworks.includes('fastify'),
    resource: decision.agent !== null || (situation.input.clients ?? []).includes('mcp'), proxy: decision.serviceToken === 'signed-proxy-header',
    issuer: named(/_ISSUER(_URL)?$/, usual.issuer), audience: named(/_AUDIENCE$/, usual.audience),
  }
  return Object.fromEntries([...template.facts.conditions.value ?? [], ...template.facts.values.value ?? []].flatMap((name) => { const value = all[name]; return value === undefined ? [] : [[name, value]] }))
}
