import { parse } from 'smol-toml'
import type { Detector, Findings } from './findings.ts'
import { lineOf } from './files.ts'
import { pythonPackages } from './other-packages.ts'
import { addPackage } from './says.ts'

type Table = Record<string, unknown>
const table = (value: unknown): Table => (value !== null && typeof value === 'object' && !Array.isArray(value) ? value as Table : {})
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [])

/** Distribution name of a requirement like `uvicorn[standard]>=0.30 ; python_version > "3.9"`. */
const distribution = (requirement: string): string => (/^[A-Za-z0-9][\w.-]*/.exec(requirement.trim())?.[0] ?? '').toLowerCase().replace(/[_.]+/g, '-')

function readPyproject(text: string, file: string, found: Findings): void {
  const toml = table(parse(text))
  const project = table(toml['project'])
  const poetry = table(table(toml['tool'])['poetry'])
  const name = project['name'] ?? poetry['name']
  if (typeof name === 'string' && !file.includes('/')) found.add('name', name, file, lineOf(text, /^name\s*=/m))
  const python = project['requires-python'] ?? table(poetry['dependencies'])['python']
  if (typeof python === 'string') found.add('runtimeVersions.python', python, file, lineOf(text, /requires-python|^python\s*=/m))
  if ('poetry' in table(toml['tool'])) found.add('packageManager', 'poetry', file, lineOf(text, '[tool.poetry'), 'use')
  if ('uv' in table(toml['tool'])) found.add('packageManager', 'uv', file, lineOf(text, '[tool.uv'), 'use')
  found.add('stack', 'python', file, 1)
  const groups = [...Object.values(table(project['optional-dependencies'])), ...Object.values(table(toml['dependency-groups']))].flatMap(texts)
  const development = [...groups.map(distribution), ...Object.values(table(poetry['group'])).flatMap((group) => Object.keys(table(table(group)['dependencies'])))]
  for (const dependency of [...texts(project['dependencies']).map(distribution), ...Object.keys(table(poetry['dependencies']))]) addPackage(found, pythonPackages, dependency.toLowerCase(), file, lineOf(text, new RegExp(`(?<![\\w-])${dependency.replace(/-/g, '[-_.]')}(?![\\w-])`, 'i')))
  for (const dependency of development) addPackage(found, pythonPackages, dependency.toLowerCase(), file, lineOf(text, new RegExp(dependency.replace(/[^a-z0-9]/gi, '.'), 'i')), true)
}

/** pip-compile writes behind or below each line who asked for it: only what the list it started from (`-r`) names is a choice. */
function isAskedFor(lines: readonly string[], index: number): boolean {
  const below = lines.slice(index + 1)
  const end = below.findIndex((line) => !/^\s+#/.test(line))
  const remarks = [lines[index] ?? '', ...below.slice(0, end < 0 ? undefined : end)].join('\n')
  return !/#\s*via\b/.test(remarks) || /#.*-r /.test(remarks)
}

/** Python: `pyproject.toml`, `requirements*.txt` and `Pipfile`. */
export const detectPython: Detector = (files, found) => {
  for (const file of files.named('pyproject.toml')) {
    const text = files.text(file)
    if (text === undefined) continue
    try {
      readPyproject(text, file, found)
    } catch (error) {
      found.note(file, `it is not valid TOML: ${(error as Error).message.split('\n')[0]?.slice(0, 100)}`)
    }
  }
  for (const file of files.named('*.txt', '*.in', 'Pipfile').filter((path) => /(^|\/)(requirements[\w.-]*\.(txt|in)|Pipfile)$/.test(path))) {
    const text = files.text(file)
    if (text === undefined) continue
    found.add('stack', 'python', file, 1)
    found.add('packageManager', 'pip', file, 1, 'hint')
    const development = /dev|test|lint|docs/.test(file)
    const lines = text.split('\n')
    lines.forEach((line, index) => {
      if (/^[ \t]*[A-Za-z0-9]/.test(line) && isAskedFor(lines, index)) addPackage(found, pythonPackages, distribution(line), file, index + 1, development)
    })
  }
}
