import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { healthFile } from '../../../../src/tools/observability-stack/files/health.ts'
import { loggerFile } from '../../../../src/tools/observability-stack/files/logger.ts'
import { viewOf } from '../../../../src/tools/observability-stack/view.ts'
import { knowledge } from '../../../support/knowledge.ts'
import { nodeFolder } from '../../../support/run-node.ts'

const repository = fileURLToPath(new URL('../../../..', import.meta.url))
/** Stricter than most projects are. */
const compilerOptions = { target: 'ES2022', module: 'NodeNext', strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noImplicitReturns: true, noUnusedLocals: true, erasableSyntaxOnly: true, verbatimModuleSyntax: true, noEmit: true, types: ['node'], typeRoots: [join(repository, 'node_modules/@types')], skipLibCheck: true }

const bodies = (['express', 'nextjs'] as const).flatMap((framework) => {
  const view = viewOf({ stage: 'mvp', hosting: 'railway', stack: [framework, 'typescript'] }, knowledge())
  return [loggerFile(view, knowledge()), healthFile(view, knowledge())].map((file) => file?.body ?? '')
})
const usage = `
import type { Express, RequestHandler } from 'express'
import { createHealth } from './file-1.ts'
import { createLogger, requestLog } from './file-0.ts'
declare const app: Express
const log: RequestHandler = requestLog(createLogger({ level: 'warn' }))
const health = createHealth({ checks: [{ name: 'cache', critical: true, run: async () => 1 }] })
app.use(log).use(health.middleware)
health.stopOnSignal(app.listen(0, health.started))
`

function complaints(files: readonly string[]): string {
  const folder = nodeFolder({})
  try {
    files.forEach((text, index) => writeFileSync(join(folder.path, `file-${index}.ts`), text))
    writeFileSync(join(folder.path, 'package.json'), '{"type":"module"}')
    writeFileSync(join(folder.path, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...compilerOptions, allowImportingTsExtensions: true }, include: ['*.ts'] }))
    return spawnSync(process.execPath, [join(repository, 'node_modules/typescript/bin/tsc'), '-p', folder.path], { encoding: 'utf8' }).stdout
  } finally {
    folder.drop()
  }
}

test('logger and health endpoints pass a strict compiler, also where Express uses them', () => {
  expect(bodies.every((body) => body.length > 1000)).toBe(true)
  expect(complaints([...bodies, usage])).toBe('')
}, 20_000)

test('the compiler sees a wrong type', () => expect(complaints(['export const port: number = "80"\n'])).toContain('TS2322'), 20_000)
