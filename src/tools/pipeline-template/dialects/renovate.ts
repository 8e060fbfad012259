import type { Plan } from '../plan.ts'

/**
 * renovate.json: updates that wait a week, images pinned by digest; without it fixed versions would rot. Registries tell no date for a
 * digest, and an update that has to have one would wait for ever. `manager` reads the pipeline file, named where it is not its usual one.
 */
export function renovate({ settings }: Pick<Plan, 'settings'>, manager: Readonly<Record<string, string>> = {}): string {
  const { releaseBranch } = settings.branch
  return JSON.stringify({
    $schema: 'https://docs.renovatebot.com/renovate-schema.json',
    extends: ['config:recommended', 'docker:pinDigests', 'schedule:weekly'],
    minimumReleaseAge: '7 days', internalChecksFilter: 'strict', prConcurrentLimit: 5,
    ...(releaseBranch === null ? {} : { baseBranchPatterns: [releaseBranch] }),
    ...Object.fromEntries(Object.entries(manager).map(([name, file]) => [name, { managerFilePatterns: [file] }])),
    packageRules: [{ matchDatasources: ['docker'], minimumReleaseAgeBehaviour: 'timestamp-optional' }],
  }, null, 2)
}
