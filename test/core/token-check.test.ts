import { beforeAll, describe, expect, test } from 'vitest'
import { checksTokens, tokenVariables, type TokenIssuer } from '../../src/core/token-check.ts'
import type { Profile } from '../../src/core/profile.ts'
import { decide as decideEnvironments } from '../../src/tools/env-matrix/decide.ts'
import { envMatrix } from '../../src/tools/env-matrix/tool.ts'
import { decide } from '../../src/tools/select-auth/decide.ts'
import { writeFiles } from '../../src/tools/select-auth/files.ts'
import type { Input } from '../../src/tools/select-auth/input.ts'
import { asOf, knowledge } from '../support/knowledge.ts'
import { table as usual } from '../tools/select-auth/profiles.ts'

beforeAll(() => { knowledge() }, 30_000)

const table: readonly (readonly [string, Input])[] = [
  ...usual.map(([name, input]) => [name, input] as const),
  ['staff and jobs of their own', { projectType: 'internal-tool', signInBy: ['staff', 'machines'] }],
  ['staff and machines of an API', { projectType: 'api', signInBy: ['staff', 'machines'] }],
  ['machines beside shoppers who pay by card', { projectType: 'marketplace', signInBy: ['consumers', 'machines'], dataClasses: ['cardholder'] }],
  ['partners of a site, who are people', { projectType: 'web-app', signInBy: ['partners'] }],
  ['partners and their programs', { projectType: 'web-app', signInBy: ['partners', 'machines'] }],
  ['staff with Entra ID on own machines', { projectType: 'internal-tool', existing: ['entra-id'], airGapped: true, opsCapacity: 'high' }],
  ['staff with two directories', { projectType: 'internal-tool', existing: ['google-workspace', 'entra-id'], decisions: { auth: 'entra-id' } }],
]
const stacks: readonly (readonly string[])[] = [['typescript', 'express'], ['fastify'], ['fastapi', 'react'], ['nextjs'], ['nestjs']]
const variablesOf = (input: Input): string[] => decideEnvironments(input, knowledge(), asOf).decision.variables.map(({ name }) => name)
const headerNames = (body: string): string[] => [...body.matchAll(/\b(?:issuer|audience|jwksUri|jwks_url)[:=] ?(?:env|settings)\.([A-Z0-9_]+)/g)].map(([, name]) => name ?? '')
const verifierOf = (input: Input): string | undefined => writeFiles(decide(input, knowledge()), knowledge()).find(({ path }) => /verify-token|security\.py/.test(path))?.body

describe('the verifier, the environment module and .env.example name the same variables', () => {
  test('for every identity provider, on every kind of stack', () => {
    const providers = Object.values(knowledge()['identity-providers'])
    expect(providers.length).toBeGreaterThan(30)
    let checked = 0
    for (const { id, facts } of providers) {
      for (const stack of stacks) {
        const input: Input = { projectType: 'web-app', stage: 'growth', signInBy: ['consumers'], stack: [...stack], decisions: { auth: id } }
        const body = verifierOf(input)
        const [listed, own] = [variablesOf(input), [...facts.variables.value ?? [], ...facts.secretVariables.value ?? []]]
        if (body === undefined) expect([id, stack, listed.filter((name) => /_(ISSUER|AUDIENCE|URI)$/.test(name) && !own.includes(name))]).toEqual([id, stack, []])
        else {
          expect([id, stack, headerNames(body).length]).toEqual([id, stack, 3])
          expect(listed, `${id} on ${stack.join(' ')}`).toEqual(expect.arrayContaining(headerNames(body)))
          checked++
        }
      }
    }
    expect(checked).toBeGreaterThan(60)
  }, 10_000)

  test('for whoever signs in', () => {
    let checked = 0
    for (const [name, profile] of table) {
      const input: Input = { ...profile, stack: [...profile.stack ?? [], 'typescript', 'express'] }
      const body = verifierOf(input)
      if (body === undefined) continue
      const { decision } = decide(input, knowledge())
      expect(variablesOf({ ...input, decisions: { ...input.decisions, auth: decision.primary } }), name).toEqual(expect.arrayContaining(headerNames(body)))
      checked++
    }
    expect(checked).toBeGreaterThan(20)
  }, 10_000)

  test('down to the files', () => {
    const input: Input = { projectType: 'web-app', signInBy: ['consumers'], stack: ['typescript', 'express'], decisions: { auth: 'kinde' } }
    const { files } = envMatrix.run(input, { knowledge: knowledge(), asOf, detail: 'brief' })
    for (const name of ['KINDE_ISSUER_URL', 'KINDE_AUDIENCE', 'JWKS_URI']) {
      expect(files.find(({ path }) => path === '.env.example')?.body).toContain(`${name}=`)
      expect(files.find(({ path }) => path === 'src/env.ts')?.body).toContain(`${name}:`)
      expect(verifierOf(input)).toContain(`env.${name}`)
    }
  })
})

test('a file that checks tokens is handed out exactly where the decision says that services do', () => {
  let servers = 0
  for (const [name, profile] of table) {
    for (const stack of [['typescript', 'express'], ['nextjs']]) {
      const input: Input = { ...profile, stack: [...profile.stack ?? [], ...stack] }
      const { situation, decision, primary } = decide(input, knowledge())
      if (decision.kind === 'none-left' || primary === undefined) continue
      const ownPages = stack[0] === 'nextjs' && (profile.stack ?? []).length === 0 && (situation.input.services ?? 1) === 1 && !situation.needs.mobile
      const expected = decision.machine === 'oauth-client-credentials' || decision.agent !== null || decision.serviceToken === 'signed-proxy-header' || (decision.serviceToken === 'jwt-jwks' && !ownPages)
      if (stack[0] === 'nextjs' && !ownPages) continue
      const published = ['library', 'cli'].includes(situation.input.projectType ?? '') || (situation.input.projectType === 'content-site' && situation.main === 'none')
      const issuer = { id: primary.id, hosting: primary.facts.hosting.value, variables: primary.facts.variables.value ?? [] }
      expect([name, stack[0], checksTokens(situation.input, issuer)]).toEqual([name, stack[0], expected && !published])
      servers++
    }
  }
  expect(servers).toBeGreaterThan(60)
})

const hosted: TokenIssuer = { id: 'x', hosting: 'hosted', variables: [] }
test.each<[string, Profile, readonly string[], string, string]>([
  ['a sheet that names both', {}, ['ACME_ISSUER', 'ACME_AUDIENCE'], 'ACME_ISSUER', 'ACME_AUDIENCE'],
  ['a sheet that names the issuer as an address', {}, ['KINDE_ISSUER_URL'], 'KINDE_ISSUER_URL', 'KINDE_AUDIENCE'],
  ['a sheet that names the audience alone', {}, ['IAP_AUDIENCE'], 'IAP_ISSUER', 'IAP_AUDIENCE'],
  ['a sheet that names neither', {}, ['AUTH0_DOMAIN'], 'OAUTH_ISSUER', 'OAUTH_AUDIENCE'],
  ['agents, whose issuer need not be the one of people', { signInBy: ['agents', 'consumers'] }, ['ACME_ISSUER'], 'OAUTH_ISSUER', 'OAUTH_AUDIENCE'],
])('%s', (_, profile, variables, issuer, audience) => { expect(tokenVariables(profile, { ...hosted, variables })).toEqual({ issuer, audience }) })
