import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { bodyOf } from './support.ts'

const files: readonly (readonly [string, Record<string, string | boolean>, string])[] = [
  ['http-hardening-express', { sharedStore: true }, 'hardenBefore'],
  ['http-hardening-fastify', { sharedStore: true }, 'harden'],
  ['token-verification', { express: true, fastify: true, resource: true, proxy: true, issuer: 'A', audience: 'B' }, 'tokenVerifier'],
  ['token-api-keys', {}, 'createKey'],
]

test.skipIf(!('typescript' in process.features) || process.features.typescript === false)('Node 22.18 or newer, without a build: every file is loaded as it is written', () => {
  // Node takes types away everywhere but below node_modules, so the packages are linked into a folder elsewhere.
  const folder = mkdtempSync(join(tmpdir(), 'generated-'))
  try {
    symlinkSync(fileURLToPath(new URL('../../../../node_modules', import.meta.url)), join(folder, 'node_modules'))
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
    for (const [id, given, name] of files) {
      writeFileSync(join(folder, `${id}.ts`), bodyOf(id, given))
      const { stdout, stderr } = spawnSync(process.execPath, ['-e', `import('./${id}.ts').then((all) => console.log(typeof all.${name}))`], { cwd: folder, encoding: 'utf8' })
      expect([id, stdout.trim(), stderr.replaceAll(/.*(ExperimentalWarning|--trace-warnings).*\n/g, '')]).toEqual([id, 'function', ''])
    }
  } finally { rmSync(folder, { recursive: true, force: true }) }
}, 30_000)
