import { Profile, type ProfileField } from '../core/profile.ts'
import { withDerived } from './detect/derive.ts'
import { detectors } from './detect/detectors.ts'
import { openProject, type ProjectFiles } from './detect/files.ts'
import type { Evidence, Finding, Note, Value } from './detect/findings.ts'
import { settle } from './detect/settle.ts'
import { compareFindings, weigh, withoutRepetition, type Disagreement } from './detect/weigh.ts'

/** What a repository says about itself. Everything is sorted, so that the same files give the same answer. */
export interface Detection {
  /** Only what was found; no defaults. */
  readonly profile: Profile
  /** Each value with file and line; the stronger first within a field, fields in the order of the profile; at most three files for one value. */
  readonly evidence: readonly Evidence[]
  /** Fields for which files name different values; the strongest was kept. */
  readonly disagreements: readonly Disagreement[]
  /** Profile fields for which nothing was found. */
  readonly unknown: readonly ProfileField[]
  /** Names of the scripts in the root package and of tools that manifests name (`packages:lint`: a script of the packages), of variables in `.env.example` files, ids of CI systems in use. */
  readonly scripts: readonly string[]
  readonly variables: readonly string[]
  readonly existingCi: readonly string[]
  /** Language or runtime to the version the project asks for, as written. */
  readonly runtimeVersions: Readonly<Record<string, string>>
  /** The branch that others are merged into, where Git or a pipeline names it. */
  readonly defaultBranch?: string
  readonly notes: readonly Note[]
  /** How many files were looked at. */
  readonly filesSeen: number
}

const optionalFields: readonly ProfileField[] = ['houseRules', 'decisions']
const names = (evidence: readonly Evidence[], field: string): string[] => [...new Set(evidence.filter((found) => found.field === field).map((found) => String(found.value)))].sort()

/** Drops values that the profile does not allow, with a note, so that the result is always a valid profile. */
function validProfile(values: Readonly<Record<string, Value | readonly Value[]>>, notes: Note[]): Profile {
  const kept: Record<string, unknown> = {}
  for (const field of Object.keys(Profile.shape)) {
    const value = values[field]
    if (value === undefined) continue
    if (Profile.safeParse({ [field]: value }).success) kept[field] = value
    else notes.push({ file: '.', problem: `the value found for ${field} is not one the profile allows: ${JSON.stringify(value).slice(0, 80)}` })
  }
  return kept as Profile
}

/** Reads the repository below `root` and proposes a profile. Reads at most a few thousand small files, follows no links, runs nothing. `files` are those of a project that is open already. */
export function detectProject(root: string, notes: Note[] = [], files: ProjectFiles = openProject(root, notes)): Detection {
  const findings: Finding[] = []
  const add = (finding: Finding): void => void findings.push(finding)
  for (const detect of detectors) {
    try {
      detect(files, {
        add: (field, value, file, line, weight = 'use') => add({ field, value, file, line, weight }),
        note: (file, problem) => void notes.push({ file, problem }),
      })
    } catch (error) {
      notes.push({ file: '.', problem: `one kind of evidence was left out: ${(error as Error).message.slice(0, 120)}` })
    }
  }
  const settled = settle(findings.sort(compareFindings))
  const evidence = withoutRepetition(withDerived(settled).sort(compareFindings))
  const { values, disagreements } = weigh(evidence)
  const profile = validProfile(values, notes)
  const auth = evidence.find((found) => found.field === 'decisions.auth')
  const decided = auth === undefined ? {} : { decisions: { auth: String(auth.value), reason: `named in ${auth.file}` } }
  const branch = values['defaultBranch']
  const runtimes = Object.entries(values).filter(([field]) => field.startsWith('runtimeVersions.'))
  return {
    profile: { ...profile, ...(Profile.safeParse(decided).success ? decided : {}) },
    evidence: evidence.map(({ weight, ...rest }): Evidence => (weight === 'hint' ? { ...rest, hint: true } : rest)),
    disagreements,
    unknown: (Object.keys(Profile.shape) as ProfileField[]).filter((field) => profile[field] === undefined && !optionalFields.includes(field)),
    scripts: names(evidence, 'scripts'),
    variables: names(evidence, 'variables'),
    existingCi: names(evidence, 'existingCi'),
    runtimeVersions: Object.fromEntries(runtimes.map(([field, version]) => [field.slice('runtimeVersions.'.length), String(version)])),
    ...(branch === undefined ? {} : { defaultBranch: String(branch) }),
    notes: notes.sort((a, b) => (a.file === b.file ? 0 : a.file < b.file ? -1 : 1)),
    filesSeen: files.paths.length,
  }
}
