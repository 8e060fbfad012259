import { symlinkSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { InputError } from '../../src/core/errors.ts'
import { Profile, type Profile as ProfileType } from '../../src/core/profile.ts'
import { detectProject } from '../../src/project/detect.ts'
import { openProject } from '../../src/project/detect/files.ts'
import type { Note } from '../../src/project/detect/findings.ts'
import { folder } from './folder.ts'

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
const at = (root: string, field: string): string[] => detectProject(root).evidence.filter((found) => found.field === field).map(({ value, file, line }) => `${value} ${file}:${line}`)

/** Files, and what they must lead to. */
const cases: readonly (readonly [name: string, files: Readonly<Record<string, string>>, expected: ProfileType])[] = [
  ['npm lockfile', { 'package-lock.json': '{}' }, { packageManager: 'npm' }],
  ['pnpm lockfile', { 'pnpm-lock.yaml': 'lockfileVersion: "9.0"\n' }, { packageManager: 'pnpm' }],
  ['yarn classic lockfile', { 'yarn.lock': '# yarn lockfile v1\n' }, { packageManager: 'yarn' }],
  ['yarn berry lockfile', { 'yarn.lock': '# generated\n\n__metadata:\n  version: 8\n' }, { packageManager: 'yarn-berry' }],
  ['yarn berry named', { 'package.json': json({ packageManager: 'yarn@4.5.0' }) }, { packageManager: 'yarn-berry', stack: ['javascript'] }],
  ['yarn classic named', { 'package.json': json({ packageManager: 'yarn@1.22.22' }) }, { packageManager: 'yarn', stack: ['javascript'] }],
  ['bun', { 'bun.lock': '{}' }, { packageManager: 'bun' }],
  ['uv', { 'uv.lock': 'version = 1\n', 'pyproject.toml': '[project]\nname = "a"\n' }, { name: 'a', packageManager: 'uv', stack: ['python'] }],
  ['poetry', { 'pyproject.toml': '[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\npython = "^3.12"\nDjango = "^5"\n' }, { name: 'a', projectType: 'web-app', clients: ['web'], packageManager: 'poetry', stack: ['python', 'django'], migrationTool: 'django-migrations' }],
  ['pip', { 'requirements.txt': '# web\nFlask==3.0\nflask_migrate\npsycopg2-binary>=2.9 ; python_version > "3.8"\nopenai\n' }, { projectType: 'api', packageManager: 'pip', stack: ['python', 'flask', 'postgresql', 'openai'], migrationTool: 'alembic', usesLlm: true }],
  ['Turborepo over pnpm workspaces', { 'turbo.json': '{}', 'pnpm-workspace.yaml': 'packages: [apps/*]\n' }, { monorepo: 'turborepo' }],
  ['Nx', { 'nx.json': '{}' }, { monorepo: 'nx' }],
  ['npm workspaces', { 'package.json': json({ workspaces: ['a'] }) }, { monorepo: 'npm-workspaces', stack: ['javascript'] }],
  ['pnpm settings alone are no workspace', { 'pnpm-workspace.yaml': 'onlyBuiltDependencies: [esbuild]\n' }, {}],
  ['Next.js with Clerk, Sentry and Stripe', { 'package.json': json({ name: '@acme/shop', dependencies: { next: '16', '@clerk/nextjs': '6', '@sentry/nextjs': '10', stripe: '19' } }) }, { name: '@acme/shop', projectType: 'web-app', clients: ['web'], takesPayments: true, existing: ['clerk', 'sentry', 'stripe'], stack: ['nextjs', 'stripe', 'javascript'] }],
  ['a language model SDK', { 'package.json': json({ dependencies: { '@anthropic-ai/sdk': '1' } }) }, { usesLlm: true, stack: ['anthropic', 'javascript'] }],
  ['SDKs in development packages say nothing about the product', { 'package.json': json({ devDependencies: { openai: '6', stripe: '19', '@anthropic-ai/mcpb': '2' } }) }, { existing: ['stripe'], stack: ['javascript', 'openai', 'stripe'] }],
  ['NestJS with TypeORM', { 'package.json': json({ dependencies: { '@nestjs/core': '11', typeorm: '0.3', pg: '8' }, devDependencies: { typescript: '5' } }) }, { projectType: 'api', migrationTool: 'typeorm', stack: ['nestjs', 'typeorm', 'postgresql', 'typescript', 'javascript'] }],
  ['Go', { 'go.mod': 'module example.com/x\n\ngo 1.24\n\nrequire (\n\tgithub.com/jackc/pgx/v5 v5.7.0\n\tgithub.com/pressly/goose/v3 v3.24.0\n)\n' }, { name: 'x', projectType: 'api', packageManager: 'go', stack: ['go', 'postgresql'], existing: ['goose'] }],
  ['.NET', { 'src/Api/Api.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web">\n  <PropertyGroup><TargetFramework>net9.0</TargetFramework></PropertyGroup>\n  <ItemGroup>\n    <PackageReference Include="Npgsql.EntityFrameworkCore.PostgreSQL" Version="9.0.0" />\n  </ItemGroup>\n</Project>\n' }, { projectType: 'api', packageManager: 'dotnet', migrationTool: 'ef-core', stack: ['aspnet', 'csharp', 'ef-core', 'postgresql'] }],
  ['Gradle with Kotlin', { 'build.gradle.kts': 'plugins { kotlin("jvm") }\ndependencies {\n  implementation("org.springframework.boot:spring-boot-starter-web")\n  implementation("org.liquibase:liquibase-core:4.29.0")\n}\n' }, { projectType: 'api', packageManager: 'gradle', stack: ['java', 'kotlin', 'spring-boot'], existing: ['liquibase'] }],
  ['Rails', { Gemfile: 'source "https://rubygems.org"\ngem "rails", "~> 8.0"\ngem "pg"\n', 'db/migrate/20260101000000_create_users.rb': '' }, { projectType: 'web-app', clients: ['web'], packageManager: 'bundler', migrationTool: 'rails-migrations', stack: ['ruby', 'rails', 'postgresql'] }],
  ['Laravel', { 'composer.json': json({ require: { php: '^8.3', 'laravel/framework': '^12' } }) }, { projectType: 'web-app', clients: ['web'], packageManager: 'composer', migrationTool: 'laravel-migrations', stack: ['php', 'laravel'] }],
  ['Flutter', { 'pubspec.yaml': 'name: app\n', 'ios/Podfile': '', 'android/build.gradle': 'x' }, { name: 'app', projectType: 'mobile-app', clients: ['ios', 'android'], stack: ['flutter'] }],
  ['compose', { 'docker-compose.yml': 'services:\n  api:\n    build: .\n  worker:\n    build: .\n  db:\n    image: docker.io/library/postgres:17\n  cache:\n    image: valkey/valkey:8\n  queue:\n    image: rabbitmq:4\n  id:\n    image: quay.io/keycloak/keycloak:26\n' }, { services: 2, stack: ['postgresql', 'redis', 'rabbitmq'], existing: ['keycloak'] }],
  ['GitHub with a deploy to ECS', { '.github/workflows/deploy.yml': 'jobs:\n  d:\n    steps:\n      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2\n' }, { ciProvider: 'github-actions', hosting: 'aws-ecs' }],
  ['GitLab', { '.gitlab-ci.yml': 'test:\n  script: [make]\n' }, { ciProvider: 'gitlab' }],
  ['CircleCI', { '.circleci/config.yml': 'version: 2.1\n' }, { ciProvider: 'circleci' }],
  ['Azure Pipelines', { 'azure-pipelines.yml': 'steps: []\n' }, { ciProvider: 'azure-pipelines' }],
  ['Bitbucket', { 'bitbucket-pipelines.yml': 'pipelines: {}\n' }, { ciProvider: 'bitbucket' }],
  ['Jenkins has no provider', { Jenkinsfile: 'pipeline {}\n' }, {}],
  ['Prisma', { 'prisma/schema.prisma': 'datasource db {\n  provider = "mysql"\n}\n' }, { migrationTool: 'prisma-migrate', stack: ['mysql', 'prisma'] }],
  ['Drizzle', { 'drizzle.config.ts': 'export default { dialect: "postgresql" }\n' }, { migrationTool: 'drizzle-kit', stack: ['postgresql', 'drizzle'] }],
  ['Alembic', { 'alembic.ini': '[alembic]\nsqlalchemy.url = postgresql://localhost/x\n' }, { migrationTool: 'alembic', stack: ['alembic', 'postgresql'] }],
  ['Knex', { 'knexfile.js': '' }, { migrationTool: 'knex', stack: ['knex'] }],
  ['Vercel', { 'vercel.json': '{}' }, { hosting: 'vercel' }], ['Fly', { 'fly.toml': 'app = "x"\n' }, { hosting: 'fly' }], ['Railway', { 'railway.toml': '' }, { hosting: 'railway' }],
  ['Render', { 'render.yaml': 'services: []\ndatabases:\n  - name: db\n' }, { hosting: 'render', stack: ['postgresql'] }], ['Netlify', { 'netlify.toml': '' }, { hosting: 'netlify' }], ['Workers', { 'wrangler.jsonc': '{ // comment\n}' }, { hosting: 'cloudflare-workers' }],
  ['Terraform on Google', { 'infra/main.tf': '# provider "aws" was before\n\nprovider "google" {\n  region = "europe-west1"\n}\n' }, { hosting: 'gcp', dataResidency: ['eu'] }],
  ['Terraform on Azure', { 'main.tf': 'provider "azurerm" {\n}\nresource "azurerm_key_vault" "main" {}\n' }, { hosting: 'azure', existing: ['azure-kv'] }],
  ['Kubernetes', { 'k8s/app.yaml': 'apiVersion: apps/v1\nkind: Deployment\n' }, { hosting: 'kubernetes' }],
  ['Helm', { 'charts/app/Chart.yaml': 'name: app\n' }, { hosting: 'kubernetes' }],
  ['Kamal', { 'config/deploy.yml': 'service: shop\nimage: acme/shop\nservers:\n  web:\n    - 192.0.2.1\n' }, { hosting: 'virtual-server' }],
  ['a deploy.yml of something else', { 'config/deploy.yml': 'steps: []\n' }, {}],
  ['Compose for production', { 'compose.prod.yml': 'services:\n  web:\n    image: acme/web\n' }, { hosting: 'virtual-server' }],
  ['Compose for production beside a platform that says more', { 'docker-compose.prod.yml': 'services:\n  web:\n    image: acme/web\n', 'fly.toml': 'app = "x"\n' }, { hosting: 'fly' }],
  ['a systemd unit', { 'ops/app.service': '[Unit]\n[Service]\nExecStart=/usr/bin/app\n' }, { hosting: 'virtual-server' }],
  ['Terraform of machines at Hetzner', { 'main.tf': 'provider "hcloud" {\n}\n' }, { hosting: 'virtual-server' }],
  ['Terraform of a cluster at Hetzner', { 'main.tf': 'provider "hcloud" {\n}\nmodule "kube-hetzner" {\n  source = "kube-hetzner/kube-hetzner/hcloud"\n}\n' }, { hosting: 'hetzner-kubernetes' }],
  ['OpenShift', { 'deploy/route.yaml': 'apiVersion: route.openshift.io/v1\nkind: Route\n', 'deploy/app.yaml': 'apiVersion: apps/v1\nkind: Deployment\n' }, { hosting: 'openshift' }],
  ['an empty folder', {}, {}],
]

test.each(cases)('%s', (_, files, expected) => {
  const { profile, notes, disagreements } = detectProject(folder(files))
  expect(profile).toEqual(expected)
  expect(notes).toEqual([])
  expect(disagreements).toEqual([])
})

test('each value comes with the file and the line it stands on', () => {
  const root = folder({ 'package.json': '{\n  "name": "x",\n  "engines": {"node": ">=22"},\n  "scripts": {\n    "build": "b",\n    "test": "t"\n  },\n  "dependencies": {\n    "next": "16",\n    "next-auth": "5"\n  }\n}\n', 'apps/a/package.json': json({ scripts: { other: 'x' } }) })
  expect(at(root, 'stack')[0]).toBe('nextjs package.json:9')
  expect(at(root, 'existing')).toEqual(['nextauth package.json:10'])
  expect(at(root, 'scripts')).toEqual(['build package.json:5', 'test package.json:6'])
  expect(detectProject(root)).toMatchObject({ scripts: ['build', 'test'], runtimeVersions: { node: '>=22' } })
})

test('names of variables are read from examples; .env itself is never opened and no value is kept', () => {
  const root = folder({ '.env': 'SECRET_FROM_ENV=hunter2\n', '.env.local': 'LOCAL_ONE=hunter2\n', 'apps/a/.env.production': 'PROD_ONE=hunter2\n', '.env.example': '# comment\nDATABASE_URL=postgres://hunter2\nexport STRIPE_SECRET_KEY=hunter2\nnot a line\n', 'apps/a/.env.sample': 'API_URL=hunter2\n' })
  const detection = detectProject(root)
  expect(detection.variables).toEqual(['API_URL', 'DATABASE_URL', 'STRIPE_SECRET_KEY'])
  expect(detection.profile.takesPayments).toBe(true)
  expect(JSON.stringify(detection)).not.toMatch(/hunter2|SECRET_FROM_ENV|LOCAL_ONE|PROD_ONE/)
})

test('a pipe named .env or package.json cannot hold detection', () => {
  const root = folder({ 'go.mod': 'module x\n\ngo 1.24\n' })
  for (const name of ['.env', 'pom.xml']) execFileSync('mkfifo', [join(root, name)])
  expect(detectProject(root).profile.packageManager).toBe('go')
})

test('files that disagree are both shown and the stronger is kept', () => {
  const { profile, disagreements } = detectProject(folder({ 'package.json': json({ packageManager: 'pnpm@10.1.0' }), 'yarn.lock': '# yarn lockfile v1\n', '.nvmrc': 'v20\n', 'apps/a/package.json': json({ engines: { node: '>=22' } }), 'vercel.json': '{}', 'apps/api/fly.toml': '' }))
  expect(profile).toMatchObject({ packageManager: 'pnpm', hosting: 'vercel' })
  expect(disagreements.map(({ field, kept, others }) => [field, `${kept.value} ${kept.file}`, others.map(({ value, file }) => `${value} ${file}`)])).toEqual([
    ['hosting', 'vercel vercel.json', ['fly apps/api/fly.toml']],
    ['packageManager', 'pnpm package.json', ['yarn yarn.lock']],
    ['runtimeVersions.node', '20 .nvmrc', ['>=22 apps/a/package.json']],
  ])
})

test('two CI systems are both listed, with or without a provider sheet', () => {
  expect(detectProject(folder({ '.gitlab-ci.yml': '', Jenkinsfile: '' })).existingCi).toEqual(['.gitlab-ci.yml', 'gitlab', 'jenkins'])
  expect(detectProject(folder({ '.gitlab-ci.yml': '# Generated by operational-patterns (pipeline_template).\n' })).existingCi).toEqual(['gitlab'])
  expect(detectProject(folder({ '.github/dependabot.yml': 'version: 2\n', 'renovate.json': '{"description": ["Generated by operational-patterns (pipeline_template)"]}', CODEOWNERS: '* @me\n' })).existingCi).toEqual(['.github/dependabot.yml', 'CODEOWNERS'])
})

test('runtime versions come from version files before ranges', () => {
  expect(detectProject(folder({ '.tool-versions': 'nodejs 22.11.0\npython 3.13.0\n', 'global.json': '{"sdk": {"version": "9.0.100"}}', 'package.json': json({ engines: { node: '>=20' } }), 'pyproject.toml': '[project]\nname = "x"\nrequires-python = ">=3.12"\n' })).runtimeVersions).toEqual({ dotnet: '9.0.100', node: '22.11.0', python: '3.13.0' })
})

const malformed: Readonly<Record<string, string | Uint8Array>> = {
  'package.json': '{"dependencies": {"next": ', 'pyproject.toml': '[project\nname=', 'compose.yaml': 'services: [\n  a: }', 'solution.sdl.yaml': 'solution: {name: [}',
  'go.mod': Uint8Array.from([0, 1, 2, 255]), 'composer.json': '[]', '.nvmrc': '', 'Gemfile': '\u0000', 'pom.xml': 'x'.repeat(600_000), 'requirements.txt': '====\n[]\n', 'global.json': '{}', '.env.example': '=x\n\n',
}
test('malformed files become notes and the rest is still read', () => {
  const { profile, notes } = detectProject(folder({ ...malformed, 'fly.toml': '' }))
  expect(profile.hosting).toBe('fly')
  expect(notes.map(({ file }) => file)).toEqual(['Gemfile', 'compose.yaml', 'go.mod', 'package.json', 'pom.xml', 'pyproject.toml', 'solution.sdl.yaml'])
})

test('a YAML bomb and hostile names change nothing but notes', () => {
  const bomb = Array.from({ length: 9 }, (_, level) => `a${level}: &a${level} [${Array.from({ length: 9 }, () => (level === 0 ? 'lol' : `*a${level - 1}`)).join(',')}]`).join('\n')
  const root = folder({
    'solution.sdl.yaml': `${bomb}\nsolution: {name: x, stage: MVP}\nnonFunctional: {compliance: {frameworks: [gdpr]}}\n`, 'compose.yaml': `${bomb}\nservices: {db: {image: "postgres:17"}}\n`,
    'package.json': json({ name: 'a\nb\u0000`rm`', dependencies: { __proto__x: '1', constructor: '1', toString: '1', '__proto__': '1' }, scripts: { '$(id)': 'x', '': 'y' }, packageManager: 'evil@1', engines: { node: { a: 1 } } }),
  })
  const detection = detectProject(root)
  expect(Profile.safeParse(detection.profile).success).toBe(true)
  expect(detection.profile.stack).toContain('postgresql')
})

test('values the profile does not allow are left out with a note', () => {
  const { profile, notes } = detectProject(folder({ 'package.json': json({ name: 'two\nlines' }) }))
  expect(profile.name).toBeUndefined()
  expect(notes.map(({ problem }) => problem).join()).toContain('name')
})

test('symbolic links are not followed, circles end, and skipped folders are not entered', () => {
  const outside = folder({ 'fly.toml': '' })
  const root = folder({ 'node_modules/x/vercel.json': '{}', 'dist/netlify.toml': '', '.git/render.yaml': '', 'examples/a/railway.json': '{}' })
  symlinkSync(outside, join(root, 'linked'))
  symlinkSync(root, join(root, 'circle'))
  symlinkSync(join(outside, 'fly.toml'), join(root, 'fly.toml'))
  expect(detectProject(root)).toMatchObject({ profile: {}, filesSeen: 0 })
})

test('a very large repository is read up to a limit, shallow files first', () => {
  const files = Object.fromEntries(Array.from({ length: 42 }, (_, index) => [`a/b/${index}.txt`, '']))
  const notes: Note[] = []
  const { paths } = openProject(folder({ ...files, 'z/fly.toml': '' }), notes, 40)
  expect([paths.length, paths[0]]).toEqual([40, 'z/fly.toml'])
  expect(notes[0]?.problem).toContain('40 files')
})

test('a folder that is no folder or does not exist is an input error', () => {
  const root = folder({ file: 'x' })
  expect(() => detectProject(join(root, 'file'))).toThrow(InputError)
  expect(() => detectProject(join(root, 'missing'))).toThrow(InputError)
})

test('unknown fields are those nothing was found for, in the order of the profile', () => {
  const { unknown, profile } = detectProject(folder({ 'fly.toml': '' }))
  expect(unknown).toEqual(Object.keys(Profile.shape).filter((field) => !(field in profile) && field !== 'houseRules' && field !== 'decisions'))
})

test('a folder that a blueprint was written to says nothing about the project, under whatever name', () => {
  const root = folder({ 'plans/observability.md': '# Observability\n', 'plans/files/fly.toml': 'app = "x"\n' })
  expect(detectProject(root).profile.hosting).toBeUndefined()
})
