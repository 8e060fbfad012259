import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { KnowledgeError } from '../core/errors.ts'
import { table } from '../core/table.ts'
import { collections, schemaOf, type CollectionName, type Knowledge } from './collections.ts'
import { splitFrontMatter } from './front-matter.ts'

/** Every source a fact or a plan names must be declared. */
function checkSources(sheet: { sources: Record<string, unknown>, facts: Record<string, unknown>, price: { plans: { name: string, source: string }[] } | null, lifecycle: { source: string } }, where: string): void {
  const used: [string, string][] = [['lifecycle', sheet.lifecycle.source]]
  for (const [name, fact] of Object.entries(sheet.facts)) used.push([`facts.${name}`, (fact as { source: string }).source])
  for (const plan of sheet.price?.plans ?? []) used.push([`price ${plan.name}`, plan.source])
  for (const [field, source] of used) {
    if (!(source in sheet.sources)) throw new KnowledgeError(`Unexpected source "${source}" at ${where}: ${field}, expected one of ${Object.keys(sheet.sources).join(', ')}.`)
  }
}

function readSheet(folder: string, collection: CollectionName, file: string): [string, unknown] {
  const where = `references/${collection}/${file}`
  const { data, body } = splitFrontMatter(readFileSync(join(folder, collection, file), 'utf8'), where)
  const parsed = schemaOf(collection).safeParse(data)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new KnowledgeError(`Unexpected value at ${where}: ${issue?.path.join('.')}, ${issue?.message}.`)
  }
  if (`${parsed.data.id}.md` !== file) throw new KnowledgeError(`Unexpected id "${parsed.data.id}" at ${where}, expected the file's name.`)
  checkSources(parsed.data as unknown as Parameters<typeof checkSources>[0], where)
  return [parsed.data.id, { ...parsed.data, body }]
}

/** Reads and validates every sheet below `folder` (`skills/operational-patterns/references`). Throws KnowledgeError with file and field. */
export function loadSheets(folder: string): Knowledge {
  const names = Object.keys(collections) as CollectionName[]
  return Object.fromEntries(names.map((collection) => {
    const files = readdirSync(join(folder, collection)).filter((file) => file.endsWith('.md')).sort()
    if (files.length === 0) throw new KnowledgeError(`No sheets found in references/${collection}, expected at least one.`)
    return [collection, table(Object.fromEntries(files.map((file) => readSheet(folder, collection, file))))]
  })) as unknown as Knowledge
}
