import { expect, test } from 'vitest'
import type { Profile } from '../../../src/core/profile.ts'
import { detectProject } from '../../../src/project/detect.ts'
import { branchesIn } from '../../../src/project/detect/branches.ts'
import { folder } from '../folder.ts'

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
const next = json({ dependencies: { next: '16' } })
const laravel = json({ require: { php: '^8.3', 'laravel/framework': '^12' } })
const testsOnPush = (branch: string): string => `on:\n  push:\n    branches:\n      - ${branch}\njobs:\n  t:\n    steps:\n      - run: npm test\n`

/** Shapes that real repositories have, small. Only the fields named are compared; `undefined` means that nothing may be said. */
const shapes: readonly (readonly [name: string, files: Readonly<Record<string, string>>, expected: Partial<Record<keyof Profile, unknown>>])[] = [
  // What stands beside the product.
  ['a site of documents beside a library', { 'Directory.Packages.props': '<Project></Project>', 'src/Words/Words.csproj': '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><PackageIcon>a.png</PackageIcon></PropertyGroup></Project>', 'website/package.json': next, 'website/vercel.json': '{}', 'website/pnpm-lock.yaml': '' }, { projectType: 'library', clients: undefined, hosting: undefined, packageManager: 'dotnet', stack: ['csharp'] }],
  ['samples and playgrounds of a package', { 'packages/core/package.json': json({ dependencies: { typescript: '5' } }), 'packages/core-playground/package.json': next, 'demo/vercel.json': '{}', 'package-lock.json': '{}' }, { clients: undefined, hosting: undefined, stack: ['typescript', 'javascript'] }],
  ['a repository that is only a sample', { 'demo/package.json': next }, { clients: ['web'], stack: ['nextjs', 'javascript'] }],
  ['packages of a pipeline', { 'pyproject.toml': '[project]\nname = "a"\ndependencies = ["fastapi"]\n', 'uv.lock': '', '.github/actions/label/package.json': json({ dependencies: { typescript: '5' } }), '.github/pnpm-lock.yaml': '' }, { stack: ['python', 'fastapi'], packageManager: 'uv' }],
  ['documents that Netlify publishes', { 'netlify.toml': '[build]\npublish = "docs/site/"\n' }, { hosting: undefined }],
  ['a unit that a Debian package installs', { 'go.mod': 'module a\n', 'agent/debian/agent.service': '[Service]\nExecStart=/usr/bin/agent\n' }, { hosting: undefined }],

  // The package manager of the main language.
  ['PHP with assets', { 'composer.json': laravel, 'composer.lock': '{}', 'package.json': json({ packageManager: 'pnpm@10.0.0', dependencies: { vue: '3' } }), 'pnpm-lock.yaml': '' }, { packageManager: 'composer' }],
  ['Python with a lock file of npm', { 'pyproject.toml': '[project]\nname = "a"\ndependencies = ["django"]\n', 'uv.lock': '', 'package-lock.json': '{}' }, { packageManager: 'uv' }],
  ['a web application with a script in Python', { 'package.json': next, 'package-lock.json': '{}', 'Pipfile.lock': '{}', Pipfile: '[packages]\nnumpy = "*"\n' }, { packageManager: 'npm' }],
  ['Java with a front', { 'gradlew': '', 'build.gradle': "implementation 'org.springframework.boot:spring-boot-starter-web:4'\n", 'ui/package.json': json({ packageManager: 'pnpm@11.0.0', dependencies: { vue: '3' } }) }, { packageManager: 'gradle' }],
  ['Elixir with assets', { 'mix.exs': 'defp deps do\n  [{:phoenix, "~> 1.8"}, {:phoenix_html, "~> 4.0"}, {:postgrex, "~> 0.20"}]\nend\n', 'assets/bun.lock': '{}', 'assets/package.json': json({ devDependencies: { esbuild: '1' } }) }, { packageManager: undefined, projectType: 'web-app', clients: ['web'], stack: ['elixir', 'postgresql', 'javascript'] }],
  ['Fastlane beside an Android application', { Gemfile: 'gem "fastlane"\n', 'Gemfile.lock': '', gradlew: '', 'app/build.gradle': "apply plugin: 'com.android.application'\napply plugin: 'kotlin-android'\n" }, { packageManager: 'gradle', projectType: 'mobile-app', clients: ['android'], stack: ['java', 'kotlin'] }],

  // What a package says.
  ['Storybook brings React to an Angular application', { 'package.json': json({ dependencies: { '@angular/core': '22', '@nestjs/core': '11' }, devDependencies: { 'react-dom': '19' } }) }, { projectType: 'web-app', stack: ['angular', 'nestjs', 'javascript'] }],
  ['the web server inside a desktop program', { 'go.mod': 'module a\n\ngo 1.27\n', 'desktop/package.json': json({ dependencies: { express: '5' }, devDependencies: { electron: '40' } }) }, { clients: ['desktop'], stack: ['go', 'javascript'] }],
  ['a query builder beside another migration runner', { 'package.json': json({ dependencies: { fastify: '5', knex: '3' }, devDependencies: { postgrator: '8' } }) }, { migrationTool: undefined, existing: ['postgrator'], stack: ['fastify', 'knex', 'javascript'] }],
  ['a module that another module needs', { 'go.mod': 'module a\n\nrequire (\n\tgithub.com/lib/pq v1.10.9\n\tgo.opentelemetry.io/otel v1.41.0 // indirect\n)\n' }, { existing: undefined, stack: ['go', 'postgresql'] }],
  ['a compiled list of requirements', { 'requirements.txt': 'flask==3.1\n    # via -r requirements.in\nsqlalchemy==2.0\n    # via\n    #   langchain-community\nredis==6.0\n    # via\n    #   -r requirements.in\n    #   celery\n' }, { stack: ['flask', 'python', 'redis'] }],
  ['SQL files of another tool', { 'store/migrations/0001_init.up.sql': '' }, { existing: undefined }],
  ['.NET with Aspire and a page', { 'Directory.Packages.props': '<PackageVersion Include="Aspire.StackExchange.Redis" Version="1" />\n<PackageVersion Include="Aspire.RabbitMQ.Client" Version="1" />\n', 'src/App/App.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>', 'src/App/Home.razor': '' }, { projectType: 'web-app', clients: ['web'], stack: ['csharp', 'redis', 'rabbitmq', 'aspnet'] }],
  ['Spring with Thymeleaf', { 'pom.xml': '<artifactId>spring-boot-starter-thymeleaf</artifactId>' }, { projectType: 'web-app', clients: ['web'] }],
  ['Laravel that answers with data', { 'composer.json': laravel, 'routes/api.php': '', 'resources/views/welcome.blade.php': '' }, { projectType: 'api', clients: undefined }],
  ['Laravel with pages and its usual database', { 'composer.json': laravel, 'routes/api.php': '', 'resources/views/shelf/index.blade.php': '', 'config/database.php': "'default' => env('DB_CONNECTION', 'mysql'),\n" }, { projectType: 'web-app', clients: ['web'], stack: ['php', 'laravel', 'mysql'] }],
  ['Rails that answers with data', { Gemfile: 'gem "rails"\n', 'config/application.rb': 'module A\n  config.api_only = true\nend\n' }, { projectType: 'api', clients: undefined }],
  ['Unity', { 'ProjectSettings/ProjectVersion.txt': 'm_EditorVersion: 6000.0.1f1\n', 'Packages/a/package.json': json({ name: 'a', unity: '6000.0' }) }, { projectType: 'game', clients: ['game'], stack: ['unity'] }],
  ['a command in Rust', { 'Cargo.toml': '[package]\nname = "a"\n\n[[bin]]\nname = "a"\n' }, { projectType: 'cli', clients: ['cli'] }],
  ['a server in Rust', { 'Cargo.toml': '[[bin]]\nname = "a"\n[dependencies]\naxum = "0.9"\n' }, { projectType: undefined, clients: undefined }],
  ['a library of npm', { 'package.json': json({ name: 'a', main: 'a.js', types: 'a.d.ts', bin: './a.js' }) }, { projectType: 'library' }],
  ['an application that npm init named a main file for', { 'package.json': json({ name: 'a', main: 'index.js', dependencies: { express: '5' } }) }, { projectType: 'api' }],
  ['a server, a web front and applications for phones', { 'mix.exs': '{:phoenix, "~> 1.8"}, {:phoenix_live_view, "~> 1.0"}\n', 'swift/A.xcodeproj/project.pbxproj': 'SDKROOT = iphoneos;\n' }, { projectType: 'web-app', clients: ['web', 'ios'] }],
  ['a program for macOS', { 'A.xcodeproj/project.pbxproj': 'SDKROOT = macosx;\n' }, { clients: ['desktop'] }],
  ['Terraform says which cluster the chart is for', { 'helm/Chart.yaml': 'name: a\n', 'terraform/main.tf': 'resource "google_container_cluster" "a" {\n}\n' }, { hosting: 'gke' }],
  ['images of a cluster', { 'kubernetes-manifests/redis.yaml': 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  containers:\n    - image: redis:alpine\n' }, { hosting: 'kubernetes', stack: ['redis'] }],

  ['migration runners that no sheet describes', { 'mix.exs': '{:phoenix, "~> 1.8"}, {:ecto_sql, "~> 3.13"}\n', 'Cargo.toml': '[dependencies]\nsqlx = "0.9"\n', 'package.json': json({ dependencies: { sequelize: '6' } }) }, { migrationTool: undefined, existing: ['sqlx', 'ecto', 'sequelize'] }],

  ['a web application beside one for phones', { 'apps/mobile/package.json': json({ dependencies: { expo: '55', 'react-dom': '19' } }), 'apps/web/package.json': next }, { projectType: 'web-app', clients: ['web', 'ios', 'android'] }],
  ['React Native that also runs in a browser', { 'package.json': json({ dependencies: { expo: '55', 'react-dom': '19' } }) }, { projectType: 'mobile-app' }],
  ['an SDL document with a front for browsers and one for phones', { 'solution.sdl.yaml': 'architecture:\n  projects:\n    frontend:\n      - framework: react\n    mobile:\n      - framework: react-native\n' }, { projectType: 'web-app' }],
  ['settings of a workspace below the root', { 'pyproject.toml': '[project]\nname = "a"\ndependencies = ["django"]\n', 'ui/pnpm-workspace.yaml': 'packages: [a]\n' }, { monorepo: undefined }],
  ['Symfony with pages', { 'composer.json': json({ name: 'acme/reader', require: { 'symfony/twig-bundle': '^7' } }) }, { name: 'reader', projectType: 'web-app', clients: ['web'] }],
  ['a name that the skeleton brought', { 'composer.json': json({ name: 'laravel/laravel', require: { 'laravel/framework': '^12' } }) }, { name: undefined }],
  ['names of manifests', { 'go.mod': 'module github.com/acme/feeds/v2\n', 'Cargo.toml': '[package]\nversion = "1"\nname = "words"\n' }, { name: 'words' }],

  // Which of two CI systems.
  ['workflows that only scan and greet', { '.github/workflows/codeql.yml': 'jobs:\n  a:\n    steps:\n      - uses: github/codeql-action/analyze@v4\n', '.circleci/config.yml': 'jobs:\n  t:\n    steps:\n      - run: pnpm run test\n' }, { ciProvider: 'circleci' }],
  ['a pipeline that is included from elsewhere', { '.github/workflows/ci.yml': testsOnPush('main'), '.gitlab-ci.yml': 'include:\n  - project: a/b\n' }, { ciProvider: 'github-actions' }],
  ['both test, and the clone says where it came from', { '.github/workflows/ci.yml': testsOnPush('main'), 'bitbucket-pipelines.yml': 'script:\n  - npm test\n', '.git/config': '[remote "origin"]\n\turl = https://hidden-token@github.com/a/b.git\n' }, { ciProvider: 'github-actions' }],
]

test.each(shapes)('%s', (_, files, expected) => {
  const detection = detectProject(folder(files))
  expect(Object.fromEntries(Object.keys(expected).map((field) => [field, detection.profile[field as keyof Profile]]))).toEqual(expected)
  expect(JSON.stringify(detection)).not.toContain('hidden-token')
})

test('a library of a monorepo does not say which runtime runs, what is started does', () => {
  const root = { 'package.json': json({ workspaces: ['packages/*'] }) }
  expect(detectProject(folder({ ...root, 'packages/a/package.json': json({ engines: { node: '>=14' } }) })).runtimeVersions).toEqual({})
  expect(detectProject(folder({ ...root, 'packages/a/package.json': json({ engines: { node: '>=22' }, scripts: { start: 'node a.js' } }) })).runtimeVersions).toEqual({ node: '>=22' })
  expect(detectProject(folder({ 'mise.toml': '[tools]\nnode = "24.19.0"\n', '.tool-versions': 'java openjdk-17\n' })).runtimeVersions).toEqual({ node: '24.19.0', java: '17' })
})

test('a turbo.json with globs is read: what stands in strings is no comment', () => {
  const detection = detectProject(folder({ 'turbo.json': '{\n  // tasks\n  "tasks": {\n    "build": {"outputs": [".next/**", "!.next/cache/**"],},\n    "lint": {}, /* all */\n  }\n}\n' }))
  expect(detection.notes).toEqual([])
  expect(detection.scripts).toEqual(['packages:build', 'packages:lint'])
})

test('a lock file too large to read is still told by its first lines', () => {
  expect(detectProject(folder({ 'yarn.lock': `# generated\n\n__metadata:\n  version: 8\n${'x'.repeat(600_000)}` }))).toMatchObject({ profile: { packageManager: 'yarn-berry' }, notes: [] })
})

test.each<[string, Readonly<Record<string, string>>, string | undefined, string]>([
  ['what the clone names', { '.git/refs/remotes/origin/HEAD': 'ref: refs/remotes/origin/mealtime-next\n' }, 'mealtime-next', '.git/refs/remotes/origin/HEAD:1'],
  ['the branch that workflows start on', { '.github/workflows/a.yml': testsOnPush('master') }, 'master', '.github/workflows/a.yml:4'],
  ['an inline list', { '.github/workflows/a.yml': 'on:\n  pull_request:\n    branches: ["develop", \'release/**\'] # both\n' }, 'develop', '.github/workflows/a.yml:3'],
  ['what is released, where pipelines start on two lines', { '.github/workflows/a.yml': 'on:\n  push:\n    branches:\n      - develop\n      - main\n', '.git/refs/remotes/origin/HEAD': 'ref: refs/remotes/origin/develop\n' }, 'main', '.github/workflows/a.yml:5'],
  ['GitLab', { '.gitlab-ci.yml': 'deploy:\n  rules:\n    - if: $CI_COMMIT_BRANCH == "trunk"\n' }, 'trunk', '.gitlab-ci.yml:3'],
  ['Azure', { 'azure-pipelines.yml': 'trigger:\n- main\n- rel/*\n\npr:\n- main\n' }, 'main', 'azure-pipelines.yml:2'],
  ['CircleCI', { '.circleci/config.yml': 'workflows:\n  w:\n    jobs:\n      - a:\n          filters:\n            branches:\n              only: master\n' }, 'master', '.circleci/config.yml:7'],
  ['Bitbucket', { 'bitbucket-pipelines.yml': 'pipelines:\n  branches:\n    master:\n      - step:\n          script: [make]\n' }, 'master', 'bitbucket-pipelines.yml:3'],
  ['branches to leave out', { '.github/workflows/a.yml': 'on:\n  push:\n    branches-ignore:\n      - main\n' }, undefined, ''],
  ['a name no shell should see', { '.git/refs/remotes/origin/HEAD': 'ref: refs/remotes/origin/$(id)\n' }, undefined, ''],
])('the default branch: %s', (_, files, branch, place) => {
  const { defaultBranch, evidence } = detectProject(folder(files))
  expect(defaultBranch).toBe(branch)
  const [first] = evidence.filter(({ field, value }) => field === 'defaultBranch' && value === branch)
  expect(first === undefined ? '' : `${first.file}:${first.line}`).toBe(place)
})

test('branches of a matrix or of a step are not taken for triggers of another kind', () => {
  expect(branchesIn('on:\n  push:\n    branches: [main]\n    tags:\n      - master\n').map(({ branch, line }) => `${branch} ${line}`)).toEqual(['main 3'])
})

test('a line is that of the value: not of a script called like it, of a lint setting, or of the blank line above', () => {
  const manifest = '{\n  "scripts": {\n    "knex": "knex"\n  },\n  "eslintConfig": {"env": {"node": true}},\n  "engines": {\n    "node": ">=24"\n  },\n  "dependencies": {\n    "knex": "3"\n  }\n}\n'
  const { evidence } = detectProject(folder({ 'package.json': manifest, Gemfile: 'source "x"\n\n\ngem "rails"\n', artisan: '', '.env.example': 'A=1\n\nDB_CONNECTION=pgsql\n' }))
  const lines = (field: string, value: string) => evidence.filter((found) => found.field === field && found.value === value).map(({ file, line }) => `${file}:${line}`)
  expect([lines('runtimeVersions.node', '>=24'), lines('stack', 'knex'), lines('stack', 'rails'), lines('stack', 'postgresql')]).toEqual([['package.json:7'], ['package.json:10'], ['Gemfile:4'], ['.env.example:3']])
})
