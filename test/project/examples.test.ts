import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { ProfileField } from '../../src/core/profile.ts'
import { detectProject } from '../../src/project/detect.ts'
import { profilePath, readProfile } from '../../src/project/profile-file.ts'
import { listing } from './folder.ts'

const root = fileURLToPath(new URL('../../examples', import.meta.url))
const names = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)

test('there are six examples, one of them with SDL files only', () => {
  expect(names).toEqual(['b2b-saas-soc2', 'mobile-backend', 'python-api', 'regulated-self-hosted', 'sdl-only', 'solo-nextjs-mvp'])
  expect(names.filter((name) => !existsSync(join(root, name, profilePath)))).toEqual(['sdl-only'])
})

test.each(names)('%s says what it is for, reads without notes, and brings no package-lock.json', (name) => {
  const readme = readFileSync(join(root, name, 'README.md'), 'utf8')
  expect(readme.length).toBeGreaterThan(150)
  expect(detectProject(join(root, name))).toMatchObject({ notes: [], disagreements: [] })
  expect(listing(join(root, name)).filter((file) => file.endsWith('package-lock.json'))).toEqual([])
})

/** What the repository shows and the profile states must agree, or the example would teach a contradiction. */
const scalars: readonly ProfileField[] = ['hosting', 'ciProvider', 'packageManager', 'monorepo', 'migrationTool', 'takesPayments']
test.each(names.filter((name) => name !== 'sdl-only'))('the profile of %s agrees with its files', (name) => {
  const { profile, prose } = readProfile(join(root, name))
  const shown = detectProject(join(root, name)).profile
  expect(prose.length).toBeGreaterThan(80)
  for (const field of scalars) if (profile[field] !== undefined && shown[field] !== undefined) expect(shown[field], field).toBe(profile[field])
  for (const technology of profile.stack ?? []) expect(shown.stack, technology).toContain(technology)
})

test('the SDL example answers enough to decide on', () => {
  expect(detectProject(join(root, 'sdl-only')).profile).toMatchObject({ name: 'seatmap', stage: 'mvp', hosting: 'gcp', ciProvider: 'gitlab', takesPayments: true, compliance: ['gdpr'], decisions: { auth: 'auth0' } })
})
