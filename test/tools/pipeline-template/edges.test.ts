import { beforeAll, expect, test } from 'vitest'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { knowledge } from '../../support/knowledge.ts'
import { run } from './matrix.ts'

beforeAll(() => { knowledge() }, 60_000)

interface Signed {
  readonly strategy?: string
  readonly environments?: string
  readonly stages?: readonly string[]
  readonly noStages?: readonly string[]
  readonly gates?: readonly string[]
  readonly noGates?: readonly string[]
  readonly jobs?: 'one' | 'split'
  readonly triggers?: readonly string[]
}

/** What a staff engineer would sign for each, written before the answers were seen; environments read `name start`. */
const table: readonly (readonly [title: string, input: Given, signed: Signed])[] = [
  ['three people with scheduled releases: release branches although they are few', { stage: 'early', developers: 3, releaseCadence: 'scheduled', stack: ['go'], hosting: 'fly' }, { strategy: 'gitflow', triggers: ['push-to-develop'] }],
  ['forty people on every merge: trunk and a queue', { stage: 'growth', developers: 40, releaseCadence: 'on-merge', stack: ['go'], hosting: 'gcp' }, { strategy: 'trunk-based', environments: 'staging automatic, production after', gates: ['review', 'merge-queue', 'health-check'], noGates: ['approval'] }],
  ['forty people on Azure: no queue where none exists', { stage: 'growth', developers: 40, ciProvider: 'azure-pipelines', stack: ['go'], hosting: 'azure' }, { strategy: 'trunk-based', noGates: ['merge-queue'] }],
  ['six people daily', { stage: 'growth', developers: 6, releaseCadence: 'daily', stack: ['go'], hosting: 'gcp' }, { strategy: 'trunk-based', gates: ['review'] }],
  ['six people weekly: a person promotes', { stage: 'growth', developers: 6, releaseCadence: 'weekly', stack: ['go'], hosting: 'gcp' }, { strategy: 'github-flow', environments: 'staging automatic, production approval', gates: ['manual-start'] }],
  ['a HIPAA MVP of two: approval and evidence, one job, no staging ceremony beyond a rehearsal', { stage: 'mvp', developers: 2, compliance: ['hipaa'], stack: ['nextjs'], hosting: 'railway' }, { jobs: 'one', stages: ['security'], gates: ['review', 'approval'] }],
  ['a HIPAA MVP of one: nobody can approve', { stage: 'mvp', developers: 1, compliance: ['hipaa'], stack: ['nextjs'], hosting: 'railway' }, { jobs: 'one', stages: ['security'], noGates: ['review', 'approval'] }],
  ['SOX with one person', { stage: 'production', developers: 1, compliance: ['sox'], stack: ['go'], hosting: 'gcp' }, { jobs: 'one', noGates: ['review', 'approval'], gates: ['health-check'] }],
  ['PCI with two on GitLab', { stage: 'mvp', developers: 2, compliance: ['pci-dss'], ciProvider: 'gitlab', stack: ['go'], hosting: 'gcp' }, { gates: ['review', 'approval'], stages: ['security'] }],
  ['C5 wants a second yes as well', { stage: 'growth', developers: 8, compliance: ['bsi-c5'], stack: ['go'], hosting: 'azure' }, { gates: ['approval'] }],
  ['GDPR alone asks nothing of a deploy', { stage: 'growth', developers: 8, compliance: ['gdpr'], stack: ['go'], hosting: 'azure' }, { noGates: ['approval'] }],
  ['money brings security checks to an MVP, and no second job for the rest', { stage: 'mvp', developers: 1, takesPayments: true, stack: ['nextjs'], hosting: 'vercel' }, { stages: ['security'], jobs: 'one' }],
  ['public code of one person: checks for everybody, a review by nobody', { stage: 'mvp', developers: 1, repositoryVisibility: 'public', stack: ['go'], hosting: 'fly' }, { stages: ['security'], noGates: ['review'], jobs: 'one' }],
  ['a library of one: a tag publishes, nothing is an environment', { projectType: 'library', developers: 1, stack: ['typescript'], repositoryVisibility: 'public' }, { environments: '', triggers: ['version-tag'], stages: ['deploy'], noGates: ['review', 'approval', 'health-check'] }],
  ['a library of three: a second maintainer releases', { projectType: 'library', developers: 3, stack: ['typescript'], repositoryVisibility: 'public' }, { environments: '', gates: ['review', 'approval'], noStages: ['migrate', 'verify'] }],
  ['a command line tool in a language without a package registry of ours', { projectType: 'cli', developers: 2, stack: ['go'] }, { environments: '', triggers: ['version-tag'], stages: ['deploy'] }],
  ['a product that customers install: tags, nothing to deploy to', { projectType: 'self-hosted-product', stage: 'growth', developers: 11, releaseCadence: 'scheduled', stack: ['go'], hosting: 'customer', compliance: ['soc2'] }, { environments: '', strategy: 'gitflow', triggers: ['version-tag'], gates: ['approval'] }],
  ['an air gap: a release is carried in', { stage: 'production', developers: 5, airGapped: true, compliance: ['fisma'], releaseCadence: 'scheduled', stack: ['go'], hosting: 'on-prem' }, { environments: 'staging automatic, preprod outside, production outside', gates: ['approval'] }],
  ['an app without a back end: the store releases', { projectType: 'mobile-app', stage: 'mvp', developers: 1, stack: ['react-native'] }, { environments: 'production outside', noStages: ['deploy', 'migrate'] }],
  ['own machines: the way to production is decided although no job is written', { stage: 'growth', developers: 9, stack: ['java', 'spring-boot', 'postgresql', 'flyway'], hosting: 'on-prem', ciProvider: 'gitlab' }, { stages: ['migrate', 'deploy', 'verify'], gates: ['health-check', 'one-deploy-at-a-time'] }],
  ['a proof of concept on a laptop', { stage: 'poc', developers: 2, stack: ['fastapi'] }, { environments: '', jobs: 'one', noStages: ['security', 'deploy'], noGates: ['review'] }],
  ['a label of production with two people and fifty users', { stage: 'production', developers: 2, monthlyActiveUsers: 50, stack: ['django', 'postgresql'], hosting: 'railway' }, { jobs: 'one', stages: ['security', 'migrate', 'deploy', 'verify'] }],
  ['a site of pages', { projectType: 'content-site', stage: 'production', developers: 1, stack: ['astro'], hosting: 'netlify' }, { environments: 'production automatic', jobs: 'one', noStages: ['migrate'] }],
  ['two applications on two platforms', { stage: 'growth', developers: 5, stack: ['nextjs', 'go'], apps: ['web:vercel', 'api:fly'], monorepo: 'turborepo', services: 2 }, { stages: ['deploy', 'verify'] }],
  ['an approval that was asked for holds production back', { stage: 'mvp', developers: 3, stack: ['go'], hosting: 'fly', environments: ['production'], requested: ['manual approval'] }, { environments: 'production approval', gates: ['approval'] }],
  ['the same for one person is a start by hand', { stage: 'mvp', developers: 1, stack: ['go'], hosting: 'fly', environments: ['production'], requested: ['manual approval'] }, { environments: 'production approval', gates: ['manual-start'], noGates: ['approval'] }],
  ['two people who ask for a required review get it', { stage: 'mvp', developers: 2, stack: ['go'], hosting: 'fly', requested: ['required reviews'] }, { gates: ['review'] }],
  ['one person who asks for it does not', { stage: 'mvp', developers: 1, stack: ['go'], hosting: 'fly', requested: ['required reviews'] }, { noGates: ['review'] }],
  ['Rails brings its migrations', { stage: 'early', developers: 3, stack: ['rails', 'postgresql'], hosting: 'render' }, { stages: ['migrate'] }],
  ['functions with DynamoDB migrate nothing', { stage: 'growth', developers: 4, stack: ['typescript', 'dynamodb'], hosting: 'aws-lambda' }, { noStages: ['migrate'] }],
]

test.each(table)('%s', (_, input, signed) => {
  const { decision } = run(input)
  if (signed.strategy !== undefined) expect(decision.branchStrategy).toBe(signed.strategy)
  if (signed.environments !== undefined) expect(decision.environments.map(({ name, start }) => `${name} ${start}`).join(', ')).toBe(signed.environments)
  if (signed.jobs !== undefined) expect(decision.jobs).toBe(signed.jobs)
  const gates = decision.gates.map(({ id }) => id)
  expect(decision.stages).toEqual(expect.arrayContaining([...signed.stages ?? []]))
  expect(decision.triggers).toEqual(expect.arrayContaining([...signed.triggers ?? []]))
  expect(gates).toEqual(expect.arrayContaining([...signed.gates ?? []]))
  expect(decision.stages.filter((id) => signed.noStages?.includes(id))).toEqual([])
  expect(gates.filter((id) => signed.noGates?.includes(id))).toEqual([])
})

test('a regime raises approval and evidence, and the report names control and regime', () => {
  const { decision, sections } = run({ stage: 'mvp', developers: 2, compliance: ['pci-dss', 'gdpr'], stack: ['go'], hosting: 'gcp' })
  expect(decision.controls).toEqual([
    { id: 'approval-by-another-person', because: ['pci-dss'] }, { id: 'evidence-of-each-release', because: ['pci-dss'] },
    { id: 'security-checks', because: ['pci-dss', 'gdpr'] },
  ])
  const promotion = sections.find(({ id }) => id === 'promotion')?.body ?? ''
  expect(promotion).toMatch(/\*\*PCI DSS.*\*\*.*365 days/)
})

test('money and public code raise single controls, and nothing else does', () => {
  const controls = (input: Given) => run({ stage: 'mvp', developers: 2, stack: ['go'], hosting: 'fly', ...input }).decision.controls.map(({ id }) => id)
  expect(controls({})).toEqual([])
  expect(controls({ takesPayments: true })).toEqual(['security-checks'])
  expect(controls({ repositoryVisibility: 'public' })).toEqual(['security-checks', 'no-secrets-for-forks'])
  expect(controls({ takesPayments: true, stage: 'growth' })).toEqual([])
})

test.each<[string, Given, readonly string[]]>([
  ['nothing is known', {}, ['ciProvider', 'deployTarget', 'releaseCadence']],
  ['everything is known', { ciProvider: 'gitlab', hosting: 'fly', developers: 4, releaseCadence: 'daily', stage: 'growth' }, []],
  ['one person releases', { ciProvider: 'gitlab', hosting: 'vercel', developers: 1, stage: 'mvp' }, []],
  ['two people release, nobody knows how often', { ciProvider: 'gitlab', hosting: 'vercel', developers: 2, stage: 'mvp' }, ['releaseCadence']],
  ['a pinned strategy makes the cadence a detail', { ciProvider: 'gitlab', hosting: 'vercel', developers: 2, stage: 'mvp', branchStrategy: 'github-flow' }, []],
  ['a library is published', { projectType: 'library', ciProvider: 'github-actions', developers: 3, stage: 'growth' }, []],
  ['an air gap lets GitLab be assumed', { airGapped: true, hosting: 'on-prem', developers: 5, stage: 'growth', releaseCadence: 'scheduled' }, ['ciProvider']],
])('questions when %s', (_, input, fields) => {
  expect(run(input).questions.map(({ field }) => field)).toEqual(fields)
})

test('minutes are a formula of jobs, the least that is billed, and time-outs', () => {
  const formula = (input: Given) => run({ stack: ['nextjs'], packageManager: 'npm', ...input }).cost.lines[0]?.formula ?? ''
  expect(formula({ ciProvider: 'github-actions', stage: 'mvp', developers: 1 })).toBe('by time: a pull request runs 1 job, billed as 1 minute or more; 2,000 free minutes last for 133 to 2,000 a month')
  expect(formula({ ciProvider: 'github-actions', stage: 'growth', developers: 5 })).toBe('by time: a pull request runs 5 jobs, billed as 5 minutes or more; 2,000 free minutes last for 30 to 400 a month')
  expect(formula({ ciProvider: 'gitlab', stage: 'mvp', developers: 1 })).toContain('billed by the second')
  expect(formula({ ciProvider: 'github-actions', repositoryVisibility: 'public' })).toBe('standard runners are free for public repositories')
})

test('existing CI is read by name and by path', () => {
  const conflicts = (existingCi: string[]) => run({ ciProvider: 'gitlab', stack: ['go'], existingCi }).conflicts.filter(({ id }) => id === 'two-ci-systems' || id === 'files-beside-existing-ones').map(({ id, problem }) => `${id} ${problem.split(/ runs | sets /)[0] ?? ''}`)
  expect(conflicts(['GitLab CI'])).toEqual([])
  expect(conflicts(['.gitlab-ci.yml'])).toEqual(['files-beside-existing-ones Both'])
  for (const [path, system] of [['.github/workflows/ci.yml', 'GitHub Actions'], ['.circleci/config.yml', 'CircleCI'], ['azure-pipelines.yml', 'Azure Pipelines'], ['ci/azure-pipelines-release.yaml', 'Azure Pipelines'], ['bitbucket-pipelines.yml', 'Bitbucket Pipelines'], ['Jenkinsfile', 'Jenkins'], ['./.travis.yml', 'Travis CI']] as const) {
    expect(conflicts([path]), path).toEqual([`two-ci-systems ${system}`])
  }
})

test.each(['brief', 'normal'] as const)('a project whose files name no program that checks it has no empty list of stages (%s)', (detail) => {
  const text = run({ stack: ['python'], scripts: ['python'], existingCi: ['.github/workflows/test.yml'] }, detail).sections.map(({ body }) => body).join('\n')
  expect(text).toContain('Stages: none yet')
  expect(text).not.toMatch(/Stages: \.|request: "\]|\| Stage \|/)
})
