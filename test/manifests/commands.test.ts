import { beforeAll, describe, expect, it } from 'vitest'
import { knowledge } from '../support/knowledge.ts'
import { commandNames, frontMatter, read } from './repository.ts'

// Reading all sheets from Markdown is slow on a busy machine.
beforeAll(() => void knowledge(), 60_000)

const names = commandNames()
/** Commands that write documents, into which the assistant may add. */
const writers = ['blueprint', 'security-architecture', 'observability', 'devops-blueprint']

describe('slash commands', () => {
  it('are nine', () => expect(names).toEqual(['auth', 'blueprint', 'check', 'devops-blueprint', 'environments', 'migration', 'observability', 'pipeline', 'security-architecture']))

  it.each(names)('%s has the front matter that hosts read, and no more', (name) => {
    const { values, lines } = frontMatter(`commands/${name}.md`)
    expect(Object.keys(values)).toEqual(['description', 'argument-hint', 'allowed-tools', 'disable-model-invocation'])
    expect(values['disable-model-invocation']).toBe(true)
    // A bare colon would end the value, a bare bracket would start a list.
    for (const line of lines.filter((text) => /^(description|argument-hint):/.test(text))) expect(line).toMatch(/^[a-z-]+: ".*"$/)
  })

  it.each(names)('%s has its steps in at most 40 lines and takes arguments', (name) => {
    const text = read(`commands/${name}.md`)
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(40)
    const steps = (text.match(/^\d\. \*\*(\w+)\.\*\*/gm) ?? []).map((step) => step.replace(/[^A-Za-z]/g, ''))
    expect(steps).toEqual(name === 'check' ? ['Gather', 'Check', 'Show', 'Report'] : writers.includes(name) ? ['Gather', 'Decide', 'Write', 'Add', 'Check', 'Report'] : ['Gather', 'Decide', 'Write', 'Report'])
    expect(text).toContain('$ARGUMENTS')
  })

  it.each(names)('%s is granted tools of this server by their full names, and may edit documents where it writes them', (name) => {
    const granted = frontMatter(`commands/${name}.md`).values['allowed-tools'] as string[]
    expect(granted.length).toBeGreaterThan(0)
    const own = granted.filter((tool) => !tool.startsWith('mcp__'))
    expect(own).toEqual(writers.includes(name) ? ['Read', 'Edit(architecture-output/**)'] : [])
    for (const tool of granted.filter((one) => !own.includes(one))) expect(tool).toMatch(/^mcp__plugin_operational-patterns_ops__[a-z_]+$/)
  })

  it('name no product and hold no number', () => {
    const sheets = knowledge() as unknown as Record<string, Record<string, { name: string }>>
    const products = ['identity-providers', 'hosting-platforms', 'telemetry'].flatMap((collection) => Object.values(sheets[collection] ?? {}).map((sheet) => sheet.name))
    expect(products.length).toBeGreaterThan(10)
    for (const name of names) {
      const { body } = frontMatter(`commands/${name}.md`)
      expect(products.filter((product) => new RegExp(`\\b${product.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\b`).test(body)), name).toEqual([])
      expect(body.replace(/^\d\. /gm, '').match(/\d/g), name).toBeNull()
    }
  })
})
