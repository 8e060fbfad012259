import type { Detector } from './findings.ts'

const runtimes: Readonly<Record<string, string>> = { '.nvmrc': 'node', '.node-version': 'node', '.python-version': 'python', '.ruby-version': 'ruby', '.java-version': 'java', '.go-version': 'go' }
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
      if (runtime !== undefined && version !== undefined) found.add(`runtimeVersions.${runtime}`, version, file, index + 1, 'statement')
    })
  }
  for (const file of files.named('global.json')) {
    const version = /"version"\s*:\s*"(\d+\.\d+[\w.-]*)"/.exec(files.text(file) ?? '')?.[1]
    if (version !== undefined) found.add('runtimeVersions.dotnet', version, file, 1, 'statement')
  }
}
