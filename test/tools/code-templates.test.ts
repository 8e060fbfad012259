import { transformSync } from 'esbuild'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { codeFile, templateText, type CodeTemplate } from '../../src/tools/code-file.ts'
import { knowledge } from '../support/knowledge.ts'

const templates = Object.values(knowledge()['code-templates'])
const pinned = (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { devDependencies: Record<string, string> }).devDependencies

/** Every way to switch the conditions of a template. */
function combinations(template: CodeTemplate): Record<string, boolean | string>[] {
  const values = Object.fromEntries((template.facts.values.value ?? []).map((name) => [name, '"sample"']))
  return (template.facts.conditions.value ?? []).reduce<Record<string, boolean | string>[]>((all, name) => all.flatMap((one) => [{ ...one, [name]: true }, { ...one, [name]: false }]), [values])
}

test('there are templates to check', () => expect(templates.length).toBeGreaterThan(0))

describe.each(templates.map((template) => [template.id, template] as const))('%s', (_, template) => {
  const { language, scriptPath, packages, path } = template.facts

  test('fills in every combination of its conditions, leaves no tag and reads as its language', () => {
    const texts = combinations(template).flatMap((given) => (scriptPath.value === null ? [true] : [true, false]).map((typed) => codeFile(template, given, typed)))
    expect(texts.length).toBeGreaterThan(0)
    for (const { path: written, body } of texts) {
      expect(body).not.toMatch(/<%|%>|\n{4}/)
      // The word is part of the language; more of them than the template holds would be a value that was not given.
      expect(body.split('undefined').length).toBeLessThanOrEqual(templateText(template).split('undefined').length)
      expect(body.split('\n').length).toBeLessThanOrEqual(language.value === 'go' ? 215 : language.value === 'python' ? 150 : 130)
      if (language.value === 'typescript') {
        const script = /\.(mjs|js)$/.test(written)
        expect(() => transformSync(body, { loader: script ? 'js' : 'ts' })).not.toThrow()
      }
    }
  })

  test('names the versions that our own tests run', () => {
    if (language.value !== 'typescript') return
    for (const { name, version } of packages.value ?? []) expect({ name, version: pinned[name]?.replace(/^\^/, '') }).toEqual({ name, version })
  })

  test('stays inside the project, and short enough to be read', () => {
    expect(path.value).toMatch(/^[\w.-]+(\/[\w.-]+)*$/)
    expect(templateText(template).split('\n').length).toBeLessThanOrEqual(language.value === 'go' ? 215 : 200)
  })
})
