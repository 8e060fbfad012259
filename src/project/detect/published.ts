import type { Detector } from './findings.ts'
import { lineOf } from './files.ts'

const record = (value: unknown): Record<string, unknown> => (value !== null && typeof value === 'object' && !Array.isArray(value) ? value as Record<string, unknown> : {})

/** Manifests in the root that publish a package for other programs: a library, unless what is in it says that it serves people. Only a hint. */
export const detectPublished: Detector = (files, found) => {
  const text = files.paths.includes('package.json') ? files.text('package.json') ?? '' : ''
  try {
    const json = record(JSON.parse(text === '' ? '{}' : text))
    // A package that also installs a command is a library when it says what its types or exports are.
    const entries = json['bin'] === undefined ? ['main', 'module', 'exports'] : ['types', 'typings', 'exports', 'module']
    if (json['private'] !== true && entries.some((key) => json[key] !== undefined) && json['workspaces'] === undefined) found.add('projectType', 'library', 'package.json', lineOf(text, /"(?:main|module|exports|types|typings)"\s*:/), 'hint')
  } catch {
    // What is wrong with it is said where it is read.
  }
  const composer = files.paths.includes('composer.json') ? files.text('composer.json') ?? '' : ''
  if (/"type"\s*:\s*"library"/.test(composer)) found.add('projectType', 'library', 'composer.json', lineOf(composer, /"type"\s*:\s*"library"/), 'hint')
  const packaged = /<(?:PackageId|PackageIcon|PackageReadmeFile|GeneratePackageOnBuild)>/
  for (const file of files.named('*.csproj').slice(0, 40)) {
    const project = files.text(file) ?? ''
    if (packaged.test(project)) found.add('projectType', 'library', file, lineOf(project, packaged), 'hint')
  }
  for (const file of ['outputs.tf', 'variables.tf'].filter((name) => files.paths.includes(name)).slice(0, 1)) {
    if (files.named('main.tf').some((path) => /^modules\/[^/]+\/main\.tf$/.test(path))) found.add('projectType', 'library', file, 1, 'hint')
  }
}
