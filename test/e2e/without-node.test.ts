import { rmSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { clientVersions } from './support/client-binary.ts'
import { pluginRepository } from './support/plugin-repo.ts'
import { createSandbox } from './support/sandbox.ts'
import { allText } from './support/seen.ts'
import { talk } from './support/session.ts'

const repository = pluginRepository()
afterAll(() => rmSync(repository, { recursive: true, force: true }))

// Native installs of the client bring no Node: then the skill has to do the work.
test.each(clientVersions)('client %s without Node: the server fails, the skill and the commands are there', async (version) => {
  const sandbox = await createSandbox(version)
  try {
    const bare = { ...sandbox, claude: (args: readonly string[], more = {}) => sandbox.claude(args, { ...more, PATH: sandbox.home }) }
    const session = await talk(bare, '/operational-patterns:auth', (_, turn) => (turn === 0 ? [{ call: 'Skill', with: { skill: 'operational-patterns:operational-patterns' } }] : [{ say: 'done' }]), ['--plugin-dir', repository])
    expect(session.init.mcp_servers, session.account).toContainEqual(expect.objectContaining({ name: 'plugin:operational-patterns:ops', status: 'failed' }))
    expect(session.result.permission_denials).toEqual([])
    expect(allText(session.turns[0]!)).toContain('Choose sign-in')
    expect(allText(session.turns[1]!)).toContain('Base directory for this skill')
  } finally {
    await sandbox.remove()
  }
})
