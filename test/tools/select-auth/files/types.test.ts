import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { knowledge } from '../../../support/knowledge.ts'
import { bodyOf, folderBesidePackages } from './support.ts'

const tsc = fileURLToPath(new URL('../../../../node_modules/typescript/bin/tsc', import.meta.url))
const folder = folderBesidePackages()
afterAll(() => { folder.remove() })

/** Every way to switch the conditions of a template. */
const combinations = (names: readonly string[]): Record<string, boolean>[] =>
  names.reduce<Record<string, boolean>[]>((all, name) => all.flatMap((one) => [{ ...one, [name]: true }, { ...one, [name]: false }]), [{}])

const ours = Object.values(knowledge()['code-templates']).filter(({ facts }) => facts.language.value === 'typescript' && (facts.kind.value === 'http-hardening' || facts.kind.value === 'token-verification' || facts.kind.value === 'api-keys'))

test('every combination is clean under the strictest type checks, and a wrong use is found', () => {
  expect(ours.length).toBeGreaterThan(1)
  let written = 0
  for (const { id, facts } of ours) {
    const values = Object.fromEntries((facts.values.value ?? []).map((name) => [name, '"sample"']))
    for (const given of combinations(facts.conditions.value ?? [])) writeFileSync(join(folder.path, `${id}-${String(written++)}.ts`), bodyOf(id, { ...given, ...values }))
  }
  writeFileSync(join(folder.path, 'wrong.ts'), 'export const wrong: number = "text"\n')
  const compilerOptions = { target: 'ES2022', lib: ['ES2023'], module: 'NodeNext', strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noImplicitOverride: true, noUnusedLocals: true, noUnusedParameters: true, erasableSyntaxOnly: true, verbatimModuleSyntax: true, skipLibCheck: true, noEmit: true, types: ['node'] }
  writeFileSync(join(folder.path, 'package.json'), '{"type":"module"}')
  writeFileSync(join(folder.path, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder.path], { encoding: 'utf8' })
  expect(stdout.trim().split('\n').filter((line) => line !== '').map((line) => line.replace(/^.*[\\/]/, ''))).toEqual([expect.stringMatching(/^wrong\.ts\(1,14\): error TS2322/)])
}, 30_000)
