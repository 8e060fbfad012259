import { go } from './languages/go.ts'
import { javascript, packageManagers as javascriptManagers } from './languages/javascript.ts'
import { packageManagers as pythonManagers, python } from './languages/python.ts'
import type { StageId, Toolchain, ToolchainRequest } from './model.ts'
import { table } from '../../core/table.ts'

interface Language { readonly toolchain: (request: ToolchainRequest) => Toolchain, readonly managers: readonly string[], readonly tools: 'javascriptTools' | 'pythonTools' | 'goTools' }

const js: Language = { toolchain: javascript, managers: javascriptManagers, tools: 'javascriptTools' }

/** Languages whose pipelines are generated, by stack id; the first package manager is assumed when none is given. */
export const languages: Readonly<Record<string, Language>> = table({
  typescript: js,
  javascript: js,
  python: { toolchain: python, managers: pythonManagers, tools: 'pythonTools' },
  go: { toolchain: go, managers: ['go'], tools: 'goTools' },
})

/** Languages that are understood and not generated yet. */
export const laterLanguages: readonly string[] = ['java', 'kotlin', 'csharp', 'ruby', 'php', 'rust', 'swift', 'dart']

/** Commands of languages that are decided and not generated yet, by package manager; only what the manager itself brings. */
export const laterTools: Readonly<Record<string, Readonly<Partial<Record<StageId, readonly string[]>>>>> = {
  maven: { test: ['`mvn --batch-mode verify`'], build: ['`mvn --batch-mode package`'] },
  gradle: { lint: ['`./gradlew check`'], test: ['`./gradlew test`'], build: ['`./gradlew build`'] },
  dotnet: { lint: ['`dotnet format --verify-no-changes`'], test: ['`dotnet test`'], build: ['`dotnet publish`'] },
}
