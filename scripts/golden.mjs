// Writes the deliverables of every example again, as the committed bundle makes them on the day the tests pretend it is.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [, day] = /asOf = '([\d-]+)'/.exec(readFileSync(join(root, 'test/support/knowledge.ts'), 'utf8'))
for (const name of readdirSync(join(root, 'examples'))) {
  const project = join(root, 'examples', name)
  rmSync(join(project, 'architecture-output'), { recursive: true, force: true })
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'dist/operational-patterns.cjs'), 'blueprint', '--project', project, '--as-of', day], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${name}: ${stderr}`)
}
