import type { Step } from '../../toolchain.ts'
import type { Plan } from '../../plan.ts'
import { toYaml } from '../../yaml.ts'
import { checkout, job, paths, pinned, type Github } from './jobs.ts'

const uv = (plan: Plan): Step => {
  const version = plan.toolVersion('uv')
  // A publishing job takes nothing from a cache that another run may have filled.
  return { name: 'Set up uv', uses: 'astral-sh/setup-uv', with: { ...(version === undefined ? {} : { version }), 'enable-cache': false } }
}

/**
 * release.yml: a version tag is checked, packed and published. Code of the project runs in the packing job only, which holds no
 * rights; the publishing job gets the packed files and the token that the registry trusts. Undefined for what is not published.
 */
export function releaseWorkflow(plan: Plan, github: Github): string | undefined {
  const { publish } = plan
  if (publish === undefined) return undefined
  const isNpm = publish.registry === 'npm'
  const tag = { TAG: '${{ github.ref_name }}' }
  return toYaml({
    name: 'Release',
    on: { push: { tags: ['v*'] } },
    permissions: {},
    // A group for all versions would drop the second of three: only one may wait.
    concurrency: { group: 'release-${{ github.ref_name }}', 'cancel-in-progress': false },
    jobs: {
      ci: { name: 'CI', uses: `./${paths(plan).ci}`, permissions: { contents: 'read' } },
      pack: job({
        name: 'Pack', minutes: 15, needs: ['ci'],
        steps: [
          checkout(github), ...pinned(github, isNpm ? plan.toolchain.githubSetup.map(uncached) : [uv(plan)]), ...(isNpm ? [{ name: 'Install from the lock file', run: plan.toolchain.install.join('\n') }] : []),
          { name: 'Pack', env: tag, run: publish.pack.join('\n') },
          { name: 'Keep what was packed', uses: github.pin('actions/upload-artifact'), with: { name: 'release', path: 'release', 'if-no-files-found': 'error', 'retention-days': 7 } },
        ],
      }),
      publish: job({
        name: 'Publish', minutes: 10, needs: ['pack'], permissions: { 'id-token': 'write' }, environment: publish.registry, concurrency: 'publish-${{ github.ref_name }}',
        steps: [
          { name: 'Fetch what was packed', uses: github.pin('actions/download-artifact'), with: { name: 'release', path: 'release' } },
          ...pinned(github, [isNpm ? { name: 'Set up Node.js', uses: 'actions/setup-node', with: { 'node-version': plan.nodeVersion, 'registry-url': 'https://registry.npmjs.org', 'package-manager-cache': false } } : uv(plan)]),
          { name: 'Publish', run: publish.publish },
        ],
      }),
    },
  }, plan.header, { versions: github.versions })
}

/** A set-up step without its cache: what is published must not come from a place that other runs write to. */
function uncached(step: Step): Step {
  if (step.uses?.startsWith('actions/setup-node') !== true) return step
  const { cache: _, ...inputs } = step.with ?? {}
  return { ...step, with: { ...inputs, 'package-manager-cache': false } }
}
