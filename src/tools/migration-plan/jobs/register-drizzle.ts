/** Puts a planned file into Drizzle's folder with the next number and a time after the last one: the migrator passes over anything earlier. */
export const registerDrizzle = `// Gives a planned migration its place in Drizzle's journal: node db/add-to-drizzle.mjs db/planned/release-1/FILE.sql
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const folder = process.env.DRIZZLE_FOLDER ?? 'drizzle'
const journalPath = join(folder, 'meta', '_journal.json')
const journal = existsSync(journalPath) ? JSON.parse(readFileSync(journalPath, 'utf8')) : { version: '7', dialect: process.env.DRIZZLE_DIALECT ?? 'postgresql', entries: [] }
for (const file of process.argv.slice(2)) {
  const name = basename(file, '.sql').replace(/^\\d+_/, '')
  if (journal.entries.some((entry) => entry.tag.replace(/^\\d+_/, '') === name)) throw new Error(name + ' is in the journal already.')
  const idx = journal.entries.length === 0 ? 0 : journal.entries.at(-1).idx + 1
  const when = Math.max(Date.now(), ...journal.entries.map((entry) => entry.when + 1))
  const tag = String(idx).padStart(4, '0') + '_' + name
  mkdirSync(join(folder, 'meta'), { recursive: true })
  writeFileSync(join(folder, tag + '.sql'), readFileSync(file))
  journal.entries.push({ idx, version: journal.version, when, tag, breakpoints: true })
  console.log(join(folder, tag + '.sql'))
}
writeFileSync(journalPath, JSON.stringify(journal, null, 2) + '\\n')`
