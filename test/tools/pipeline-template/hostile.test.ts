import fc from 'fast-check'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { beforeAll, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { InputError } from '../../../src/core/errors.ts'
import { answer } from '../../../src/tools/answer.ts'
import { acceptedBy, parseStrict } from '../../../src/tools/parse.ts'
import { pipelineTemplate } from '../../../src/tools/pipeline-template/tool.ts'
import { providerIds } from '../../../src/tools/pipeline-template/model.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'

type Input = Readonly<Record<string, unknown>>

/** Every place of the input that takes a text, with the word that an error about it has to hold. */
const places: Readonly<Record<string, { readonly named: RegExp, readonly put: (text: string) => Input }>> = {
  name: { named: /name/, put: (name) => ({ name }) },
  language: { named: /language/, put: (language) => ({ language }) },
  framework: { named: /framework/, put: (framework) => ({ framework }) },
  runtimeVersion: { named: /runtimeVersion/, put: (runtimeVersion) => ({ runtimeVersion }) },
  database: { named: /database/, put: (database) => ({ database }) },
  migrationTool: { named: /migrationTool/, put: (migrationTool) => ({ migrationTool }) },
  defaultBranch: { named: /defaultBranch/, put: (defaultBranch) => ({ defaultBranch }) },
  hosting: { named: /hosting/, put: (hosting) => ({ hosting, deployTarget: undefined }) },
  deployTarget: { named: /deployTarget/, put: (deployTarget) => ({ deployTarget }) },
  ciProvider: { named: /ciProvider/, put: (ciProvider) => ({ ciProvider }) },
  stack: { named: /stack/, put: (text) => ({ stack: ['express', 'typescript', text] }) },
  existing: { named: /existing/, put: (text) => ({ existing: [text] }) },
  scripts: { named: /scripts/, put: (text) => ({ scripts: ['lint', 'test', text] }) },
  'application name': { named: /apps/, put: (text) => ({ apps: [`${text}:fly`] }) },
  'application target': { named: /apps|deployTarget/, put: (text) => ({ apps: [`web:${text}`] }) },
  existingCi: { named: /existingCi/, put: (text) => ({ existingCi: [text] }) },
  codeOwners: { named: /codeOwners/, put: (text) => ({ codeOwners: [`@${text}`], developers: 5 }) },
  requested: { named: /requested/, put: (text) => ({ requested: [text] }) },
  environments: { named: /environments/, put: (text) => ({ environments: [text] }) },
  'reason of a house rule': { named: /houseRules/, put: (reason) => ({ houseRules: { forbid: [{ id: 'jenkins', reason }, { id: 'bitbucket', reason }] } }) },
  'id of a house rule': { named: /houseRules/, put: (id) => ({ houseRules: { prefer: [{ id }] } }) },
  'pinned provider': { named: /ciProvider/, put: (ciProvider) => ({ decisions: { ciProvider } }) },
  'pinned migration tool': { named: /migrationTool/, put: (migrationTool) => ({ decisions: { migrationTool } }) },
  'reason of a pin': { named: /decisions/, put: (reason) => ({ decisions: { branchStrategy: 'github-flow', reason } }) },
}

const marker = 'zq7'
const harmless = 'zqharmless'
const fragments = [
  '"', "'", '`', '``', '$(id)', '`id`', '${{ secrets.X }}', '${{', '}}', '<< pipeline.x >>', '<<', '$[ x ]', '$(X)', '##vso[task.x]', '\n', '\r', '\u2028', '\t', ' ', ': ', ' #', '#', '- ', '!!js', '!', '&a', '*a', '|', '>', '---', '...', '%', '@', '[', ']', '{', '}', ',', '?', '\\', '/', '../',
  '🚀', '\u202e', '\u200f', '\u0000', '\u0007', 'ß', 'İ', 'constructor', '__proto__', 'toString', 'null', 'true', 'no', '0x1', '1e3', '~', '<b>', '</td>', '![x](y)', '[x](y)', '**', '__', '| a |', '```', 'a;b', 'a&&b', '|| x', '-x', '--y', '=', '+', '%0A', '${X}', '$X', '*', '?',
]
const hostile = fc.tuple(fc.array(fc.constantFrom(...fragments), { maxLength: 4 }), fc.array(fc.constantFrom(...fragments), { minLength: 1, maxLength: 4 })).map(([before, after]) => `${before.join('')}${marker}${after.join('')}`)

/** Projects that bring every part of the files: each provider, both depths, a database, an image, a migration. */
const projects: readonly Input[] = providerIds.flatMap((ciProvider, index) => [
  { ciProvider, stage: 'production', developers: 6, stack: ['express', 'typescript', 'postgresql', 'prisma'], packageManager: 'pnpm', deployTarget: ['aws-ecs', 'gcp', 'kubernetes'][index % 3] },
  { ciProvider, stage: 'mvp', developers: 1, stack: ['fastapi', 'alembic'], packageManager: 'pip', deployTarget: ['render', 'fly'][index % 2] },
])

/** Keys under which a pipeline file holds shell lines or other code. */
const isCode = /^(run|script|before_script|after_script|after-script|bash|inlineScript|command|.*\.sh)$/
const markdown = unified().use(remarkParse).use(remarkGfm)

interface MarkdownNode { readonly type: string, readonly lang?: string | null, readonly children?: readonly MarkdownNode[] }
/** The tree of a report without its words; pieces of text beside each other count as one. */
function shape({ type, lang, children = [] }: MarkdownNode): string {
  const inner = children.map(shape).filter((found, index, all) => found !== 'text' || all[index - 1] !== 'text')
  return `${type}${lang == null ? '' : `:${lang}`}${inner.length === 0 ? '' : `(${inner.join(' ')})`}`
}

/** A file as a program reads it: one YAML document, or text. */
interface Read { readonly path: string, readonly content: unknown }
interface Answered { readonly files: readonly Read[], readonly report: string }

function read({ path, body }: { readonly path: string, readonly body: string }): Read {
  if (!/\.ya?ml$/.test(path)) return { path, content: body }
  const documents = parseAllDocuments(body, { logLevel: 'silent' })
  return { path, content: Array.isArray(documents) && documents.length === 1 && documents[0]?.errors.length === 0 ? documents[0].toJS() : ['no single document', body] }
}

function ask(input: Input): Answered | InputError {
  try {
    const { asOf: _, include: __, detail: ___, ...given } = parseStrict(acceptedBy(pipelineTemplate), JSON.parse(JSON.stringify(input)), 'pipeline_template')
    const draft = pipelineTemplate.run(given as Parameters<typeof pipelineTemplate.run>[0], { knowledge: knowledge(), asOf, detail: 'normal' })
    return { files: draft.files.map(read), report: shape(markdown.parse(answer(draft, true).report) as MarkdownNode) }
  } catch (error) {
    if (error instanceof InputError) return error
    throw error
  }
}

/** Where `mine` differs from `other` in more than the text itself; differences inside code always count. */
function differences(mine: unknown, other: unknown, text: string, path: readonly string[] = []): string[] {
  const same = (value: string): string => value.replaceAll(text, harmless)
  if (typeof mine === 'string' && typeof other === 'string') return mine === other || (same(mine) === other && !path.some((key) => isCode.test(key))) ? [] : [`${path.join('.')}: ${JSON.stringify(mine)} is not ${JSON.stringify(other)}`]
  if (typeof mine !== 'object' || typeof other !== 'object' || mine === null || other === null) return Object.is(mine, other) ? [] : [`${path.join('.')}: ${String(mine)} is not ${String(other)}`]
  const [left, right] = [Object.entries(mine), Object.entries(other)]
  if (left.map(([key]) => same(key)).join('\n') !== right.map(([key]) => key).join('\n')) return [`${path.join('.')}: keys ${left.map(([key]) => key).join(', ')}`]
  return left.flatMap(([key, value], index) => differences(value, right[index]?.[1], text, [...path, key]))
}

/** Differences between two answers, path by path. */
const fileDifferences = (mine: Answered, other: Answered, text: string): string[] =>
  mine.files.map(({ path }) => path).join('\n') !== other.files.map(({ path }) => path).join('\n') ? [`paths: ${mine.files.map(({ path }) => path).join(', ')}`]
    : mine.files.flatMap(({ path, content }, index) => differences(content, other.files[index]?.content, text, [path]))

const usual = new Map<string, Answered | InputError>()
/** What a harmless word leads to at the same place; a text that asks a question is read as "undecided" where that is an answer. */
function expected(place: string, project: number): Answered {
  for (const word of [harmless, 'undecided']) {
    const key = `${place} ${project} ${word}`
    const found = usual.get(key) ?? ask({ ...projects[project], ...places[place]?.put(word) })
    usual.set(key, found)
    if (!(found instanceof InputError)) return found
  }
  throw new Error(`Nothing harmless is taken as ${place}.`)
}

beforeAll(() => { knowledge() })

test('hostile text is refused with the name of its field, or stays one text in files and report', () => {
  const seen = new Map<string, { refused: number, taken: number }>()
  fc.assert(fc.property(fc.constantFrom(...Object.keys(places)), fc.nat(projects.length - 1), hostile, (place, project, text) => {
    const mine = ask({ ...projects[project], ...places[place]?.put(text) })
    const counts = seen.get(place) ?? { refused: 0, taken: 0 }
    seen.set(place, counts)
    if (mine instanceof InputError) {
      counts.refused += 1
      expect(mine.message).toMatch(places[place]?.named ?? /$^/)
      expect(mine.message).not.toMatch(/[\r\n\u0000\u0007]/)
      return
    }
    counts.taken += 1
    const other = expected(place, project)
    expect(fileDifferences(mine, other, text)).toEqual([])
    expect(mine.report).toBe(other.report)
  }), { seed: 20_261_122, numRuns: 250 })
  // Each place was tried, and some of them let text through.
  expect([...seen.keys()].sort()).toEqual(Object.keys(places).sort())
  expect([...seen.values()].filter(({ taken }) => taken > 0).length).toBeGreaterThan(5)
})

test('the comparison sees a text that leaves its place', () => {
  const file = (body: string): Answered => ({ files: [read({ path: 'a.yml', body })], report: '' })
  const base = file(`a: ${harmless}\nrun: test\n`)
  expect(fileDifferences(file('a: "x: y"\nrun: test\n'), base, 'x: y')).toEqual([])
  expect(fileDifferences(file('a: x\nb: y\nrun: test\n'), base, 'x\nb: y')).not.toEqual([])
  expect(fileDifferences(file('a: x\nrun: test x\n'), file(`a: ${harmless}\nrun: test ${harmless}\n`), 'x')).not.toEqual([])
  expect(fileDifferences(file('a: x\n---\nb: y\n'), base, 'x\n---\nb: y')).not.toEqual([])
  expect(shape(markdown.parse('a **b**') as MarkdownNode)).not.toBe(shape(markdown.parse('a b') as MarkdownNode))
})
