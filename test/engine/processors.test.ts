import { expect, test } from 'vitest'
import { runChain } from '../../src/engine/blueprint.ts'
import { processorsSection } from '../../src/engine/processors.ts'
import type { Profile } from '../../src/core/profile.ts'
import { loadProjects } from '../review/projects.ts'
import { asOf, knowledge } from '../support/knowledge.ts'

const draftsOf = (profile: Profile) => runChain(profile, () => ({}), { knowledge: knowledge(), asOf, detail: 'full' })
const rowsOf = (profile: Profile, drafts = draftsOf(profile)): string[] => processorsSection(drafts, knowledge(), profile).body.split('\n').slice(2)

const saas: Profile = { projectType: 'b2b-saas', stage: 'growth', signInBy: ['business-users'], hosting: 'aws-ecs', developers: 8, compliance: ['soc2'] }

test('what a cloud offers beside its machines stands on its line, other companies on lines of their own', () => {
  const rows = rowsOf({ ...saas, decisions: { auth: 'workos', secrets: 'aws-sm', logs: 'cloudwatch', errors: 'sentry' } })
  expect(rows[0]).toMatch(/^\| AWS ECS, .*CloudWatch.*AWS Secrets Manager/)
  expect(rows.filter((row) => /WorkOS/.test(row))).toHaveLength(1)
  expect(rows.filter((row) => /Sentry/.test(row))).toHaveLength(1)
})

test('what you run yourselves is no processor', () => {
  const rows = rowsOf({ projectType: 'internal-tool', stage: 'production', signInBy: ['staff'], hosting: 'on-prem', selfHost: 'required', airGapped: true, ciProvider: 'gitlab' })
  expect(rows.map((row) => row.split('|')[1]?.trim())).toEqual(['GitLab CI'])
})

test('a company that the stack names by its data store is one, and on one line with the accounts it holds', () => {
  const names = (profile: Profile) => rowsOf(profile).map((row) => row.split(' | ')[0]?.slice(2))
  expect(names({ ...saas, stack: ['python', 'Snowflake', 'openai'], usesLlm: true })).toEqual(expect.arrayContaining(['Snowflake', 'OpenAI']))
  expect(names({ ...saas, stack: ['python', 'snowflake'], selfHost: 'required' })).not.toContain('Snowflake')
  const supabase = rowsOf({ projectType: 'web-app', stage: 'mvp', signInBy: ['consumers'], hosting: 'vercel', stack: ['nextjs', 'supabase'], decisions: { auth: 'supabase-auth' } }).filter((row) => row.includes('Supabase'))
  expect(supabase).toHaveLength(1)
  expect(supabase[0]).toContain('every row the application keeps there')
})

test('under HIPAA each asks for a business associate agreement, but for the one that sees no data of people', () => {
  const rows = rowsOf({ ...saas, compliance: ['hipaa'], usesLlm: true })
  expect(rows.length).toBeGreaterThan(2)
  for (const row of rows) expect(row).toMatch(/business associate agreement|no personal data goes there|none needed/)
})

test('in every project that is reviewed, the provider of sign-in is there when a company runs it, and nobody twice', () => {
  // Every third is enough to meet each kind of provider.
  const projects = loadProjects().filter((_, index) => index % 3 === 0)
  let hosted = 0
  for (const { id, profile } of projects) {
    const drafts = draftsOf(profile)
    const primary = knowledge()['identity-providers'][(drafts['select_auth']?.decision as { primary: string }).primary]
    const names = rowsOf(profile, drafts).map((row) => row.split(' | ')[0] ?? '')
    expect(new Set(names).size, id).toBe(names.length)
    if (primary?.facts.hosting.value !== 'hosted') continue
    hosted += 1
    expect(names.join('\n'), id).toContain(primary.name)
  }
  expect(hosted).toBeGreaterThan(3)
})
