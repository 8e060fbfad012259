import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { clientVersions, newestVersion } from './support/client-binary.ts'
import { pluginRepository } from './support/plugin-repo.ts'
import { createSandbox } from './support/sandbox.ts'

const repository = pluginRepository()
afterAll(() => rmSync(repository, { recursive: true, force: true }))

async function validate(version: string, ...args: string[]) {
  const sandbox = await createSandbox(version)
  try {
    return await sandbox.claude(['plugin', 'validate', ...args])
  } finally {
    await sandbox.remove()
  }
}

describe.each(clientVersions)('client %s', (version) => {
  test.each(['', '.claude-plugin/plugin.json'])('accepts the repository, strictly: %s', async (path) => {
    const { code, stdout, stderr } = await validate(version, '--strict', join(repository, path))
    expect(code, stdout + stderr).toBe(0)
  })

  test('refuses a plugin whose manifest holds an unknown field, so the check above can fail', async () => {
    const { code } = await validate(version, '--strict', join(import.meta.dirname, 'fixtures/unknown-field'))
    expect(code).not.toBe(0)
  })
})

test('the plugin directory has nothing to report', async () => {
  const { stdout, stderr } = await validate(newestVersion, '--profile', 'directory', '--strict', '--json', repository)
  const verdict = JSON.parse(stdout) as { success: boolean, manifest: { errors: unknown[], warnings: unknown[] }, directory: { findings: unknown[], undecided: unknown[] } }
  expect({ ...verdict.directory, ...verdict.manifest }, stdout + stderr).toMatchObject({ findings: [], undecided: [], errors: [], warnings: [] })
  expect(verdict.success).toBe(true)
})
