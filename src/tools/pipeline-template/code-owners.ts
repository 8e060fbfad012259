import type { Plan } from './plan.ts'

/** Folders whose change can open the door to everything else: who owns them reviews them. */
const guarded: Readonly<Record<string, readonly string[]>> = {
  'github-actions': ['/.github/'], gitlab: ['/.gitlab-ci.yml', '/.gitlab/'], circleci: ['/.circleci/', '/.github/'], 'azure-pipelines': ['/azure-pipelines*.yml'], bitbucket: ['/bitbucket-pipelines.yml', '/.bitbucket/'],
}

/** CODEOWNERS, or undefined when nobody named owners or one person works alone. Owners are handles that the input has checked. */
export function codeOwners({ settings, header }: Pick<Plan, 'settings' | 'header'>): string | undefined {
  const owners = settings.given.codeOwners ?? []
  if (owners.length === 0 || (settings.profile.developers ?? 2) < 2) return undefined
  const everyone = owners.join(' ')
  const first = owners[0] ?? ''
  return [...header.map((text) => `# ${text}`), `* ${everyone}`, '', '# What these files do, they do with the rights of the pipeline.', ...(guarded[settings.provider] ?? []).map((path) => `${path} ${first}`)].join('\n')
}
