import { beforeAll, describe, expect, test } from 'vitest'
import { answer } from '../../../src/tools/answer.ts'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { knowledge } from '../../support/knowledge.ts'
import { run } from './matrix.ts'

beforeAll(() => { knowledge() }, 60_000)

const report = (input: Given): string => answer(run(input), false).report
const skipped = (input: Given) => run(input).skipped.map(({ item }) => item)
const asks = (input: Given) => run(input).questions.map(({ question }) => question)
const changes = (input: Given) => run(input).flips.map(({ change }) => change)

describe('nothing is promised that no file does', () => {
  test.each<[string, Given, RegExp, boolean]>([
    ['a server without a deploy job', { hosting: 'a VPS', stack: ['django', 'postgresql'] }, /\| Deploy .* by hand/, true],
    ['a migration tool without a known command', { hosting: 'azure', stack: ['aspnet', 'sqlserver', 'ef-core'] }, /\| Migrate .* by hand/, true],
    ['a migration that a job applies', { hosting: 'azure', stack: ['nextjs', 'postgresql', 'prisma'] }, /\| Migrate .* by hand/, false],
    ['a target that this provider cannot reach', { ciProvider: 'circleci', hosting: 'aws', stack: ['go'] }, /No deploy job is generated/, true],
    ['a package whose publishing is not written', { projectType: 'library', stack: ['typescript'], monorepo: 'pnpm-workspaces', packageManager: 'pnpm', developers: 5 }, /published by hand/, true],
    ['a package that a job publishes', { projectType: 'library', stack: ['typescript'], packageManager: 'pnpm' }, /by hand"/, false],
    ['a language without files', { stack: ['flutter'], projectType: 'mobile-app' }, /required check|docker build/, false],
    ['an image under gitflow', { hosting: 'aws-ecs', stack: ['go'], branchStrategy: 'gitflow', stage: 'growth' }, /same digest/, false],
    ['an image that is promoted', { hosting: 'aws-ecs', stack: ['go'], stage: 'growth' }, /same digest/, true],
    ['a site without a database', { projectType: 'content-site', stack: ['astro'], hosting: 'netlify' }, /schema|readyz/, false],
    ['a required reviewer for an environment that a library has not', { projectType: 'library', stack: ['typescript'], repositoryVisibility: 'public', developers: 4 }, /reviewers to `production`/, false],
  ])('%s', (_, input, words, are) => expect(words.test(report(input)), report(input)).toBe(are))

  test('what is published has no deploy job, wherever its site stands', () => {
    const draft = run({ projectType: 'library', stack: ['typescript'], packageManager: 'npm', hosting: 'vercel' })
    expect(draft.decision.apps).toEqual([{ name: null, target: 'none' }])
    expect(draft.files.map(({ path }) => path)).not.toContain('.github/workflows/deploy.yml')
    expect(draft.decision.stages).not.toContain('verify')
  })

  test('a list by hand names nothing twice and nothing that is not there', () => {
    const text = report({ apps: ['web:vercel', 'admin:vercel', 'api:fly', 'worker:fly'], stack: ['nextjs'], ciProvider: 'github-actions' })
    expect(text.match(/from Git in Vercel/g)).toHaveLength(1)
    expect(text).not.toMatch(/Vercel, Vercel|Fly\.io, Fly\.io/)
    expect(run({ apps: ['web:vercel', 'edge:cloudflare-workers'], stack: ['hono'] }).conflicts.filter(({ id }) => id === 'deploys-twice')).toHaveLength(1)
  })
})

describe('what nobody knows is named, never replaced', () => {
  test.each<[readonly string[], string]>([
    [['c', 'c++', 'freertos'], 'pipeline files for C'], [['C++', 'postgresql'], 'pipeline files for C++'], [['elixir', 'phoenix'], 'pipeline files for Elixir'], [['unity', 'c#'], 'pipeline files for Unity'], [['Godot'], 'pipeline files for Godot'], [['hugo'], 'pipeline files for Hugo'],
  ])('%j has no TypeScript pipeline', (stack, item) => {
    expect(skipped({ stack: [...stack] })).toContain(item)
    expect(run({ stack: [...stack] }).files).toEqual([])
  })
  test.each<[Given]>([[{ stack: ['unity', 'c#', 'aspnet'] }], [{ stack: ['postgresql', 'tailwind'] }], [{ stack: ['r', 'python'] }]])('%j still has its files', (input) => expect(run(input).files.length).toBeGreaterThan(0))

  test('a platform without a sheet is named, and not asked for again', () => {
    for (const hosting of ['Heroku', 'DigitalOcean App Platform']) {
      expect(skipped({ hosting, stack: ['flask'] })).toContain(`deploy job for ${hosting}`)
      expect(skipped({ hosting, stack: ['flask'] })).not.toContain('deploy job')
      expect(asks({ hosting, stack: ['flask'], developers: 2, stage: 'mvp' })).not.toContain('Where does this run?')
    }
  })

  test('a cloud alone is read as its usual service, aloud', () => {
    for (const hosting of ['aws', 'GCP', 'azure']) {
      expect(run({ hosting, stack: ['python'] }).assumptions.map(({ field }) => field), hosting).toContain('deployTarget')
      expect(asks({ hosting, stack: ['python'], ciProvider: 'gitlab' }), hosting).toContain('Which service of that cloud runs it?')
    }
    expect(asks({ hosting: 'Cloud Run', stack: ['python'] })).not.toContain('Which service of that cloud runs it?')
  })

  test('a runner of migrations without a sheet keeps its stage', () => {
    const draft = run({ stack: ['spring-boot', 'liquibase'], hosting: 'gcp' })
    expect(draft.decision.stages).toContain('migrate')
    expect(draft.skipped.map(({ item }) => item)).toContain('migration job with liquibase')
  })
})

describe('what is said fits who asked', () => {
  test('flips try the nearest team, never one person in place of two hundred', () => {
    expect(changes({ developers: 200, stack: ['go'], hosting: 'gcp', stage: 'enterprise' })).not.toContain('developers: 1')
    expect(changes({ developers: 8, stack: ['go'], hosting: 'gcp', stage: 'growth' })).toEqual(expect.arrayContaining(['developers: 5']))
    expect(changes({ developers: 2, stack: ['go'], hosting: 'gcp', stage: 'mvp' })).toContain('developers: 3')
  })

  test('a trigger that is already met is no trigger', () => {
    const { skipped: left } = run({ stage: 'mvp', developers: 2, stack: ['nextjs'], hosting: 'vercel' })
    expect(left.find(({ item }) => item === 'security stage')?.addWhen).not.toContain('second developer')
  })

  test.each<[string, Given, boolean]>([
    ['a file database has no server to stand beside the tests', { stack: ['hono', 'd1'], stage: 'mvp' }, false],
    ['PostgreSQL has', { stack: ['nextjs', 'postgresql'], stage: 'mvp' }, true],
  ])('%s', (_, input, has) => expect(skipped(input).some((item) => item.includes('server beside the tests'))).toBe(has))

  test('a file of Dependabot is no second system', () => {
    expect(run({ stack: ['nextjs'], existingCi: ['.github/workflows/ci.yml', '.github/dependabot.yml'] }).conflicts.map(({ id }) => id)).not.toContain('two-ci-systems')
  })

  test('what a repository keeps once stays, and nothing is written beside it', () => {
    const draft = run({ stack: ['nextjs'], stage: 'growth', developers: 5, codeOwners: ['@org/team'], existingCi: ['.github/dependabot.yml', 'CODEOWNERS', '.github/actions/setup/action.yml'] })
    expect(draft.files.map(({ path }) => path)).toEqual(['.github/workflows/ci.yml', '.github/actions/ops-setup/action.yml'])
    expect(draft.skipped.map(({ item }) => item)).toEqual(expect.arrayContaining(['a second .github/dependabot.yml', 'a second CODEOWNERS']))
    expect(run({ ciProvider: 'gitlab', stack: ['nextjs'], stage: 'growth', existingCi: ['.github/renovate.json'] }).files.map(({ path }) => path)).toEqual(['.gitlab-ci.yml'])
  })

  test.each<[string, Given]>([
    ['a mobile app', { projectType: 'mobile-app', stack: ['flutter'], clients: ['ios'] }], ['a game on a console', { projectType: 'game', stack: ['unity'], clients: ['desktop'] }],
  ])('%s is released by its store, and nobody asks where it runs', (_, input) => {
    expect(run(input).decision.environments.at(-1)).toMatchObject({ name: 'production', trigger: 'store-release' })
    expect(skipped(input)).toContain('deploy job for production')
    expect(skipped(input)).not.toContain('deploy job')
    expect(asks(input)).not.toContain('Where does this run?')
  })

  test('a back end of a mobile application does not stand for the application', () => {
    expect(skipped({ projectType: 'mobile-app', stack: ['react-native', 'express'], hosting: 'render', clients: ['ios', 'android'] })).toContain('store release of the app')
    expect(skipped({ stack: ['express'], hosting: 'render' })).not.toContain('store release of the app')
  })

  test('the tag of a Go module is its release', () => {
    const input: Given = { projectType: 'library', stack: ['go'], developers: 1 }
    expect(skipped(input)).not.toContain('publish job')
    expect(report(input)).not.toContain('by hand')
    expect(skipped({ ...input, projectType: 'cli' })).toContain('publish job')
  })

  test('a system nobody knows is called what it was called', () => {
    expect(run({ stack: ['vue'], existingCi: ['Cloudflare Pages builds'] }).conflicts.find(({ id }) => id === 'two-ci-systems')?.problem).toMatch(/^Cloudflare Pages builds runs/)
  })

  test('customers know where it runs', () => expect(asks({ projectType: 'self-hosted-product', stack: ['go'] })).not.toContain('Where does this run?'))

  test('one person on a few dollars has one environment, whatever the label', () => {
    const names = (input: Given) => run({ stack: ['laravel', 'mysql'], hosting: 'shared hosting', stage: 'production', ...input }).decision.environments.map(({ name }) => name)
    expect(names({ developers: 1, budgetUsdPerMonth: 10 })).toEqual(['production'])
    expect(names({ developers: 1, budgetUsdPerMonth: 10, compliance: ['pci-dss'] })).toEqual(['staging', 'production'])
    expect(names({ developers: 4, budgetUsdPerMonth: 10 })).toEqual(['staging', 'production'])
  })

  test.each<[string, string]>([['hetzner-kubernetes', 'kubectl'], ['openshift', 'kubectl']])('%s is a cluster like any other', (hosting, program) => {
    expect(run({ hosting, stack: ['go'], ciProvider: 'gitlab' }).files.map(({ body }) => body).join('')).toContain(program)
  })

  test('words ask for what they mean', () => {
    expect(run({ requested: ['change approval'], developers: 6, stage: 'growth', stack: ['go'], hosting: 'gcp' }).decision.gates.map(({ id }) => id)).toContain('approval')
    expect(skipped({ requested: ['SBOM', 'CodeQL', 'E2E tests'], stack: ['go'] })).toEqual(expect.arrayContaining(['SBOM', 'CodeQL', 'end-to-end tests']))
    expect(run({ requested: ['evals'], usesLlm: true, stack: ['fastapi'] }).skipped.find(({ item }) => item.startsWith('evals'))?.why).toMatch(/^justified/)
  })
})
