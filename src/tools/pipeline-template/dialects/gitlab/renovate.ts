import type { Plan } from '../../plan.ts'

/**
 * renovate.json: updates that wait a week, images pinned by digest; without it the fixed versions would rot. Registries tell no date
 * for a digest, and an update that has to have one would wait for ever. `namesImages`: variables of jobs name images too.
 */
export function renovate({ settings }: Pick<Plan, 'settings'>, file: string, namesImages: boolean): string {
  const { releaseBranch } = settings.branch
  return JSON.stringify({
    $schema: 'https://docs.renovatebot.com/renovate-schema.json',
    extends: ['config:recommended', 'docker:pinDigests', 'schedule:weekly'],
    minimumReleaseAge: '7 days', internalChecksFilter: 'strict', prConcurrentLimit: 5,
    ...(releaseBranch === null ? {} : { baseBranchPatterns: [releaseBranch] }),
    ...(file === '.gitlab-ci.yml' ? {} : { gitlabci: { managerFilePatterns: [file] } }),
    packageRules: [{ matchDatasources: ['docker'], minimumReleaseAgeBehaviour: 'timestamp-optional' }],
    ...(namesImages ? {
      customManagers: [{
        customType: 'regex', description: 'Images that jobs start by name', datasourceTemplate: 'docker', managerFilePatterns: [file],
        matchStrings: ['_IMAGE: (?<depName>[^\\s:@]+):(?<currentValue>[^\\s@]+)(?:@(?<currentDigest>sha256:[a-f0-9]+))?'],
      }],
    } : {}),
  }, null, 2)
}
