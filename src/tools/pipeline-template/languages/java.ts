import type { Checks, Container, Step, Toolchain, ToolchainRequest } from '../toolchain.ts'
import { shortVersion, toolsOf } from './tools.ts'

export const packageManagers = ['maven', 'gradle'] as const

const linters = ['spotless', 'checkstyle', 'ktlint', 'detekt', 'pmd', 'spotbugs']

interface Builder {
  readonly program: string
  /** What a linter is called; undefined where the builder has no such task. */
  readonly lint: Readonly<Record<string, string>>
  readonly test: string
  readonly build: string
}

/** Maven keeps no lock file, so what it downloads has to match its checksums at least. `verify` runs integration tests as well. */
const maven = (program: string): Builder => ({
  program: `${program} --batch-mode --no-transfer-progress --strict-checksums`,
  lint: { spotless: 'spotless:check', checkstyle: 'checkstyle:check', ktlint: 'ktlint:check', pmd: 'pmd:check', spotbugs: 'compile spotbugs:check' }, test: 'verify', build: 'package -DskipTests',
})
const gradle = (program: string): Builder => ({
  program: `${program} --no-daemon`,
  lint: { spotless: 'spotlessCheck', checkstyle: 'checkstyleMain checkstyleTest', ktlint: 'ktlintCheck', detekt: 'detekt', pmd: 'pmdMain', spotbugs: 'spotbugsMain' }, test: 'check', build: 'assemble',
})

function setup(manager: string, version: string): readonly Step[] {
  const java: Step = { name: 'Set up Java', uses: 'actions/setup-java', with: { distribution: 'temurin', 'java-version': version, ...(manager === 'maven' ? { cache: 'maven' } : {}) } }
  // It checks the wrapper's checksum too; the other cache provider is not free for private code.
  return manager === 'maven' ? [java] : [java, { name: 'Set up Gradle', uses: 'gradle/actions/setup-gradle', with: { 'cache-provider': 'basic' } }]
}

/** Java and Kotlin with Maven or Gradle, through the project's wrapper where it has one; with nothing said, it has one. */
export function java(request: ToolchainRequest): Toolchain {
  const manager = request.packageManager === 'gradle' ? 'gradle' : 'maven'
  const wrapper = manager === 'maven' ? 'mvnw' : 'gradlew'
  const wrapped = toolsOf(request, ['mvn', 'mvnw', 'gradle', 'gradlew'], [wrapper])(wrapper)
  const program = wrapped ? `./${wrapper}` : manager === 'maven' ? 'mvn' : 'gradle'
  const builder = manager === 'maven' ? maven(program) : gradle(program)
  const has = toolsOf(request, linters, [])
  const run = (task: string): string => `${builder.program} ${task}`
  const checks: Checks = { lint: linters.flatMap((name) => (has(name) && builder.lint[name] !== undefined ? [run(builder.lint[name])] : [])), test: [run(builder.test)], build: [run(builder.build)], audit: [] }
  const version = shortVersion(request.runtimeVersion ?? request.advised ?? '', 1)
  const builderVersion = request.versionOf(manager)
  const image = wrapped || builderVersion === undefined ? request.imageOf(version) ?? `eclipse-temurin:${version}` : manager === 'maven' ? `maven:${builderVersion}-eclipse-temurin-${version}` : `gradle:${builderVersion}-jdk${version}`
  const locked = toolsOf(request, ['gradle.lockfile'], [])('gradle.lockfile')
  return {
    language: request.language, packageManager: manager, lockFile: manager === 'maven' ? 'pom.xml' : 'gradle.lockfile', install: [], checks, affected: null, readsBase: false,
    exec: run, locksNpmTools: false, dependabot: manager, githubSetup: setup(manager, version),
    azureSetup: [{ displayName: 'Set up Java', task: 'JavaToolInstaller@0', inputs: { versionSpec: version, jdkArchitectureOption: 'x64', jdkSourceOption: 'PreInstalled' } }],
    container: (root): Container => (manager === 'maven' ? {
      image, prepare: [], install: [], cacheKey: ['pom.xml'], cachePaths: ['.m2/'],
      variables: { MAVEN_OPTS: `-Dmaven.repo.local=${root}/.m2/repository`, MAVEN_USER_HOME: `${root}/.m2` },
    } : {
      image, prepare: [], install: [], cacheKey: [...(wrapped ? ['gradle/wrapper/gradle-wrapper.properties'] : []), ...(locked ? ['gradle.lockfile'] : [])],
      cachePaths: wrapped || locked ? ['.gradle-home/caches/', '.gradle-home/wrapper/'] : [], variables: { GRADLE_USER_HOME: `${root}/.gradle-home` },
    }),
    missing: [...(checks.lint.length === 0 ? ['lint'] : []), 'dependency audit'],
  }
}
