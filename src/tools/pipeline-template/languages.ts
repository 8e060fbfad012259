import { go } from './languages/go.ts'
import { javascript, packageManagers as javascriptManagers } from './languages/javascript.ts'
import { packageManagers as pythonManagers, python } from './languages/python.ts'
import type { Toolchain, ToolchainRequest } from './model.ts'

interface Language { readonly toolchain: (request: ToolchainRequest) => Toolchain, readonly managers: readonly string[], readonly tools: 'javascriptTools' | 'pythonTools' | 'goTools' }

const js: Language = { toolchain: javascript, managers: javascriptManagers, tools: 'javascriptTools' }

/** Languages whose pipelines are generated, by stack id; the first package manager is assumed when none is given. */
export const languages: Readonly<Record<string, Language>> = {
  typescript: js,
  javascript: js,
  python: { toolchain: python, managers: pythonManagers, tools: 'pythonTools' },
  go: { toolchain: go, managers: ['go'], tools: 'goTools' },
}

/** Languages that are understood and not generated yet. */
export const laterLanguages: readonly string[] = ['java', 'kotlin', 'csharp', 'ruby', 'php', 'rust', 'swift', 'dart']
