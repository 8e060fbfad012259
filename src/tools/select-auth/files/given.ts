import { readStack } from '../../../core/stack.ts'
import { tokenVariables, type TokenIssuer } from '../../../core/token-check.ts'
import type { CodeTemplate } from '../../code-file.ts'
import { predicatesOf } from '../controls.ts'
import type { Decided } from '../decide.ts'

/** The chosen provider as the check of its tokens sees it. */
export const issuerOf = ({ primary }: Decided): TokenIssuer => ({ id: primary?.id ?? 'none', hosting: primary?.facts.hosting.value ?? null, variables: primary?.facts.variables.value ?? [] })

/** What a template's conditions and values are for this design; only those its sheet declares. */
export function givenFor(template: CodeTemplate, decided: Decided): Record<string, string | boolean> {
  const { situation, decision } = decided
  const stack = readStack(situation.input)
  const all: Record<string, string | boolean> = {
    // Where Redis runs anyway, a shared count costs nothing.
    sharedStore: stack.ids.includes('redis') || predicatesOf(situation, decision.serviceToken).has('multi-instance'),
    express: stack.frameworks.includes('express'), fastify: stack.frameworks.includes('fastify'),
    resource: decision.agent !== null || (situation.input.clients ?? []).includes('mcp'), proxy: decision.serviceToken === 'signed-proxy-header',
    ...tokenVariables(situation.input, issuerOf(decided)),
  }
  return Object.fromEntries([...template.facts.conditions.value ?? [], ...template.facts.values.value ?? []].flatMap((name) => { const value = all[name]; return value === undefined ? [] : [[name, value]] }))
}
