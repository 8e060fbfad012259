import type { Plan } from '../../plan.ts'
import { block, guarded, installed, type Jobs } from './job.ts'
import { pushedTo } from './refs.ts'

/** Where a library is published from: its name is part of the trust that the registry keeps. */
export const publishEnvironment = ({ publish }: Plan): string => publish?.registry ?? 'none'

/** A version tag is packed by a job that holds no rights and published by one that runs no code of the project. */
export function publishJobs(plan: Plan, checks: readonly string[], nodeImage: string): Jobs {
  const { publish } = plan
  if (publish === undefined) return {}
  const isNpm = publish.registry === 'npm'
  const python = plan.toolchain.container('$CI_PROJECT_DIR').image
  const uv = `pip install --quiet "uv==${plan.toolVersion('uv') ?? '$UV_VERSION'}"`
  const bringsUv = !isNpm && plan.toolchain.packageManager !== 'uv'
  return {
    pack: {
      extends: installed, stage: 'release', needs: checks, rules: [pushedTo('v*')], timeout: '15 minutes', variables: { TAG: '$CI_COMMIT_TAG' },
      // What is published must not come from a place that other pipelines write to.
      cache: [], script: [...(bringsUv ? [uv] : []), ...block(publish.pack)], artifacts: { paths: ['release/'], expire_in: '1 day' },
    },
    publish: {
      stage: 'release', needs: ['pack'], rules: [pushedTo('v*')], ...guarded, timeout: '10 minutes', resource_group: 'publish', environment: { name: publishEnvironment(plan), deployment_tier: 'production' },
      image: isNpm ? nodeImage : python, variables: { GIT_STRATEGY: 'none' },
      id_tokens: isNpm ? { NPM_ID_TOKEN: { aud: 'npm:registry.npmjs.org' }, SIGSTORE_ID_TOKEN: { aud: 'sigstore' } } : { PYPI_ID_TOKEN: { aud: 'pypi' } },
      script: [...(isNpm ? [] : [uv]), publish.publish],
    },
  }
}
