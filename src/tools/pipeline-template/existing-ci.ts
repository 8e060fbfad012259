import { table } from '../../core/table.ts'
import { asWord } from '../../core/words.ts'
import type { Settings } from './settings.ts'

const names: Readonly<Record<string, string>> = table({ github: 'github-actions', 'gitlab-ci': 'gitlab', 'circle-ci': 'circleci', 'azure-devops': 'azure-pipelines', 'bitbucket-pipelines': 'bitbucket' })

const spelled: Readonly<Record<string, string>> = table({ 'github-actions': 'GitHub Actions', gitlab: 'GitLab CI', circleci: 'CircleCI', 'azure-pipelines': 'Azure Pipelines', bitbucket: 'Bitbucket Pipelines', 'travis-ci': 'Travis CI', teamcity: 'TeamCity', appveyor: 'AppVeyor', 'cloud-build': 'Cloud Build', codebuild: 'CodeBuild' })

/** Where each system looks for its files. */
const files: readonly (readonly [pattern: RegExp, system: string])[] = [
  [/(?:^|\/)\.github\/workflows(?:\/|$)/, 'github-actions'], [/(?:^|\/)\.gitlab(?:-ci\.ya?ml$|\/)/, 'gitlab'], [/(?:^|\/)\.circleci(?:\/|$)/, 'circleci'],
  [/(?:^|\/)(?:azure-pipelines[\w.-]*\.ya?ml$|\.azure(?:-pipelines|-devops)?\/)/, 'azure-pipelines'], [/(?:^|\/)bitbucket-pipelines\.ya?ml$/, 'bitbucket'],
  [/(?:^|\/)Jenkinsfile/i, 'jenkins'], [/(?:^|\/)\.travis\.ya?ml$/, 'travis-ci'], [/(?:^|\/)\.drone\.ya?ml$/, 'drone'], [/(?:^|\/)\.woodpecker(?:\.ya?ml$|\/)/, 'woodpecker'],
  [/(?:^|\/)\.buildkite\//, 'buildkite'], [/(?:^|\/)\.?appveyor\.ya?ml$/, 'appveyor'], [/(?:^|\/)\.semaphore\//, 'semaphore'], [/(?:^|\/)\.teamcity\//, 'teamcity'],
  [/(?:^|\/)cloudbuild\.ya?ml$/, 'cloud-build'], [/(?:^|\/)buildspec\.ya?ml$/, 'codebuild'],
]

/** The system a file belongs to; undefined for a text that is no such path. */
const systemOf = (text: string): string | undefined => files.find(([pattern]) => pattern.test(text.trim()))?.[1]

/** CI files the repository already has that this tool did not write, as they were given. */
export const existingFiles = (settings: Pick<Settings, 'given'>): readonly string[] => pathsOf(settings).filter((text) => systemOf(text) !== undefined && !isKept(text))

/** What a repository keeps once, whatever its pipeline: each kind with the paths where its program looks. */
const kept: Readonly<Record<'updates' | 'owners' | 'parts', RegExp>> = {
  updates: /(?:^|\/)(?:dependabot\.ya?ml|renovate\.json5?|\.renovaterc(?:\.json5?)?)$/, owners: /(?:^|\/)CODEOWNERS$/, parts: /(?:^|\/)\.github\/actions\/|(?:^|\/)azure-pipelines\/[^/]+\.ya?ml$/,
}
const isKept = (path: string): boolean => Object.values(kept).some((pattern) => pattern.test(path))
const pathsOf = ({ given }: Pick<Settings, 'given'>): readonly string[] => [...new Set((given.existingCi ?? []).map((text) => text.trim().replace(/^\.\//, '')))]

/** Paths of files beside the pipeline that people wrote; they check nothing and deploy nothing. */
export const keptFiles = (settings: Pick<Settings, 'given'>): readonly string[] => pathsOf(settings).filter(isKept)

/** The file of the same kind that people wrote, where there can be only one: it stays, and none is generated. */
export const keptInstead = (settings: Pick<Settings, 'given'>, path: string): string | undefined =>
  keptFiles(settings).find((found) => (kept.updates.test(found) && kept.updates.test(path)) || (kept.owners.test(found) && kept.owners.test(path)))

/** CI systems the repository already has, under known ids: names as people write them, and paths of their files. */
export const existingSystems = ({ given }: Pick<Settings, 'given'>): readonly string[] => [...new Set((given.existingCi ?? []).flatMap((text) => {
  const word = asWord(text)
  return isKept(text.trim()) ? [] : [systemOf(text) ?? names[word] ?? word]
}))]

/** A system as people write it; one that nobody knows in the words it was given. */
export const systemName = ({ given }: Pick<Settings, 'given'>, id: string): string =>
  spelled[id] ?? (given.existingCi ?? []).find((text) => asWord(text) === id && text.trim() !== id)?.trim() ?? `${id.charAt(0).toUpperCase()}${id.slice(1)}`

/** Systems, then files: what is there already, whatever a caller looks for. */
export const existingCi = (settings: Pick<Settings, 'given'>): readonly string[] => [...existingSystems(settings), ...existingFiles(settings)]
