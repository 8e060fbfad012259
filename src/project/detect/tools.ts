import type { Detector, Findings } from './findings.ts'
import { lineOf } from './files.ts'

/** One manifest in the root and the tools that a pipeline may start because it names them; each pattern to the tool it means. */
interface Manifest {
  readonly files: readonly string[]
  /** Comes with the manifest itself, so that "names no tool" differs from "nobody looked". */
  readonly brings: string
  readonly tools: Readonly<Record<string, RegExp>>
}

const gem = (name: string): RegExp => new RegExp(`^[ \\t]*gem\\s+["']${name}["']`, 'm')
const artifact = (name: string): RegExp => new RegExp(`<artifactId>${name}</artifactId>`)
const required = (name: string): RegExp => new RegExp(`"${name}"\\s*:\\s*"`)
/** A requirement in a list (`"ruff>=0.9"`), a key of Poetry (`ruff = "^0.9"`) or a line of a requirements file. */
const distribution = (name: string): RegExp => new RegExp(`["']${name}(?:[[<>=~!; ][^"']*)?["']|^${name}\\s*(?:[[<>=~!;]|$)`, 'mi')
const python = Object.fromEntries(['ruff', 'flake8', 'black', 'mypy', 'pyright', 'pytest', 'pip-audit'].map((name) => [name, distribution(name)]))

const manifests: readonly Manifest[] = [
  { files: ['pyproject.toml', 'requirements.txt', 'requirements-dev.txt', 'requirements-test.txt', 'dev-requirements.txt', 'test-requirements.txt'], brings: 'python', tools: { ...python, 'require-hashes': /--hash=sha256:/ } },
  { files: ['Gemfile'], brings: 'bundle', tools: { rubocop: /^[ \t]*gem\s+["']rubocop/m, standard: gem('standard'), rspec: gem('rspec(?:-rails)?'), minitest: gem('minitest'), rails: gem('rails'), brakeman: gem('brakeman'), 'bundler-audit': gem('bundler-audit') } },
  {
    files: ['composer.json'], brings: 'composer',
    tools: { pint: required('laravel/pint'), 'php-cs-fixer': required('friendsofphp/php-cs-fixer'), phpcs: required('squizlabs/php_codesniffer'), phpstan: /"(?:phpstan\/phpstan|larastan\/larastan|nunomaduro\/larastan)"\s*:/, psalm: required('vimeo/psalm'), phpunit: required('phpunit/phpunit'), pest: required('pestphp/pest'), artisan: required('laravel/framework') },
  },
  { files: ['pom.xml'], brings: 'mvn', tools: { spotless: artifact('spotless-maven-plugin'), checkstyle: artifact('maven-checkstyle-plugin'), ktlint: artifact('ktlint-maven-plugin'), pmd: artifact('maven-pmd-plugin'), spotbugs: artifact('spotbugs-maven-plugin'), flyway: artifact('flyway-maven-plugin') } },
  {
    files: ['build.gradle', 'build.gradle.kts', 'gradle/libs.versions.toml'], brings: 'gradle',
    tools: { spotless: /com\.diffplug\.spotless/, checkstyle: /\bid\s*\(?["']checkstyle["']|^[ \t]*checkstyle[ \t]*$|`checkstyle`/m, ktlint: /org\.jlleitschuh\.gradle\.ktlint/, detekt: /io\.gitlab\.arturbosch\.detekt|dev\.detekt/, pmd: /\bid\s*\(?["']pmd["']|^[ \t]*pmd[ \t]*$|`pmd`/m, spotbugs: /com\.github\.spotbugs/, flyway: /\borg\.flywaydb\.flyway\b/ },
  },
]

/** Files of the root that decide how a project is run, each under its own name. */
const rootFiles = ['mvnw', 'gradlew', 'gradle.lockfile', 'manage.py', 'requirements-dev.txt', 'requirements-test.txt', 'dev-requirements.txt', 'test-requirements.txt']

/** .NET keeps a project file and a lock file in each folder. */
function readDotnet(files: Parameters<Detector>[0], found: Findings): void {
  const [project] = files.named('*.csproj', '*.fsproj', '*.sln', '*.slnx')
  if (project === undefined) return
  found.add('scripts', 'dotnet', project, 1)
  for (const file of ['.editorconfig', 'global.json']) if (files.paths.includes(file)) found.add('scripts', file, file, 1)
  const [lock] = files.named('packages.lock.json')
  if (lock !== undefined) found.add('scripts', 'packages.lock.json', lock, 1)
  for (const file of files.named('dotnet-tools.json').filter((path) => path === 'dotnet-tools.json' || path === '.config/dotnet-tools.json')) {
    found.add('scripts', 'dotnet-tools.json', file, 1)
    const text = files.text(file) ?? ''
    if (/"csharpier"/.test(text)) found.add('scripts', 'csharpier', file, lineOf(text, /"csharpier"/))
  }
}

/** Tools that lint, test and build a project in another language than JavaScript, as far as files in the root name them. */
export const detectTools: Detector = (files, found) => {
  for (const { files: names, brings, tools } of manifests) {
    for (const file of names.filter((name) => files.paths.includes(name))) {
      const text = files.text(file)
      if (text === undefined) continue
      if (!file.includes('/')) found.add('scripts', brings, file, 1)
      for (const [tool, pattern] of Object.entries(tools)) if (pattern.test(text)) found.add('scripts', tool, file, lineOf(text, pattern))
    }
  }
  for (const file of rootFiles) if (files.paths.includes(file)) found.add('scripts', file, file, 1)
  readDotnet(files, found)
}
