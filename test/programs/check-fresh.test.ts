import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { blueprintCall } from '../../src/engine/blueprint-call.ts'
import { lookAt } from '../../src/engine/check-look.ts'
import { checkDeliverables } from '../../src/project/check.ts'
import { deliverablesFolder, deliverableSpecs } from '../../src/project/deliverables.ts'
import { folder } from '../project/folder.ts'
import { worldAt } from '../support/world.ts'

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
const workflow = (branch: string, run: string): string => `on:\n  push:\n    branches: [${branch}]\n  pull_request:\n    branches: [${branch}]\njobs:\n  checks:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: ${run}\n`
const next = { dependencies: { next: '16.0.0', react: '19.0.0', 'react-dom': '19.0.0' }, devDependencies: { typescript: '5.9.0' } }

/** Repositories of the shapes that real ones have, and what once was held against the documents written for them a second before. */
const repositories: readonly (readonly [name: string, files: Readonly<Record<string, string>>])[] = [
  ['a provider that has ended, in use', { 'package.json': json({ ...next, name: 'links', dependencies: { ...next.dependencies, 'next-auth': '4.24.0', '@prisma/client': '7.0.0', 'posthog-js': '1.0.0' } }), 'pnpm-lock.yaml': '', 'prisma/schema.prisma': 'datasource db {\n  provider = "mysql"\n}\n', '.github/workflows/ci.yml': workflow('main', 'pnpm test') }],
  ['a main branch called master', { 'composer.json': json({ require: { php: '^8.3', 'laravel/framework': '^12' } }), 'composer.lock': '{}', 'package.json': json({ packageManager: 'pnpm@10.0.0', dependencies: { vue: '3' } }), 'pnpm-lock.yaml': '', '.github/workflows/tests.yml': workflow('master', 'composer test') }],
  ['a main branch called develop', { 'pubspec.yaml': 'name: scanner\ndependencies:\n  sentry_flutter: 9.0.0\n', '.github/workflows/check.yml': workflow('develop', 'flutter test') }],
  ['two CI systems', { 'package.json': json({ dependencies: { fastify: '5.0.0', typeorm: '0.3.0', pg: '8.0.0', 'better-auth': '1.0.0', '@growthbook/growthbook': '1.0.0', '@opentelemetry/api': '1.9.0' }, devDependencies: { typescript: '5.9.0' } }), 'pnpm-lock.yaml': '', '.circleci/config.yml': 'jobs:\n  t:\n    steps:\n      - run: pnpm test\n', '.github/workflows/codeql.yml': 'jobs:\n  a:\n    steps:\n      - uses: github/codeql-action/analyze@v4\n' }],
  ['a cluster and a metrics client at an early stage', { 'go.mod': 'module example.com/feeds\n\ngo 1.26.0\n\nrequire (\n\tgithub.com/lib/pq v1.10.9\n\tgithub.com/prometheus/client_golang v1.23.0\n)\n', 'go.sum': '', 'k8s/app.yaml': 'apiVersion: apps/v1\nkind: Deployment\n', '.github/workflows/tests.yml': workflow('main', 'go test ./...') }],
  ['variables without an underscore', { 'manage.py': '', 'requirements.txt': 'Django==6.0\npsycopg==3.3\n', 'docker/.env.example': 'DB=postgres\nDEBUG=\nURL=\nEMAIL_HOST=\n', '.github/workflows/tests.yml': workflow('master', 'pytest') }],
  ['Yarn in its newer form, and owners of code', { 'package.json': json({ ...next, packageManager: 'yarn@4.7.0' }), 'yarn.lock': '__metadata:\n  version: 8\n', CODEOWNERS: '* @acme/web\n', '.github/workflows/ci.yml': workflow('main', 'yarn test') }],
  ['services in several languages', { 'src/ads/build.gradle': "sourceCompatibility = 21\n", 'src/ads/gradlew': '', 'src/mail/requirements.txt': 'flask==3.1\n', 'src/cart/cart.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>', 'src/front/go.mod': 'module front\n\ngo 1.26\n', 'terraform/main.tf': 'resource "google_container_cluster" "a" {\n}\n', '.github/workflows/ci.yaml': workflow('main', 'make test') }],
  ['no lock file, no pipeline, no health check', { 'package.json': json({ dependencies: { express: '5.0.0' } }) }],
  ['a library', { 'Cargo.toml': '[package]\nname = "words"\n\n[lib]\n', '.github/workflows/ci.yml': workflow('master', 'cargo test') }],
]

test.each(repositories)('documents for %s are clean right after they are written, and a second run changes nothing', async (_, files) => {
  const root = folder(files)
  const world = worldAt(root)
  await blueprintCall.run({}, world)
  const texts = (): readonly string[] => deliverableSpecs.map(({ file }) => readFileSync(join(root, deliverablesFolder, file), 'utf8'))
  const { facts, repository } = lookAt(root, deliverablesFolder, world)
  const { findings, judged } = await checkDeliverables(root, undefined, facts, repository)
  expect(findings.filter(({ file, severity }) => file.startsWith(deliverablesFolder) && severity !== 'info').map(({ rule, file, line, found }) => `${rule} ${file}:${line} ${found}`)).toEqual([])
  expect(judged.filter(({ verdict }) => verdict === 'contradicted')).toEqual([])
  const before = texts()
  expect(before.every((text) => text.length > 500)).toBe(true)
  await blueprintCall.run({}, world)
  expect(texts()).toEqual(before)
})
