import { beforeAll, describe, expect, test } from 'vitest'
import { knowledge } from '../../support/knowledge.ts'
import { gitlabFile, imageOf, type Job } from './gitlab-file.ts'
import { run, sampled } from './matrix.ts'

beforeAll(() => { knowledge() }, 60_000)

/** Every condition under which a job exists; an empty list stands for every pipeline. */
const conditions = ({ rules = [] }: Job): readonly string[] => rules.map((rule) => rule.if)

describe('every pipeline of the matrix', () => {
  let pipelines: readonly ReturnType<typeof gitlabFile>[] = []
  beforeAll(() => { pipelines = sampled('gitlab').map(gitlabFile) }, 60_000)

  test('has a stage for each job, and each job comes after what it needs and never without it', () => {
    expect(pipelines.length).toBeGreaterThan(50)
    let deploys = 0
    for (const { pipeline, jobs } of pipelines) {
      expect(jobs.size).toBeGreaterThan(0)
      for (const [name, job] of jobs) {
        expect(pipeline.stages, name).toContain(job.stage)
        expect(job.script.length, name).toBeGreaterThan(0)
        expect(job.timeout, name).toMatch(/^\d+ minutes$/)
        for (const need of job.needs ?? []) {
          const needed = jobs.get(need)
          expect(needed, `${name} needs ${need}`).toBeDefined()
          if (needed === undefined) continue
          expect(pipeline.stages.indexOf(needed.stage), `${name} needs ${need}`).toBeLessThanOrEqual(pipeline.stages.indexOf(job.stage))
          // GitLab refuses a pipeline in which a needed job was not added.
          if (needed.rules !== undefined) expect(conditions(needed), `${name} needs ${need}`).toEqual(expect.arrayContaining([...conditions(job)]))
        }
        if (job.environment !== undefined && job.environment.action === undefined) deploys += 1
      }
    }
    expect(deploys).toBeGreaterThan(50)
  })

  test('deploys one at a time, cancels only merge requests, and signs in only where a cloud is', () => {
    for (const { pipeline, jobs, text } of pipelines) {
      const [requests, ...pushes] = pipeline.workflow.rules
      expect(requests?.auto_cancel?.on_new_commit).toBe('interruptible')
      expect(pushes.length).toBeGreaterThan(0)
      for (const push of pushes) expect(push.auto_cancel?.on_new_commit).toBe('none')
      const groups = [...jobs.values()].flatMap(({ environment, resource_group: group }) => (environment === undefined ? [] : [group]))
      expect(new Set(groups).size).toBe(groups.length)
      for (const [name, job] of jobs) {
        if (job.environment !== undefined) {
          expect([job.resource_group !== undefined, job.interruptible, job.retry, job.rules?.length], name).toEqual([true, false, 0, 1])
          expect(job.environment.deployment_tier, name).toMatch(/^(production|staging|testing|development|other)$/)
        }
        if (job.id_tokens !== undefined) expect(job.environment !== undefined || name === 'build-image', name).toBe(true)
      }
      expect(text).not.toMatch(/:latest|@latest|\bonly:|curl[^\n]*\|\s*(ba)?sh|PASSWORD: (?!test)|--password[ =]/)
    }
  })

  test('names every image with a tag', () => {
    for (const { jobs } of pipelines) {
      for (const [name, job] of jobs) {
        const named = [imageOf(job), ...(job.services ?? []).map((service) => service.name), ...Object.entries(job.variables ?? {}).flatMap(([key, value]) => (key.endsWith('_IMAGE') ? [value] : []))]
        for (const image of named) expect(image, name).toMatch(/^[\w./-]+:[\w.-]*\d[\w.-]*$/)
      }
    }
  })
})

test('an approved environment is started by one click, and what follows it starts by itself', () => {
  const { jobs } = gitlabFile({ stack: ['nextjs', 'prisma', 'postgresql'], hosting: 'vercel', stage: 'growth', developers: 5, environments: ['staging', 'production'] })
  expect(jobs.get('migrate-production')?.rules?.[0]?.when).toBe('manual')
  expect(jobs.get('deploy-production')?.rules?.[0]?.when).toBeUndefined()
  expect(jobs.get('migrate-production')?.needs).toContain('deploy-staging')
  expect(jobs.get('migrate-production')?.environment?.action).toBe('prepare')
})

describe('an image', () => {
  const production = { stack: ['fastapi', 'postgresql'], packageManager: 'uv' as const, stage: 'production' as const, developers: 9 }
  test('is built once and handed on by its digest to every environment', () => {
    const { jobs } = gitlabFile({ ...production, deployTarget: 'gcp', environments: ['staging', 'production'] })
    const image = jobs.get('build-image')
    expect(image?.artifacts?.reports).toEqual({ dotenv: 'image.env' })
    expect(image?.script.at(-1)).toBe('echo "IMAGE=$image@$digest" > image.env')
    const deploys = [...jobs].filter(([name]) => name.startsWith('deploy-'))
    expect(deploys.map(([name]) => name)).toEqual(['deploy-staging', 'deploy-production'])
    for (const [, job] of deploys) {
      expect(job.needs).toContain('build-image')
      expect(job.script.join('\n')).toContain('--image "$IMAGE"')
      expect(job.script.join('\n')).not.toContain('CI_COMMIT_SHA')
    }
  })

  test.each([['mvp', false, false], ['growth', true, false], ['production', true, true]] as const)('at stage %s is scanned: %s, and carries provenance: %s', (stage, scanned, attested) => {
    const script = gitlabFile({ ...production, stage, deployTarget: 'docker' }).jobs.get('build-image')?.script.join('\n') ?? ''
    expect([script.includes('trivy image'), script.includes('--provenance mode=max --sbom true')]).toEqual([scanned, attested])
  })

  test('for Lambda is a plain manifest: statements about it would make an index, which Lambda refuses', () => {
    expect(gitlabFile({ ...production, deployTarget: 'aws-lambda' }).jobs.get('build-image')?.script.join('\n')).toContain('--provenance false --sbom false')
  })

  test.each([['aws-ecs', 'AWS_ID_TOKEN', 'sts.amazonaws.com'], ['azure', 'AZURE_ID_TOKEN', 'api://AzureADTokenExchange'], ['gcp', 'GCP_ID_TOKEN', '$CI_SERVER_URL']] as const)('for %s goes into its registry with a token of its own audience', (deployTarget, token, audience) => {
    const { jobs, text } = gitlabFile({ ...production, deployTarget })
    expect(jobs.get('build-image')?.id_tokens).toEqual({ [token]: { aud: audience } })
    expect(jobs.get('deploy-production')?.id_tokens).toEqual({ [token]: { aud: audience } })
    expect(text).not.toContain('CI_REGISTRY_PASSWORD')
  })
})

test('a monorepo compares a merge request with the commit it starts from, and fetches the history for that', () => {
  const { jobs } = gitlabFile({ stack: ['nextjs'], packageManager: 'pnpm', monorepo: 'turborepo', stage: 'growth', developers: 6 })
  const test = jobs.get('test')
  if (test?.variables?.['GIT_DEPTH'] === undefined) return
  expect(test.variables['GIT_DEPTH']).toBe('0')
  expect(test.script[0]).toBe('export BASE="${CI_MERGE_REQUEST_DIFF_BASE_SHA:-}"')
})

test('deploys that differ in their environment only share a hidden job', () => {
  const { text, jobs } = gitlabFile({ stack: ['go'], deployTarget: 'aws-ecs', stage: 'growth', developers: 5, environments: ['staging', 'production'] })
  expect(text.match(/^\.deploy:$/gm)).toHaveLength(1)
  expect(text.match(/aws ecs update-service/g)).toHaveLength(1)
  expect(jobs.get('deploy-staging')?.script).toEqual(jobs.get('deploy-production')?.script)
})

describe('publishing a library', () => {
  test.each([
    [{ stack: ['typescript'], packageManager: 'pnpm' as const }, { NPM_ID_TOKEN: { aud: 'npm:registry.npmjs.org' }, SIGSTORE_ID_TOKEN: { aud: 'sigstore' } }, 'npm publish'],
    [{ stack: ['python'], packageManager: 'uv' as const }, { PYPI_ID_TOKEN: { aud: 'pypi' } }, 'uv publish --trusted-publishing always'],
  ])('%o: the packing job holds no token, the publishing job runs no code of the project', (stack, tokens, command) => {
    const { jobs, pipeline } = gitlabFile({ ...stack, projectType: 'library', stage: 'growth', developers: 4 })
    expect(pipeline.workflow.rules.map((rule) => rule.if)).toContain('$CI_COMMIT_TAG =~ /^v/')
    expect([jobs.get('pack')?.id_tokens, jobs.get('pack')?.cache]).toEqual([undefined, []])
    const publish = jobs.get('publish')
    expect(publish?.id_tokens).toEqual(tokens)
    expect([publish?.needs, publish?.variables?.['GIT_STRATEGY'], publish?.before_script]).toEqual([['pack'], 'none', undefined])
    expect(publish?.script.at(-1)).toContain(command)
  })
})

describe('files beside the pipeline', () => {
  test('an existing pipeline keeps its name, and the report says how to include the new one', () => {
    const answer = run({ ciProvider: 'gitlab', stack: ['go'], deployTarget: 'fly', stage: 'mvp', developers: 1, existingCi: ['.gitlab-ci.yml'] })
    expect(answer.files.map(({ path }) => path)).toEqual(['.gitlab/ci/operational-patterns.yml'])
    expect(answer.sections.map(({ body }) => body).join('\n')).toContain('include: [{local: .gitlab/ci/operational-patterns.yml}]')
  })

  test('Renovate waits a week, and comes with the security job', () => {
    expect(gitlabFile({ stack: ['go'], stage: 'mvp', developers: 1 }).paths).toEqual(['.gitlab-ci.yml'])
    const { files } = run({ ciProvider: 'gitlab', stack: ['go'], deployTarget: 'aws-ecs', stage: 'growth', developers: 4, codeOwners: ['@acme/platform'] })
    expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(['.gitlab-ci.yml', 'renovate.json', '.gitlab/CODEOWNERS']))
    const config = JSON.parse(files[1]?.body ?? '') as { readonly minimumReleaseAge: string, readonly customManagers: readonly { readonly matchStrings: readonly string[] }[] }
    expect(config.minimumReleaseAge).toBe('7 days')
    const found = [...(files[0]?.body ?? '').matchAll(new RegExp(config.customManagers[0]?.matchStrings[0] ?? '', 'g'))].map(({ groups }) => groups?.['depName'])
    expect(found).toEqual(['amazon/aws-cli', 'aquasec/trivy'])
    expect(files[2]?.body).toContain('/.gitlab-ci.yml @acme/platform')
  })
})
