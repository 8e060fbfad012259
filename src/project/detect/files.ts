import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { deliverablesFolder, deliverableSpecs } from '../deliverables.ts'
import { realRoot } from '../inside.ts'
import { readStart, readText } from '../read-text.ts'
import type { Note } from './findings.ts'

const skipped = new Set(['node_modules', '.git', 'dist', 'build', 'out', 'target', 'vendor', 'coverage', '.next', '.nuxt', '.turbo', '.venv', 'venv', '__pycache__', '.terraform', '.gradle', 'bin', 'obj', '.idea', '.vscode', '.cache', deliverablesFolder, 'Pods', 'fixtures', '__fixtures__', 'testdata', 'examples', '.dart_tool', '.svelte-kit', '.vercel', '.output', '.pnpm-store'])
const ownDocuments = new Set(deliverableSpecs.map(({ file }) => file))
/**
 * Shallow files come first, and what they say is complete long before this: on repositories of 4,100 to 7,400 files nothing was found
 * after the first 4,000. The rest is room for health routes and for folders with many small files above the manifests.
 */
const mostFiles = 8000
const maxDepth = 8
const maxBytes = 512 * 1024
const maxBytesTogether = 16 * 1024 * 1024

/** The files of a project that detection may look at: paths relative to the root with forward slashes, shallow ones first, then by name. */
export interface ProjectFiles {
  readonly paths: readonly string[]
  /** Paths whose last part is one of `names`, ends as `*.tf` says, or fits a pattern (slow in a large project), in the order of `paths`. */
  named(...names: readonly (string | RegExp)[]): readonly string[]
  /** Text with \n line ends, or undefined when the file cannot be used; that is noted once. `.env` files are never opened. */
  text(path: string): string | undefined
  /** The first few kilobytes of a file that may be too large to read whole, such as a lock file; undefined when there is none. */
  start(path: string): string | undefined
}

const alphabetical = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function list(root: string, notes: Note[], maxFiles: number): string[] {
  const found: string[] = []
  let level = ['']
  for (let depth = 0; depth <= maxDepth && level.length > 0; depth += 1) {
    const below: string[] = []
    for (const folder of level) {
      let entries
      try {
        entries = readdirSync(join(root, folder), { withFileTypes: true })
      } catch {
        notes.push({ file: folder === '' ? '.' : folder, problem: 'the folder cannot be read; what is inside was not looked at' })
        continue
      }
      // A folder that a blueprint was written to, under any name: its generated files say nothing about the project.
      if (folder !== '' && entries.some((entry) => ownDocuments.has(entry.name))) continue
      for (const entry of entries.sort((a, b) => alphabetical(a.name, b.name))) {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`
        // Symbolic links are not followed, so nothing outside the project is read and circles end.
        if (entry.isDirectory() && !skipped.has(entry.name)) below.push(path)
        if (!entry.isFile()) continue
        if (found.length === maxFiles) {
          notes.push({ file: '.', problem: `only the first ${maxFiles} files, shallow folders first, were looked at` })
          return found
        }
        found.push(path)
      }
    }
    level = below
  }
  return found
}

/** Real values of variables live here: such files are not even opened. */
const isEnvFile = (path: string): boolean => /(^|\/)\.env($|\.(?!example$|sample$|template$))/i.test(path)

/** Lists the project once; bounded in files, depth and bytes. Throws InputError when `root` is no readable folder. */
export function openProject(root: string, notes: Note[], maxFiles = mostFiles): ProjectFiles {
  const folder = realRoot(root)
  const paths = list(folder, notes, maxFiles)
  const byName = new Map<string, number[]>()
  const byEnd = new Map<string, number[]>()
  const note = (map: Map<string, number[]>, key: string, index: number): void => {
    const same = map.get(key)
    if (same === undefined) map.set(key, [index])
    else same.push(index)
  }
  paths.forEach((path, index) => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    note(byName, name, index)
    note(byEnd, name.slice(name.lastIndexOf('.') + 1), index)
  })
  const at = (name: string | RegExp): readonly number[] => {
    if (typeof name !== 'string') return [...byName].flatMap(([each, places]) => (name.test(each) ? places : []))
    return (name.startsWith('*.') ? byEnd.get(name.slice(2)) : byName.get(name)) ?? []
  }
  const texts = new Map<string, string | undefined>()
  let bytes = 0
  const load = (path: string): string | undefined => {
    if (isEnvFile(path)) return undefined
    const read = bytes > maxBytesTogether ? { kind: 'unusable' as const, problem: `more than ${maxBytesTogether} bytes were read already` } : readText(join(folder, path), maxBytes)
    if (read.kind === 'text') {
      bytes += read.text.length
      return read.text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
    }
    notes.push({ file: path, problem: read.kind === 'missing' ? 'it disappeared while it was read' : read.problem })
    return undefined
  }
  return {
    paths,
    named: (...names) => [...new Set(names.flatMap(at))].sort((a, b) => a - b).map((index) => paths[index] as string),
    text(path) {
      if (!texts.has(path)) texts.set(path, load(path))
      return texts.get(path)
    },
    start: (path) => (isEnvFile(path) ? undefined : readStart(join(folder, path), 4096)?.replace(/\r\n?/g, '\n')),
  }
}

/** 1-based line of the first match, or 1 when there is none. A string must stand for itself, not inside a longer word. */
export function lineOf(text: string, what: string | RegExp): number {
  const pattern = typeof what === 'string' ? new RegExp(`(?<![\\w-])${what.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}(?![\\w-])`) : what
  const at = text.search(pattern)
  return at < 0 ? 1 : text.slice(0, at).split('\n').length
}
