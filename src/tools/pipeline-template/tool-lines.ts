import { code } from '../../core/markdown.ts'
import { table } from '../../core/table.ts'
import type { Plan } from './plan.ts'

/** Packages with the command-line tool of a target, where the project's lock file pins it. */
const clis: Readonly<Record<string, string>> = table({ vercel: 'vercel', railway: '@railway/cli', netlify: 'netlify-cli', 'cloudflare-workers': 'wrangler', aws: 'aws-cdk' })

const named = (manager: string): string => `Name the exact ${manager} version under ${code('packageManager')} in package.json.`

/** What makes an install of each package manager repeatable and no file can hold; one sentence each. */
const byManager: Readonly<Record<string, (plan: Plan) => string>> = table({
  pnpm: () => named('pnpm'),
  'yarn-berry': () => named('yarn'),
  bun: ({ toolVersion }) => (toolVersion('bun') === undefined ? named('bun') : `Set ${code('packageManager')} in package.json to ${code(`bun@${toolVersion('bun')}`)}, which the pipeline runs.`),
  poetry: ({ toolVersion }) => (toolVersion('poetry') === undefined ? `Set the variable ${code('POETRY_VERSION')} to the version that wrote the lock file.` : ''),
  pip: () => 'Pin every line of requirements.txt, best with hashes: pip has no lock file of its own.',
  maven: () => `Name exact versions in pom.xml, no range and no ${code('SNAPSHOT')}: Maven has no lock file.`,
  gradle: () => `Lock what Gradle resolves: ${code('dependencyLocking { lockAllConfigurations() }')}, and ${code('distributionSha256Sum')} beside the wrapper's address.`,
  dotnet: () => `Set ${code('RestorePackagesWithLockFile')} to true and commit each packages.lock.json: without one nothing is locked. Keep one solution in the root.`,
  bundler: () => `Run ${code('bundle lock --add-platform x86_64-linux')} once: a frozen install fails when the lock file knows only a Mac.`,
  composer: () => `List PHP extensions as ${code('ext-…')} in composer.json: the install then fails early where one is missing.`,
})

/** What a person does once in the project so that the generated lines find what they start. */
export function toolLines(plan: Plan): readonly string[] {
  const { toolchain, settings } = plan
  const pinned = toolchain.locksNpmTools ? plan.deploys.flatMap(({ target }) => (target.installs ? clis[target.id] ?? [] : [])) : []
  const manager = byManager[toolchain.packageManager]?.(plan) ?? ''
  return [
    ...(pinned.length > 0 ? [`Add ${[...new Set(pinned)].map(code).join(', ')} to the development dependencies: the lock file then pins the version that deploys.`] : []),
    ...(manager === '' ? [] : [manager]),
    ...(toolchain.language === 'go' && toolchain.checks.audit.length > 0 && settings.rank >= 2 ? [`Run ${code('go get -tool golang.org/x/vuln/cmd/govulncheck')} once, so that go.mod pins it.`] : []),
    ...(toolchain.language === 'python' && settings.given.scripts === undefined ? [`Keep ${['ruff', 'pytest', ...(settings.rank >= 2 ? ['pip-audit'] : [])].map(code).join(', ')} in the development dependencies.`] : []),
  ]
}
