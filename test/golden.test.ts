import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { deliverablesFolder } from '../src/project/deliverables.ts'
import { blueprintCall } from '../src/engine/blueprint-call.ts'
import { examples, worldAt } from './support/world.ts'

const filesIn = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort()

const names = readdirSync(examples)

test('there are at least six examples', () => {
  expect(names.length).toBeGreaterThanOrEqual(6)
})

test.each(names)('%s gives the documents and files that are committed beside it', async (name) => {
  const fresh = mkdtempSync(join(tmpdir(), 'golden-'))
  cpSync(join(examples, name), fresh, { recursive: true })
  rmSync(join(fresh, deliverablesFolder), { recursive: true, force: true })
  await blueprintCall.run({}, worldAt(fresh))
  const committed = join(examples, name, deliverablesFolder)
  expect(existsSync(committed), 'run npm run golden, read the difference, and commit it').toBe(true)
  const made = filesIn(join(fresh, deliverablesFolder))
  expect(made).toEqual(filesIn(committed))
  for (const file of made) {
    expect(readFileSync(join(fresh, deliverablesFolder, file), 'utf8'), `${file}: run npm run golden, read the difference, and commit it`).toBe(readFileSync(join(committed, file), 'utf8'))
  }
  rmSync(fresh, { recursive: true, force: true })
})
