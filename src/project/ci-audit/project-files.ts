import { readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { CheckFinding } from '../check-finding.ts'
import { openProject, type ProjectFiles } from '../detect/files.ts'
import type { Note } from '../detect/findings.ts'
import { realRoot } from '../inside.ts'
import { auditCiFiles } from './audit.ts'
import type { AuditFacts } from './model.ts'
import { isCiFile } from './read.ts'

/** Folders in which providers look for pipelines. */
const folders = ['', '.github', '.github/workflows', '.circleci', '.gitlab/ci', '.azure', '.azuredevops', '.pipelines']

/** CI files that are symbolic links: what they lead to is not read, so it is not checked either. */
function linksIn(root: string): readonly string[] {
  return folders.flatMap((folder) => {
    try {
      return readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) => entry.isSymbolicLink()).map((entry) => posix.join(folder, entry.name)).filter((path) => isCiFile(path) || folders.includes(path))
    } catch {
      return []
    }
  })
}

const unreadable = (file: string, problem: string): CheckFinding => ({ rule: 'unreadable-ci-file', severity: 'error', file, line: 1, found: problem, expected: 'a text file in the project', next: 'Replace it with the file itself: it was not checked.' })

/** Files that are listed already, so that a large repository is listed once. */
export interface Opened { readonly files: ProjectFiles, readonly problems: Note[] }

/** Audits the CI files of the project below `root`. `files` are the paths that were read, sorted. Follows no links. */
export function auditProject(root: string, facts: AuditFacts, opened: Opened | null = null): { readonly files: readonly string[], readonly findings: readonly CheckFinding[] } {
  const notes: Note[] = opened?.problems ?? []
  const project = opened?.files ?? openProject(root, notes)
  const files = project.named('*.yaml', '*.yml').filter(isCiFile).flatMap((path) => {
    const text = project.text(path)
    return text === undefined ? [] : [{ path, text }]
  })
  const faults = notes.filter(({ file }) => isCiFile(file) || folders.slice(1).includes(file)).map(({ file, problem }) => unreadable(file, problem))
  const links = linksIn(realRoot(root)).map((file) => unreadable(file, 'a symbolic link, and links are not followed'))
  return { files: files.map(({ path }) => path).sort(), findings: [...faults, ...links, ...auditCiFiles(files, facts)] }
}
