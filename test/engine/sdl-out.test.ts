import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Profile } from '../../src/core/profile.ts'
import { runChain } from '../../src/engine/blueprint.ts'
import { sdlFiles } from '../../src/engine/sdl-out.ts'
import { detectProject } from '../../src/project/detect.ts'
import { writeFiles } from '../../src/project/write.ts'
import { asOf, knowledge } from '../support/knowledge.ts'

const saas: Profile = { name: 'Ledger Line', projectType: 'b2b-saas', stage: 'production', signInBy: ['business-users'], stack: ['typescript', 'postgresql'], hosting: 'aws-ecs', developers: 6, ciProvider: 'gitlab', decisions: { auth: 'auth0' } }
const filesOf = (profile: Profile) => sdlFiles(runChain(profile, () => ({}), { knowledge: knowledge(), asOf, detail: 'normal' }), profile)
const parsed = (profile: Profile): Record<string, any> => Object.assign({}, ...filesOf(profile).map(({ body }) => parse(body) as object))

test('the four parts say what was decided, in the words of SDL', () => {
  expect(filesOf(saas).map(({ path }) => path)).toEqual(['sdl/auth.sdl.yaml', 'sdl/deployment.sdl.yaml', 'sdl/slos.sdl.yaml', 'sdl/environments.sdl.yaml'])
  const { auth, deployment, slos, 'x-environments': environments } = parsed(saas)
  expect(auth).toEqual({ strategy: 'oidc', provider: 'auth0', sessions: { accessToken: 'jwt' } })
  expect(deployment).toMatchObject({ cloud: 'aws', runtime: { backend: 'ecs' }, ciCd: { provider: 'gitlab-ci' } })
  expect(deployment.ciCd.environments.find(({ name }: { name: string }) => name === 'production')).toMatchObject({ requiresTests: true, secrets: expect.arrayContaining(['DATABASE_URL']) })
  expect(slos.services[0].name).toBe('ledger-line')
  expect(slos.services[0].availability).toMatch(/^99(\.\d+)?%$/)
  expect(environments.map(({ name }: { name: string }) => name)).toContain('production')
})

test.each<Profile>([
  { hosting: 'aws-ecs', ciProvider: 'gitlab', decisions: { auth: 'auth0' } }, { hosting: 'aws-kubernetes', ciProvider: 'github-actions', decisions: { auth: 'cognito' } }, { hosting: 'gke', ciProvider: 'circleci', decisions: { auth: 'firebase-auth' } },
  { hosting: 'azure', ciProvider: 'azure-pipelines', decisions: { auth: 'entra-id' } }, { hosting: 'vercel', ciProvider: 'github-actions', decisions: { auth: 'supabase-auth' } },
])('what is written reads back as the same decisions: %j', (choices) => {
  const folder = mkdtempSync(join(tmpdir(), 'sdl-'))
  try {
    writeFiles(folder, filesOf({ ...saas, ...choices }))
    expect(detectProject(folder).profile).toMatchObject(choices)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test.each<[string, Profile, (sdl: Record<string, any>) => void]>([
  ['a provider without a word is custom, with its id beside it', { ...saas, decisions: { auth: 'keycloak' } }, ({ auth }) => expect(auth).toMatchObject({ provider: 'custom', 'x-provider': 'keycloak' })],
  ['nobody signs in', { ...saas, signInBy: ['nobody'], decisions: {} }, ({ auth }) => expect(auth).toEqual({ strategy: 'none' })],
  ['a platform without a word gives no deployment part', { ...saas, hosting: 'on-prem' }, (sdl) => expect(sdl['deployment']).toBeUndefined()],
  ['a pipeline without a word stands under x-', { ...saas, ciProvider: 'bitbucket' }, ({ deployment }) => expect(deployment).toMatchObject({ 'x-ciCd': { provider: 'bitbucket' } })],
  ['a name that is YAML stays a name', { ...saas, name: 'a: [b]\u0085{c}' }, ({ slos }) => expect(slos.services[0].name).toBe('a-b-c')],
])('%s', (_, profile, check) => check(parsed(profile)))
