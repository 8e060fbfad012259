import { beforeAll, expect, test } from 'vitest'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { targets } from '../../../src/tools/pipeline-template/targets.ts'
import { knowledge } from '../../support/knowledge.ts'
import { circleFile, compile, runs, type CircleFile } from './circleci-file.ts'
import { covering, run } from './matrix.ts'

let files: readonly CircleFile[] = []
beforeAll(() => {
  knowledge()
  // A third of the matrix here; test/programs has all of it.
  files = [...new Map(covering('circleci').filter((_, index) => index % 3 === 0).map(circleFile).map((file) => [file.text, file])).values()]
}, 120_000)

/** Names of everything that a context holds. */
const settings = new Set([...Object.values(targets).flatMap(({ secrets, variables }) => [...secrets, ...variables]), 'HEALTH_URL', 'REGISTRY_PASSWORD', 'ECR_REGISTRY', 'ACR_NAME', 'ARTIFACT_REGISTRY_HOST', 'AWS_BUILD_ROLE_ARN'])
const goesOut = (id: string): boolean => /^(deploy|migrate|image|synth|pack|publish)\b/.test(id)

const known = `version: 2.1
executors: {project: {docker: [{image: node:24}], resource_class: medium}}
jobs: {check: {executor: project, steps: [checkout, {run: {name: Test, command: npm test, no_output_timeout: 10m}}]}}
workflows: {ci: {jobs: [check]}}
`
test.each([
  ['an unknown key', known.replace('resource_class', 'resources')], ['an image without a tag', known.replace('node:24', 'node')], ['a run step without a limit', known.replace(', no_output_timeout: 10m', '')],
  ['an executor that nobody defined', known.replace('executor: project', 'executor: other')], ['a command that nobody defined', known.replace('[checkout,', '[checkout, install,')], ['a secret in the environment of a job', known.replace('executor: project,', 'executor: project, environment: {A: b},')],
])('the reader refuses %s', (_, text) => {
  expect(() => compile(known)).not.toThrow()
  expect(() => compile(text)).toThrow()
})

test('every configuration compiles: steps, executors and parameters are all defined, and none is left over', () => {
  expect(files.length).toBeGreaterThan(40)
  for (const { text, config } of files) {
    const used = Object.values(config.jobs).map(({ executor }) => executor)
    expect(Object.keys(config.executors).filter((id) => !used.includes(id)), text).toEqual([])
    const steps = JSON.stringify(Object.values(config.jobs).map((job) => job.steps))
    expect(Object.keys(config.commands ?? {}).filter((id) => !steps.includes(`"${id}"`)), text).toEqual([])
    expect(config.workflows.ci.jobs.length).toBeGreaterThan(0)
  }
})

test('entries need entries that stand before them, and names are unique', () => {
  for (const { text, entries, jobs } of files) {
    const names = entries.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const [index, { name, job, requires }] of entries.entries()) {
      for (const need of requires) expect(names.slice(0, index), `${name} needs ${need}\n${text}`).toContain(need)
      expect(job === null || jobs.has(job), name).toBe(true)
    }
    // A job that no workflow starts would be dead text.
    expect([...jobs.keys()].filter((id) => !entries.some(({ job }) => job === id))).toEqual([])
  }
})

test('deploys and migrations take turns in one group an environment, and read one context', () => {
  let found = 0
  for (const { entries } of files) {
    for (const { name, job, context, serialGroup, filters } of entries) {
      const environment = /^(?:deploy|migrate)-([a-z]+)/.exec(name)?.[1]
      if (environment === undefined || job === null) {
        expect(serialGroup, name).toBeNull()
        continue
      }
      found += 1
      expect(serialGroup).toBe(`<< pipeline.project.slug >>/${environment}`)
      expect(context).toMatch(new RegExp(`^<< pipeline\\.project\\.slug >>/${environment}(/|$)`))
      expect(filters).not.toBeNull()
    }
  }
  expect(found).toBeGreaterThan(50)
})

test('settings are read only where a context is, and checks have none', () => {
  for (const { text, entries, jobs } of files) {
    for (const { name, job, context } of entries) {
      if (job === null) continue
      const lines = jobs.get(job)?.steps.map(({ command }) => command).join('\n') ?? ''
      const reads = [...lines.matchAll(/\$\{?([A-Z][A-Z0-9_]+)/g)].map(([, variable = '']) => variable).filter((variable) => settings.has(variable))
      if (context === null) expect(reads, `${name}\n${text}`).toEqual([])
      else expect(goesOut(name), name).toBe(true)
    }
  }
})

test('nothing that goes out comes from a cache, and the install is written once', () => {
  for (const { jobs, config } of files) {
    for (const [id, { steps }] of jobs) {
      const kinds = steps.map(({ kind }) => kind)
      if (goesOut(id)) expect(kinds.filter((kind) => kind.endsWith('_cache')), id).toEqual([])
      else expect(kinds.filter((kind) => kind === 'restore_cache').length, id).toBeLessThanOrEqual(1)
    }
    const install = (config.commands?.['install']?.steps ?? []).flatMap((step) => (typeof step === 'object' && 'run' in step ? [step.run.command] : []))
    const written = Object.values(config.jobs).flatMap(({ steps }) => steps).flatMap((step) => (typeof step === 'object' && 'run' in step ? [(step.run as { command: string }).command] : []))
    expect(written.filter((command) => install.includes(command))).toEqual([])
  }
})

test('images do not move, no value of a pipeline stands in a shell line, and every line is strict Bash', () => {
  for (const { text, jobs } of files) {
    for (const { image, beside, steps } of jobs.values()) {
      for (const name of [image, ...beside]) expect(name).toMatch(/:[\w.-]*\d[\w.-]*$/)
      for (const { command } of steps) expect(command).not.toMatch(/<<[^<]*pipeline|\{\{ |@latest|:latest|curl [^|\n]*\| *(ba)?sh\b/)
    }
    expect(text).not.toMatch(/<< pipeline\.(git|trigger)/)
  }
})

const team: Given = { stack: ['nextjs', 'prisma', 'postgresql'], packageManager: 'pnpm', stage: 'growth', developers: 5 }

test('production follows staging, and starts only after a person said yes', () => {
  const file = circleFile({ ...team, hosting: 'vercel', environments: ['staging', 'production'], requested: ['approval'] })
  const checks = ['lint', 'test', 'build', 'security', 'secrets']
  expect(runs(file, { branch: 'main' }, false)).toEqual([...checks, 'migrate-staging', 'deploy-staging', 'approve-production'])
  expect(runs(file, { branch: 'main' }, true)).toEqual([...checks, 'migrate-staging', 'deploy-staging', 'approve-production', 'migrate-production', 'deploy-production'])
  expect(runs(file, { branch: 'feature/x' }, true)).toEqual(checks)
  expect(runs(file, { tag: 'v1.2.3' }, true)).toEqual([])
  expect(runs(file, { branch: 'main', deployTo: 'production' }, true)).toEqual([...checks, 'migrate-staging', 'deploy-staging', 'approve-production', 'migrate-production', 'deploy-production'])
  expect(runs(file, { branch: 'feature/x', deployTo: 'production' }, true)).toEqual(checks)
})

test('one job deploys everywhere when only its context differs', () => {
  const { config, entries } = circleFile({ ...team, deployTarget: 'aws-ecs', environments: ['staging', 'production'] })
  expect(Object.keys(config.jobs).filter((id) => id.startsWith('deploy'))).toEqual(['deploy'])
  expect(entries.filter(({ job }) => job === 'deploy').map(({ name }) => name)).toEqual(['deploy-staging', 'deploy-production'])
  const apart = circleFile({ ...team, deployTarget: 'vercel', environments: ['staging', 'production'] })
  expect(Object.keys(apart.config.jobs).filter((id) => id.startsWith('deploy'))).toEqual(['deploy-staging', 'deploy-production'])
})

test('a release branch and a tag deploy where they belong, and everything that a tag needs runs for it', () => {
  const scheduled = circleFile({ ...team, developers: 8, releaseCadence: 'scheduled', deployTarget: 'gcp' })
  const deployed = (start: { branch?: string, tag?: string }) => runs(scheduled, start, true).filter((name) => name.startsWith('deploy-'))
  const targetsOf = new Map(scheduled.entries.filter(({ name }) => name.startsWith('deploy-')).map(({ name, filters }) => [name, filters ?? '']))
  for (const [name, filters] of targetsOf) {
    if (filters.includes('starts-with "release/"')) expect(deployed({ branch: 'release/1.2' })).toContain(name)
    if (filters.includes('git.tag')) expect(deployed({ tag: 'v1.2.0' })).toContain(name)
    expect(deployed({ branch: 'feature/release' })).toEqual([])
  }
  expect(targetsOf.size).toBeGreaterThan(0)
  const demo = circleFile({ ...team, deployTarget: 'render', environments: ['staging', 'demo', 'production'] })
  expect(runs(demo, { tag: 'v1.0.0' }, true)).toContain('deploy-demo')
  expect(runs(demo, { tag: 'v1.0.0' }, true)).toContain('test')
})

test('a library is published from a version tag, by a job that runs no code of the project', () => {
  const library = circleFile({ projectType: 'library', stack: ['typescript'], packageManager: 'pnpm', stage: 'growth', developers: 5 })
  expect(runs(library, { tag: 'v1.0.0' }, true)).toEqual(expect.arrayContaining(['test', 'pack', 'publish']))
  expect(runs(library, { branch: 'main' }, true)).not.toContain('publish')
  expect(library.jobs.get('publish')?.steps.map(({ kind }) => kind)).toEqual(['attach_workspace', 'run'])
  expect(library.entries.find(({ name }) => name === 'publish')).toMatchObject({ context: '<< pipeline.project.slug >>/npm', serialGroup: '<< pipeline.project.slug >>/publish' })
  expect(library.entries.find(({ name }) => name === 'pack')?.context).toBeNull()
  // No registry for Python trusts this provider's tokens.
  expect(run({ ciProvider: 'circleci', projectType: 'library', stack: ['python'], packageManager: 'uv', stage: 'growth' }).skipped.map(({ item }) => item)).toContain('publish job')
})

test('a monorepo is compared with where the branch began, also in an image without Git', () => {
  const steps = (packageManager: 'pnpm' | 'bun') => circleFile({ stack: ['nextjs'], packageManager, monorepo: 'turborepo', stage: 'growth' }).jobs.get('test')?.steps.map(({ name }) => name)
  expect(steps('pnpm')).toEqual(['checkout', 'restore_cache', 'Install from the lock file', 'save_cache', 'Find the commit this branch starts from', 'Test'])
  expect(steps('bun')?.[0]).toBe('Bring Git')
})

test('an existing configuration is left alone, and a second one has to be set up by hand', () => {
  const { files: written, sections } = run({ ...team, ciProvider: 'circleci', deployTarget: 'vercel', existingCi: ['.circleci/config.yml'] })
  expect(written.map(({ path }) => path)).toEqual(['.circleci/operational-patterns.yml', 'renovate.json'])
  expect(sections.find(({ id }) => id === 'deploy')?.body).toContain('.circleci/operational-patterns.yml')
})

test('auto-cancel is advised only where it cannot stop a deploy', () => {
  const advice = (input: Given) => run({ ...team, ...input, ciProvider: 'circleci', deployTarget: 'fly' }).sections.find(({ id }) => id === 'deploy')?.body.match(/.*Auto-cancel.*/)?.[0] ?? ''
  expect(advice({})).toMatch(/Switch on/)
  expect(advice({ branchStrategy: 'gitflow', releaseCadence: 'scheduled' })).toMatch(/Leave/)
})
