import { expect, test } from 'vitest'
import { checkJobs } from '../../../src/tools/pipeline-template/check-jobs.ts'
import { advisedVersion, ciImage, toolSha256, toolVersion } from '../../../src/tools/pipeline-template/facts.ts'
import { languages } from '../../../src/tools/pipeline-template/languages.ts'
import type { Toolchain, ToolchainRequest } from '../../../src/tools/pipeline-template/toolchain.ts'
import { knowledge } from '../../support/knowledge.ts'

const toolchain = (language: string, packageManager: string, more: Partial<ToolchainRequest> = {}): Toolchain => {
  const found = languages[language]?.toolchain({
    language, packageManager, runtimeVersion: undefined, advised: advisedVersion(knowledge(), language), scripts: undefined, framework: undefined, monorepo: undefined, database: undefined,
    versionOf: toolVersion(knowledge()), sha256Of: toolSha256(knowledge()), imageOf: ciImage(knowledge(), language), typescript: false, ...more,
  })
  if (found === undefined) throw new Error(language)
  return found
}
const lines = ({ checks }: Toolchain): readonly string[] => [...checks.lint, ...checks.test, ...checks.build, ...checks.audit]
const everyManager = Object.entries(languages).flatMap(([language, { managers }]) => managers.map((manager) => [language, manager] as const))

test('there are languages with package managers', () => {
  expect(everyManager.length).toBeGreaterThan(18)
})

test.each(everyManager)('%s with %s: fixed images, no newest anything, a cache that has a key, setup for GitHub and Azure', (language, manager) => {
  const found = toolchain(language, manager)
  expect(found).toMatchObject({ language, packageManager: manager })
  const { image, prepare, install, cacheKey, cachePaths } = found.container('$ROOT')
  expect(image).toMatch(/:[\w.-]*\d/)
  const text = JSON.stringify([found, image, prepare, install])
  expect(text).not.toMatch(/latest|undefined|\$UV_VERSION|\$POETRY_VERSION|lts\/\*|curl[^"]*\|/)
  expect(cachePaths.length === 0).toBe(cacheKey.length === 0)
  expect([...found.githubSetup, ...found.azureSetup].length).toBeGreaterThan(1)
  expect(found.azureSetup.every(({ task, script }) => (task === undefined) !== (script === undefined))).toBe(true)
  expect(lines(found).length).toBeGreaterThan(0)
  expect(found.checks.test.length).toBeGreaterThan(0)
})

const commands: readonly (readonly [language: string, manager: string, more: Partial<ToolchainRequest>, has: readonly RegExp[], lacks: readonly RegExp[]])[] = [
  ['java', 'maven', {}, [/^\.\/mvnw .* verify$/, /^\.\/mvnw .* package -DskipTests$/], [/spotless|checkstyle/]],
  ['java', 'maven', { scripts: ['mvn', 'checkstyle'] }, [/^mvn .* verify$/, /^mvn .* checkstyle:check$/], [/mvnw/]],
  ['kotlin', 'gradle', { scripts: ['gradle', 'gradlew', 'ktlint', 'detekt'] }, [/^\.\/gradlew --no-daemon ktlintCheck$/, /detekt$/, /check$/, /assemble$/], [/ build$/]],
  ['csharp', 'dotnet', { scripts: ['dotnet'] }, [/^dotnet test /, /^dotnet build /, /^dotnet restore .*NU1903/], [/dotnet format/]],
  ['csharp', 'dotnet', { scripts: ['dotnet', '.editorconfig', 'csharpier', 'dotnet-tools.json'] }, [/^dotnet csharpier check/], [/dotnet format/]],
  ['ruby', 'bundler', { framework: 'rails' }, [/^bin\/rails test$/, /^bundle exec rubocop$/, /brakeman/, /bundle-audit/], [/rspec/]],
  ['ruby', 'bundler', { scripts: ['bundle', 'rails', 'rspec', 'standard'] }, [/^bundle exec rspec$/, /standardrb/], [/rubocop|brakeman|bundle-audit|rails test/]],
  ['php', 'composer', { framework: 'laravel' }, [/^composer validate --strict/, /pint --test/, /^php artisan test$/, /^composer audit/], [/vendor\/bin\/phpunit/]],
  ['php', 'composer', { scripts: ['composer', 'pest', 'psalm'] }, [/^vendor\/bin\/pest$/, /psalm/], [/phpunit|phpstan|artisan/]],
  ['python', 'uv', { scripts: ['lint', 'test', 'build'] }, [/ruff check/, /pytest/, /pip-audit/], [/python -m build/]],
  ['python', 'pip', { scripts: ['python', 'manage.py', 'flake8'] }, [/^flake8 /, /^python manage.py test$/], [/pytest|ruff|pip-audit/]],
  ['javascript', 'npm', { scripts: ['test', 'rubocop'] }, [/^npm run test$/, /^npm audit/], [/build|lint/]],
]
test.each(commands)('%s with %s, %o', (language, manager, more, has, lacks) => {
  const found = lines(toolchain(language, manager, more))
  for (const pattern of has) expect(found.some((line) => pattern.test(line)), `${pattern} in ${found.join(' | ')}`).toBe(true)
  for (const pattern of lacks) expect(found.filter((line) => pattern.test(line))).toEqual([])
})

test('what a project does not name is listed as missing', () => {
  expect(toolchain('python', 'uv', { scripts: ['python'] })).toMatchObject({ checks: { lint: [], test: [], audit: [] }, missing: ['ruff', 'pytest', 'pip-audit'] })
  expect(toolchain('java', 'maven').missing).toEqual(['lint', 'dependency audit'])
})

test('requirements for development are installed too, and hashes are asked for where the file has them', () => {
  expect(toolchain('python', 'pip', { scripts: ['python', 'pytest', 'requirements-dev.txt', 'require-hashes'] }).install).toEqual(['python -m pip install --require-hashes --requirement requirements.txt --requirement requirements-dev.txt'])
  expect(toolchain('python', 'pip', { scripts: ['requirements.txt; rm -rf ~', '$(id)requirements.txt'] }).install).toEqual(['python -m pip install --requirement requirements.txt'])
})

test('a version is written as each place wants it', () => {
  expect(toolchain('csharp', 'dotnet', { runtimeVersion: '10.0' }).container('').image).toMatch(/sdk:10\.0-/)
  expect(toolchain('csharp', 'dotnet', { runtimeVersion: '10.0.100' }).container('').image).toMatch(/sdk:10\.0\.100$/)
  expect(toolchain('csharp', 'dotnet', { runtimeVersion: '10' }).githubSetup[0]?.with).toMatchObject({ 'dotnet-version': '10.0.x' })
  expect(toolchain('java', 'maven', { runtimeVersion: '21.0.5' }).azureSetup[0]?.inputs).toMatchObject({ versionSpec: '21' })
  expect(toolchain('typescript', 'npm', { runtimeVersion: '22.14.0' }).azureSetup[0]?.inputs).toEqual({ version: '22.14.0' })
  expect(toolchain('typescript', 'npm', { runtimeVersion: '22' }).azureSetup[0]?.inputs).toEqual({ version: '22.x' })
  expect(toolchain('php', 'composer', { runtimeVersion: '8.4.3' }).container('').image).toMatch(/^php:8\.4-cli/)
  expect(toolchain('go', 'go', { runtimeVersion: '1.27' }).azureSetup[0]?.task).toBeUndefined()
})

test('Corepack is installed at a fixed version before it is enabled: newer Node.js no longer brings it', () => {
  for (const manager of ['pnpm', 'yarn-berry']) expect(toolchain('typescript', manager).container('').prepare).toEqual([expect.stringMatching(/^npm install --global corepack@\d+\.\d+\.\d+$/), 'corepack enable'])
})

test('Composer is checked against its sum before it is run', () => {
  const { prepare } = toolchain('php', 'composer', { database: 'postgresql' }).container('')
  expect(prepare.findIndex((line) => /^echo "[0-9a-f]{64} {2}.*sha256sum --check/.test(line))).toBe(prepare.findIndex((line) => line.startsWith('chmod')) - 1)
  expect(prepare).toContain('docker-php-ext-install pdo_pgsql > /dev/null')
})

const affected = (packageManager: string, monorepo: string, scripts?: readonly string[]) => toolchain('typescript', packageManager, { monorepo, scripts })

test.each([['turborepo', 'pnpm', /^pnpm exec turbo run lint --filter="\.\.\.\[\$BASE\]"$/], ['turborepo', 'npm', /^npx --no -- turbo run lint/], ['nx', 'npm', /^npx --no -- nx affected --targets=lint --base="\$BASE" --head=HEAD$/], ['pnpm-workspaces', 'pnpm', /^pnpm --filter "\.\.\.\[\$BASE\]" --filter "!\{\.\}" run --if-present lint$/]])('%s with %s checks what a change reaches', (monorepo, manager, line) => {
  const found = affected(manager, monorepo)
  expect(found.readsBase).toBe(true)
  expect(found.affected?.lint[0]).toMatch(line)
  expect(lines(found).join('\n')).not.toContain('$BASE')
})

test.each([['npm-workspaces', 'npm'], ['npm-workspaces', 'pnpm'], ['pnpm-workspaces', 'npm'], ['npm-workspaces', 'yarn'], ['none', 'npm']])('%s with %s checks everything unless its tool can tell', (monorepo, manager) => {
  const found = affected(manager, monorepo)
  expect(found.readsBase).toBe(manager === 'pnpm' && monorepo !== 'none')
  expect(found.affected === null).toBe(!found.readsBase)
})

test('only scripts that packages are known to have are run in them; the others stay with the root', () => {
  expect(affected('pnpm', 'pnpm-workspaces', ['lint', 'format:check', 'packages:test']).affected).toMatchObject({ lint: ['pnpm run lint', 'pnpm run format:check'], test: [expect.stringContaining('--if-present test')], build: [] })
  expect(affected('pnpm', 'pnpm-workspaces', ['lint', 'test'])).toMatchObject({ affected: null, checks: { lint: ['pnpm run lint'], test: ['pnpm run test'] } })
  expect(affected('npm', 'npm-workspaces', ['test', 'packages:test', 'packages:lint']).checks).toMatchObject({ lint: ['npm run lint --workspaces --if-present'], test: ['npm run test'] })
  expect(affected('npm', 'turborepo', ['packages:check-types', 'packages:lint', 'format:check']).checks.lint).toEqual(['npx --no -- turbo run lint check-types', 'npm run format:check'])
})

test('the condition stands once in each check and never in the audit', () => {
  const jobs = checkJobs(affected('pnpm', 'turborepo'), 'split', null, true)
  for (const { id, steps } of jobs) for (const step of steps) expect(step.lines.join('\n').match(/git cat-file -e/g)?.length ?? 0).toBe(id === 'security' ? 0 : 1)
  expect(jobs.flatMap(({ steps }) => steps).every(({ lines: texts }) => texts.length > 0)).toBe(true)
})
