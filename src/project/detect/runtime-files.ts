import type { Detector } from './findings.ts'

const runtimes: Readonly<Record<string, string>> = { '.nvmrc': 'node', '.node-version': 'node', '.python-version': 'python', '.ruby-version': 'ruby', '.java-version': 'java', '.go-version': 'go' }
/** `openjdk-17` and `temurin-21.0.2` are versions of Java with their maker in front. */
const withoutMaker = (version: string): string => version.replace(/^[a-z][a-z-]*-(?=\d)/, '')

const toolNames: Readonly<Record<string, string>> = { nodejs: 'node', node: 'node', python: 'python', ruby: 'ruby', golang: 'go', go: 'go', java: 'java', 'dotnet-core': 'dotnet', dotnet: 'dotnet', php: 'php' }

/** Version files: `.nvmrc` and its kin, `.tool-versions` and `global.json`. They state what runs, so they win over ranges in manifests. */
export const detectRuntimeFiles: Detector = (files, found) => {
  for (const [name, runtime] of Object.entries(runtimes)) {
    for (const file of files.named(name)) {
      const version = /^v?([\w./-]{1,40})\s*$/m.exec(files.text(file) ?? '')?.[1]
      if (version !== undefined) found.add(`runtimeVersions.${runtime}`, version, file, 1, 'statement')
    }
  }
  for (const file of files.named('.tool-versions')) {
    (files.text(file) ?? '').split('\n').forEach((line, index) => {
      const [tool, version] = line.trim().split(/\s+/)
      const runtime = Object.hasOwn(toolNames, tool ?? '') ? toolNames[tool ?? ''] : undefined
      if (runtime !== undefined && version !== undefined) found.add(`runtimeVersions.${runtime}`, withoutMaker(version), file, index + 1, 'statement')
    })
  }
  for (const file of files.named('mise.toml', '.mise.toml')) {
    (files.text(file) ?? '').split('\n').forEach((line, index) => {
      const [, tool = '', version] = /^"?([\w-]+)"?\s*=\s*(?:\{\s*version\s*=\s*)?"([\w.-]{1,40})"/.exec(line) ?? []
      if (version !== undefined && /\d/.test(version) && Object.hasOwn(toolNames, tool)) found.add(`runtimeVersions.${toolNames[tool]}`, withoutMaker(version), file, index + 1, 'statement')
    })
  }
  for (const file of files.named('global.json')) {
    const version = /"version"\s*:\s*"(\d+\.\d+[\w.-]*)"/.exec(files.text(file) ?? '')?.[1]
    if (version !== undefined) found.add('runtimeVersions.dotnet', version, file, 1, 'statement')
  }
}
