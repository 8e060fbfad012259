import { expect, test } from 'vitest'
import { detectProject } from '../../../src/project/detect.ts'
import { folder } from '../folder.ts'

const scripts = (files: Readonly<Record<string, string>>): readonly string[] => detectProject(folder(files)).scripts
const json = (value: unknown): string => JSON.stringify(value)

const cases: readonly (readonly [name: string, files: Readonly<Record<string, string>>, tools: readonly string[]])[] = [
  ['a Rails Gemfile', { Gemfile: 'source "https://rubygems.org"\ngem "rails", "~> 8.0"\ngroup :test do\n  gem "rspec-rails"\nend\n# gem "standard"\ngem "rubocop-rails-omakase", require: false\ngem "brakeman"\n' }, ['brakeman', 'bundle', 'rails', 'rspec', 'rubocop']],
  ['a Laravel project', { 'composer.json': json({ require: { 'laravel/framework': '^12' }, 'require-dev': { 'laravel/pint': '^1', 'larastan/larastan': '^3', 'phpunit/phpunit': '^11' } }).replace(/":/g, '": ') }, ['artisan', 'composer', 'phpstan', 'phpunit', 'pint']],
  ['PHP without any tool', { 'composer.json': '{"require": {"php": "^8.3"}}' }, ['composer']],
  ['Maven with its wrapper', { 'pom.xml': '<project><artifactId>app</artifactId><build><plugins><plugin><artifactId>spotless-maven-plugin</artifactId></plugin></plugins></build></project>', mvnw: '#!/bin/sh\n' }, ['mvn', 'mvnw', 'spotless']],
  ['Maven without a wrapper', { 'pom.xml': '<project><build><plugins><plugin><artifactId>maven-checkstyle-plugin</artifactId></plugin></plugins></build></project>' }, ['checkstyle', 'mvn']],
  ['Gradle, plugins in the version catalog', { 'build.gradle.kts': 'plugins { kotlin("jvm")\n  checkstyle\n}\n', 'gradle/libs.versions.toml': '[plugins]\nktlint = { id = "org.jlleitschuh.gradle.ktlint", version = "14.0.1" }\n', gradlew: '', 'gradle.lockfile': '' }, ['checkstyle', 'gradle', 'gradle.lockfile', 'gradlew', 'ktlint']],
  ['.NET with locks and local tools', { 'src/Api/Api.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web" />', 'src/Api/packages.lock.json': '{}', '.editorconfig': 'root = true\n', 'global.json': '{"sdk": {"version": "10.0.100"}}', '.config/dotnet-tools.json': '{"tools": {"csharpier": {}}}' }, ['.editorconfig', 'csharpier', 'dotnet', 'dotnet-tools.json', 'global.json', 'packages.lock.json']],
  ['an .editorconfig of another language', { '.editorconfig': 'root = true\n', 'go.mod': 'module example.com/x\n' }, []],
  ['Python with uv', { 'pyproject.toml': '[project]\nname = "a"\n[dependency-groups]\ndev = ["ruff>=0.9", "pytest[x]>=8", "mypy"]\n[tool.black]\nline-length = 99\n' }, ['mypy', 'pytest', 'python', 'ruff']],
  ['Python with Poetry', { 'pyproject.toml': '[tool.poetry]\nname = "a"\n[tool.poetry.group.dev.dependencies]\npytest = "^8"\nflake8 = "^7"\n' }, ['flake8', 'pytest', 'python']],
  ['Python with pip, hashes and a file for development', { 'requirements.txt': 'flask==3.1.0 --hash=sha256:0a\n', 'requirements-dev.txt': 'pytest==8.4\nruff==0.14.0\n', 'manage.py': '' }, ['manage.py', 'pytest', 'python', 'require-hashes', 'requirements-dev.txt', 'ruff']],
  ['scripts that packages of a workspace share', { 'package.json': json({ workspaces: ['packages/*'], scripts: { dev: 'x' } }), 'packages/a/package.json': json({ scripts: { test: 'x', dev: 'y' } }), 'packages/b/package.json': json({ scripts: { lint: 'x', test: 'x' } }) }, ['dev', 'packages:lint', 'packages:test']],
  ['the tasks Turborepo knows, not what packages have beside them', { 'package.json': json({}), 'turbo.json': '{\n  // tasks\n  "tasks": { "build": {}, "web#test": {}, "//#lint": {}, "dev": {} },\n}\n', 'packages/a/package.json': json({ scripts: { lint: 'x' } }) }, ['packages:build', 'packages:test']],
  ['targets of Nx', { 'nx.json': json({ targetDefaults: { build: {}, '@nx/js:tsc': {} } }), 'packages/a/package.json': json({ scripts: { lint: 'x' } }) }, ['packages:build', 'packages:lint']],
]

test.each(cases)('%s', (_, files, tools) => {
  expect(scripts(files)).toEqual(tools)
})

test('evidence points at the line', () => {
  const { evidence } = detectProject(folder({ Gemfile: 'source "https://rubygems.org"\n\ngem "brakeman"\n' }))
  expect(evidence).toContainEqual({ field: 'scripts', value: 'brakeman', file: 'Gemfile', line: 3 })
})

test('a broken turbo.json is a note, not an error', () => {
  const { notes, scripts: found } = detectProject(folder({ 'turbo.json': '{"tasks": ' }))
  expect(found).toEqual([])
  expect(notes.map(({ file }) => file)).toContain('turbo.json')
})
