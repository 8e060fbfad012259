import { serviceLanguage } from '../../core/service-language.ts'
import { readStack } from '../../core/stack.ts'
import type { Finding } from './findings.ts'

/** Folders beside the product, wherever they stand: documents, sites about it, samples, tests, other people's code. */
const besides = /(?:^|\/)(?:[\w.-]+[-_.])?(?:docs?|documentation|website|site|storybook|playgrounds?|examples?|samples?|demos?|templates?|benchmarks?|bench|benches|load-?tests?|perf|e2e|tests?|__tests__|testing|specs?|fuzz|cypress|playwright|__mocks__|mocks|fixtures|third[-_]party|submodules|external)\//i
/** Folders that are beside the product only when they stand in the root: in a package, `scripts` and `utils` are code. */
const besidesInRoot = /^(?:\.github|\.devcontainer|\.storybook|scripts?|(?:[\w.]+-)?tools?|tooling|hack|utils?|contrib|packaging|debian|rpm|ci)\//i
/** What a pipeline runs and which variables there are is told wherever it stands. */
const toldAnywhere = new Set<string>(['scripts', 'variables', 'existingCi', 'ciProvider', 'defaultBranch'])

/** True for a file in a folder beside the product. */
export const isBeside = (file: string): boolean => besides.test(file) || besidesInRoot.test(file)
/** Databases that a development container starts are those of the product. */
const isDevelopment = ({ file, field }: Finding): boolean => file.startsWith('.devcontainer/') && field === 'stack'

/**
 * Findings without those in folders beside the product, as long as something outside says what the product is made of: a site about a
 * library is no reason to call the library a web application.
 */
export function ofTheProduct(findings: readonly Finding[]): readonly Finding[] {
  const says = ({ field, weight, file }: Finding): boolean => field === 'stack' && weight !== 'hint' && !isBeside(file)
  return findings.some(says) ? findings.filter((finding) => toldAnywhere.has(finding.field) || isDevelopment(finding) || !isBeside(finding.file)) : findings
}

const managers: Readonly<Record<string, readonly string[]>> = {
  typescript: ['npm', 'pnpm', 'yarn', 'yarn-berry', 'bun'], javascript: ['npm', 'pnpm', 'yarn', 'yarn-berry', 'bun'], python: ['uv', 'pip', 'poetry'], go: ['go'], java: ['maven', 'gradle'], kotlin: ['maven', 'gradle'],
  csharp: ['dotnet'], ruby: ['bundler'], php: ['composer'],
}
const everyManager = new Set(Object.values(managers).flat())

/** The language that answers requests, by what the manifests say. Findings are sorted by `compareFindings`. */
const mainLanguage = (findings: readonly Finding[]): string | null =>
  serviceLanguage(readStack({ stack: [...new Set(findings.filter(({ field, weight }) => field === 'stack' && weight !== 'hint').map(({ value }) => String(value)))] }))

/**
 * The package manager of the main language first: a PHP application whose assets are built with pnpm is installed with Composer. The
 * managers of other languages stay as evidence and contradict nothing, so they are hints. A language without a manager of its own here
 * (Elixir, Rust) makes all of them hints, and those below the root, where its assets are, go.
 */
export function managedByMainLanguage(findings: readonly Finding[]): readonly Finding[] {
  const language = mainLanguage(findings)
  if (language === null) return findings
  const own = managers[language]
  const found = findings.filter(({ field }) => field === 'packageManager')
  if (own === undefined) return findings.filter((finding) => !found.includes(finding) || !finding.file.includes('/'))
  if (!found.some(({ value }) => own.includes(String(value)))) return findings
  // A list of requirements only suggests pip; where nothing names another manager of the language, it is what there is.
  const isNamed = found.some(({ value, weight }) => own.includes(String(value)) && weight !== 'hint')
  const promoted = findings.map((finding): Finding => (!isNamed && finding.field === 'packageManager' && own.includes(String(finding.value)) ? { ...finding, weight: 'use' } : finding))
  return promoted.map((finding) => (finding.field === 'packageManager' && everyManager.has(String(finding.value)) && !own.includes(String(finding.value)) ? { ...finding, weight: 'hint' } : finding))
}

const browser = ['react', 'vue', 'angular', 'sveltekit', 'astro', 'nextjs', 'remix']

/** Without browser frameworks that only development packages name while the product uses another one: Storybook brings React along. */
export function withoutBorrowedFrameworks(findings: readonly Finding[]): readonly Finding[] {
  const isBrowser = ({ field, value }: Finding): boolean => field === 'stack' && browser.includes(String(value))
  const used = new Set(findings.filter((finding) => isBrowser(finding) && finding.weight !== 'hint').map(({ value }) => value))
  return used.size === 0 ? findings : findings.filter((finding) => !isBrowser(finding) || used.has(finding.value))
}

/** Everything that can only be judged when all findings are known. */
export const settle = (findings: readonly Finding[]): readonly Finding[] => managedByMainLanguage(withoutBorrowedFrameworks(ofTheProduct(findings)))
