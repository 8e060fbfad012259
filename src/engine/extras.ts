import type { Profile } from '../core/profile.ts'
import { readStack, technologyId } from '../core/stack.ts'
import type { Detection } from '../project/detect.ts'
import { languages } from '../tools/pipeline-template/languages.ts'
import type { DecidingTool } from '../tools/tool.ts'
import type { ProjectFacts } from './inputs.ts'

/** Runtime whose version file speaks for a language. Go is left out: go.mod names a lowest version, and pipelines read it themselves. */
const runtimes: Readonly<Record<string, string>> = { typescript: 'node', javascript: 'node', python: 'python', java: 'java', kotlin: 'java', csharp: 'dotnet', ruby: 'ruby', php: 'php' }

/** What a project writes about its runtime as a version (`22`, `3.13.1`) or a lowest one (`>=22`); undefined for anything else. */
function plainVersion(text: string, runtime: string): string | undefined {
  const [, sign = '', version = ''] = /^(>=|\^|~|==?)?\s*v?(\d{1,3}(?:\.\d{1,3}){0,2})(?:\.[x*])*$/.exec(text.trim()) ?? []
  if (version === '') return undefined
  if (sign === '>=') return `>=${version}`
  // `^20.9` stays within 20; outside Node.js it may mean more, so it only says where the range starts.
  if (sign === '^') return runtime === 'node' ? version.split('.')[0] : `>=${version}`
  return sign === '~' ? version.split('.').slice(0, 2).join('.') : version
}

/** Version of the first language that the stack names and a file pins. */
function runtimeVersion({ runtimeVersions }: Detection, { language, stack }: Profile & { readonly language?: string }): string | undefined {
  const found = readStack({ stack: stack ?? [] }).languages
  // The same choice as pipeline_template makes: a language it writes files for comes first.
  const main = technologyId(language ?? '') ?? found.find((id) => id in languages) ?? found[0]
  const runtime = runtimes[main ?? '']
  const asked = runtime === undefined ? undefined : runtimeVersions[runtime]
  return runtime === undefined || asked === undefined ? undefined : plainVersion(asked, runtime)
}

/** As many entries as `existingCi` of pipeline_template takes. */
const mostCiEntries = 40

/** Own fields of tools that the repository can answer, under the tools' field names, for a profile with the arguments laid over it. Arguments replace them. */
export function extrasFor(tool: DecidingTool, { detection }: Pick<ProjectFacts, 'detection'>, profile: Profile): Record<string, unknown> {
  const seen: Record<string, unknown> = {
    variables: detection.variables,
    scripts: detection.scripts,
    // More workflows than a tool looks at are no reason to refuse the call.
    existingCi: detection.existingCi.slice(0, mostCiEntries),
    runtimeVersion: runtimeVersion(detection, profile),
    defaultBranch: detection.defaultBranch,
  }
  return Object.fromEntries(Object.entries(seen).filter(([name, value]) => (name in tool.own || tool.told?.includes(name) === true) && value !== undefined && !(Array.isArray(value) && value.length === 0)))
}
