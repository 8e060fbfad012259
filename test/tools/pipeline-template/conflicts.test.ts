import { beforeAll, describe, expect, test } from 'vitest'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { knowledge } from '../../support/knowledge.ts'
import { run } from './matrix.ts'

beforeAll(() => { knowledge() }, 60_000)

const conflicts = (input: Given) => run(input).conflicts.map(({ id }) => id)
const team: Given = { stack: ['go'], developers: 6, stage: 'growth', hosting: 'gcp', ciProvider: 'github-actions' }

/** Each conflict with what triggers it, the inputs it has to name, and a near miss that is silent. */
const table: readonly { readonly id: string, readonly when: Given, readonly names: readonly string[], readonly miss: Given }[] = [
  { id: 'air-gap-with-hosted-ci', when: { airGapped: true, ciProvider: 'circleci' }, names: ['airGapped: true', 'ciProvider: circleci'], miss: { airGapped: true, ciProvider: 'gitlab', existing: ['GitLab self-managed'] } },
  { id: 'runners-outside-the-network', when: { hosting: 'on-prem', ciProvider: 'gitlab' }, names: ['hosting: on-prem', 'ciProvider: gitlab'], miss: { hosting: 'on-prem', ciProvider: 'gitlab', requested: ['self-hosted runners'] } },
  { id: 'us-company-runs-ci', when: { noUsSubprocessors: true, hosting: 'hetzner' }, names: ['noUsSubprocessors: true', 'ciProvider: gitlab'], miss: { noUsSubprocessors: true, hosting: 'hetzner', ciProvider: 'gitlab', existing: ['self-hosted GitLab'] } },
  { id: 'public-code-on-own-runners', when: { repositoryVisibility: 'public', requested: ['self-hosted runners'] }, names: ['repositoryVisibility: public', 'requested: self-hosted runners'], miss: { repositoryVisibility: 'private', requested: ['self-hosted runners'] } },
  { id: 'own-runners-without-operations', when: { opsCapacity: 'none', requested: ['own runners'] }, names: ['opsCapacity: none', 'requested: self-hosted runners'], miss: { opsCapacity: 'medium', requested: ['own runners'] } },
  { id: 'regime-with-stored-keys', when: { ...team, hosting: 'fly', compliance: ['soc2'] }, names: ['compliance: soc2', 'deployTarget: fly'], miss: { ...team, hosting: 'gcp', compliance: ['soc2'] } },
  { id: 'regime-with-stored-keys', when: { ...team, hosting: 'fly', compliance: ['soc2', 'gdpr'] }, names: ['compliance: soc2', 'deployTarget: fly'], miss: { ...team, hosting: 'fly', compliance: ['gdpr'] } },
  { id: 'image-scan-without-image', when: { hosting: 'cloudflare-workers', requested: ['Docker scan'] }, names: ['requested: container scan', 'deployTarget: cloudflare-workers'], miss: { hosting: 'gcp', requested: ['Docker scan'] } },
  { id: 'platform-cannot', when: { ...team, stage: 'production', hosting: 'vercel', requested: ['GitOps with Argo CD'] }, names: ['requested: gitops', 'deployTarget: vercel'], miss: { hosting: 'kubernetes', stack: ['go'], requested: ['GitOps with Argo CD'] } },
  { id: 'platform-cannot', when: { ...team, stage: 'production', hosting: 'render', requested: ['canary releases'] }, names: ['requested: canary', 'deployTarget: render'], miss: { hosting: 'fly', requested: ['canary releases'] } },
  { id: 'feature-needs-a-plan', when: { ...team, requested: ['CodeQL'] }, names: ['requested: codeql', 'ciProvider: github-actions', 'repositoryVisibility: private'], miss: { ...team, requested: ['CodeQL'], repositoryVisibility: 'public' } },
  { id: 'feature-needs-a-plan', when: { ...team, requested: ['dependency review'] }, names: ['requested: dependency-review', 'ciProvider: github-actions', 'repositoryVisibility: private'], miss: { ...team, requested: ['Semgrep'] } },
  { id: 'feature-needs-a-plan', when: { ...team, developers: 20, requested: ['merge queue'] }, names: ['requested: merge-queue', 'ciProvider: github-actions', 'repositoryVisibility: private'], miss: { ...team, developers: 20, requested: ['merge queue'], repositoryVisibility: 'public' } },
  { id: 'feature-needs-a-plan', when: { ...team, ciProvider: 'gitlab', requested: ['dependency scanning'] }, names: ['requested: dependency-scan', 'ciProvider: gitlab', 'repositoryVisibility: private'], miss: { ...team, ciProvider: 'gitlab', requested: ['secret scanning'] } },
  { id: 'feature-needs-a-plan', when: { ...team, codeOwners: ['@org/team'] }, names: ['requested: code-owners', 'ciProvider: github-actions', 'repositoryVisibility: private'], miss: { ...team, codeOwners: ['@org/team'], repositoryVisibility: 'public' } },
  { id: 'feature-needs-a-plan', when: { ...team, ciProvider: 'gitlab', requested: ['merge request approvals'] }, names: ['requested: required-review', 'ciProvider: gitlab', 'repositoryVisibility: private'], miss: { ...team, requested: ['PR reviews required'], repositoryVisibility: 'public' } },
  { id: 'approval-needs-a-plan', when: { ...team, compliance: ['hipaa'] }, names: ['ciProvider: github-actions', 'repositoryVisibility: private'], miss: { ...team, compliance: ['hipaa'], ciProvider: 'azure-pipelines' } },
  { id: 'path-filters-with-required-check', when: { developers: 3, requested: ['path filters'] }, names: ['requested: path filters', 'required check'], miss: { developers: 1, requested: ['path filters'] } },
  { id: 'two-ci-systems', when: { existingCi: ['Jenkinsfile'] }, names: ['existingCi: Jenkinsfile', 'ciProvider: github-actions'], miss: { existingCi: ['GitHub'] } },
  { id: 'files-beside-existing-ones', when: { existingCi: ['.github/workflows/test.yml'] }, names: ['existingCi: .github/workflows/test.yml', 'ciProvider: github-actions'], miss: { existingCi: ['github-actions'] } },
  { id: 'runtime-past-end-of-life', when: { language: 'typescript', runtimeVersion: '20.11.0' }, names: ['runtimeVersion: 20.11.0', 'asOf: 2026-11-22'], miss: { language: 'typescript', runtimeVersion: '24' } },
  { id: 'deploys-twice', when: { hosting: 'netlify' }, names: ['deployTarget: netlify', 'its own Git integration', 'deploy command that ends before health'], miss: { hosting: 'gcp' } },
  { id: 'returns-before-healthy', when: { hosting: 'aws-lambda', stack: ['go'] }, names: ['deployTarget: aws-lambda', 'deploy command'], miss: { hosting: 'fly' } },
  { id: 'database-without-migration-tool', when: { stack: ['go', 'postgresql'], hosting: 'fly' }, names: ['database: postgresql', 'migrationTool: none named'], miss: { stack: ['rails', 'postgresql'], hosting: 'fly' } },
  { id: 'database-without-migration-tool', when: { stack: ['go', 'mysql'], hosting: 'on-prem', stage: 'early' }, names: ['database: mysql', 'migrationTool: none named'], miss: { stack: ['go', 'firestore'], hosting: 'gcp' } },
  { id: 'library-with-environments', when: { projectType: 'library', environments: ['staging', 'production'] }, names: ['projectType: library', 'environments: staging, production'], miss: { projectType: 'library' } },
  { id: 'repository-with-one-target', when: { monorepo: 'turborepo', services: 3, hosting: 'fly' }, names: ['monorepo: turborepo', 'deployTarget: fly'], miss: { monorepo: 'turborepo', services: 3, apps: ['web:vercel', 'api:fly'] } },
  { id: 'gitflow-with-continuous-release', when: { branchStrategy: 'gitflow', releaseCadence: 'daily' }, names: ['branchStrategy: gitflow', 'releaseCadence: daily'], miss: { branchStrategy: 'gitflow', releaseCadence: 'scheduled' } },
  { id: 'strategy-pinned-against-the-rules', when: { branchStrategy: 'trunk-based', developers: 1, releaseCadence: 'weekly' }, names: ['branchStrategy: trunk-based', 'releaseCadence: weekly', 'developers: 1'], miss: { branchStrategy: 'github-flow', developers: 1, releaseCadence: 'weekly' } },
  { id: 'scheduled-with-automatic-production', when: { releaseCadence: 'scheduled', branchStrategy: 'github-flow', hosting: 'fly', stage: 'mvp', environments: ['production'] }, names: ['releaseCadence: scheduled', 'production: automatic on main'], miss: { releaseCadence: 'scheduled', hosting: 'fly', stage: 'mvp' } },
  { id: 'scheduled-with-automatic-production', when: { releaseCadence: 'weekly', hosting: 'vercel', stage: 'mvp' }, names: ['releaseCadence: weekly', 'production: automatic on main'], miss: { releaseCadence: 'weekly', hosting: 'vercel', stage: 'mvp', requested: ['manual approval'] } },
  { id: 'review-with-one-developer', when: { developers: 1, requested: ['required reviews'] }, names: ['developers: 1', 'requested: required review'], miss: { developers: 2, requested: ['required reviews'] } },
  { id: 'review-with-one-developer', when: { developers: 1, compliance: ['hipaa'] }, names: ['developers: 1', 'compliance: hipaa'], miss: { developers: 1, compliance: ['gdpr'] } },
  { id: 'approval-with-automatic-release', when: { ...team, releaseCadence: 'on-merge', requested: ['manual approval'] }, names: ['releaseCadence: on-merge', 'requested: approval'], miss: { ...team, releaseCadence: 'daily', requested: ['manual approval'] } },
  { id: 'approval-with-automatic-release', when: { ...team, releaseCadence: 'on-merge', compliance: ['pci-dss'] }, names: ['releaseCadence: on-merge', 'compliance: pci-dss'], miss: { ...team, compliance: ['pci-dss'] } },
  { id: 'asks-beyond-the-stage', when: { stage: 'mvp', developers: 3, requested: ['SLSA', 'DAST'] }, names: ['stage: mvp', 'requested: provenance, dast'], miss: { stage: 'production', developers: 12, requested: ['SLSA', 'DAST'] } },
  { id: 'asks-beyond-the-stage', when: { stage: 'production', developers: 1, requested: ['canary'], hosting: 'fly' }, names: ['developers: 1', 'requested: canary'], miss: { stage: 'production', developers: 8, requested: ['canary'], hosting: 'fly' } },
  { id: 'provider-forbidden', when: { ciProvider: 'gitlab', houseRules: { forbid: [{ id: 'gitlab' }] } }, names: ['ciProvider: gitlab', 'houseRules.forbid: gitlab'], miss: { ciProvider: 'gitlab', houseRules: { forbid: [{ id: 'circleci' }] } } },
  { id: 'platform-cannot', when: { ...team, stage: 'production', hosting: 'render', requested: ['canary releases'] }, names: ['requested: canary'], miss: { stage: 'mvp', hosting: 'render', requested: ['canary releases'] } },
  { id: 'own-runners-without-operations', when: { opsCapacity: 'none', ciProvider: 'gitlab', existing: ['GitLab self-hosted'] }, names: ['opsCapacity: none', 'existing: GitLab self-hosted'], miss: { opsCapacity: 'none', ciProvider: 'gitlab', existing: ['splunk'] } },
  { id: 'library-with-target', when: { projectType: 'library', hosting: 'vercel' }, names: ['projectType: library', 'deployTarget: vercel'], miss: { projectType: 'cli', deployTarget: 'docker' } },
  { id: 'publishing-needs-a-plan', when: { projectType: 'library', developers: 2, ciProvider: 'gitlab' }, names: ['ciProvider: gitlab', 'repositoryVisibility: private'], miss: { projectType: 'library', developers: 1, ciProvider: 'gitlab' } },
  { id: 'schedule-of-one-person', when: { developers: 1, releaseCadence: 'scheduled' }, names: ['developers: 1', 'releaseCadence: scheduled'], miss: { developers: 1, releaseCadence: 'scheduled', branchStrategy: 'gitflow' } },
  { id: 'file-database-out-of-reach', when: { stack: ['hono', 'sqlite', 'drizzle'], hosting: 'fly' }, names: ['database: sqlite', 'deployTarget: fly'], miss: { stack: ['hono', 'turso', 'drizzle'], hosting: 'fly' } },
  { id: 'worker-without-target', when: { stack: ['rails', 'sidekiq'], hosting: 'render' }, names: ['stack: sidekiq', 'deployTarget: render'], miss: { stack: ['rails', 'sidekiq'], apps: ['web:render', 'worker:render'] } },
  { id: 'beyond-shared-hosting', when: { hosting: 'shared hosting', stack: ['django', 'postgresql'] }, names: ['hosting: shared-hosting'], miss: { hosting: 'shared hosting', stack: ['laravel', 'mysql'] } },
]

test.each(table)('$id names both inputs, and a near miss is silent', ({ id, when, names, miss }) => {
  const found = run(when).conflicts.find((conflict) => conflict.id === id)
  expect(found?.inputs, conflicts(when).join(', ')).toEqual(expect.arrayContaining([...names]))
  expect(found?.resolution.length).toBeGreaterThan(20)
  expect(conflicts(miss)).not.toContain(id)
})

describe('noise is a bug', () => {
  test.each<[string, Given, readonly string[]]>([
    ['one person on Vercel', { stage: 'mvp', developers: 1, hosting: 'vercel', stack: ['nextjs', 'postgresql', 'prisma'] }, ['deploys-twice']],
    ['one person on Railway', { stage: 'mvp', developers: 1, hosting: 'railway', stack: ['fastapi', 'postgresql', 'alembic'] }, ['deploys-twice']],
    ['an idea', {}, []],
    ['a team on Cloud Run', { ...team, stack: ['django', 'postgresql'] }, []],
    ['a library with its own CI', { projectType: 'library', stack: ['typescript'], repositoryVisibility: 'public', developers: 3, existingCi: ['github-actions'] }, []],
    ['a proof of concept with a database', { stage: 'poc', stack: ['go', 'postgresql'], hosting: 'fly' }, []],
  ])('%s sees only what it must act on', (_, input, expected) => {
    expect(conflicts(input)).toEqual(expected)
  })
})
