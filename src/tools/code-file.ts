import { KnowledgeError } from '../core/errors.ts'
import { generatedFile } from '../core/file.ts'
import type { Stack } from '../core/stack.ts'
import { fill } from '../core/template.ts'
import type { Knowledge, SheetOf } from '../knowledge/collections.ts'
import type { TemplateKind } from '../knowledge/collections/code-templates.ts'
import type { FileWithBody } from './tool.ts'

export type CodeTemplate = SheetOf<'code-templates'>

/** The language of a template a project can take: TypeScript templates also serve plain JavaScript. */
const speaks = (template: CodeTemplate, languages: readonly string[]): boolean => {
  const { language, scriptPath } = template.facts
  return languages.includes(language.value ?? '') || (language.value === 'typescript' && scriptPath.value !== null && languages.includes('javascript'))
}

/** The template of a kind for a stack: one written for its framework before one for any framework; undefined when there is none yet. Ties go by id. */
export function templateFor(kind: TemplateKind, stack: Pick<Stack, 'languages' | 'frameworks'>, knowledge: Knowledge): CodeTemplate | undefined {
  const fitting = Object.values(knowledge['code-templates']).filter((template) => template.facts.kind.value === kind && speaks(template, stack.languages))
  const made = (template: CodeTemplate) => template.facts.frameworks.value ?? []
  return fitting.find((template) => made(template).some((framework) => stack.frameworks.includes(framework))) ?? fitting.find((template) => made(template).length === 0)
}

const block = /^```[a-z]*\n([\s\S]*?)^```$/gm

/** The only fenced block of a template's sheet. Throws KnowledgeError when there is none or more than one. */
export function templateText(template: CodeTemplate): string {
  const [found, ...more] = [...template.body.matchAll(block)]
  if (found?.[1] === undefined || more.length > 0) throw new KnowledgeError(`Unexpected ${more.length === 0 ? 'body without a fenced block' : 'second fenced block'} at references/code-templates/${template.id}.md, expected exactly one.`)
  return found[1]
}

/**
 * The generated file of a template. `given` holds every condition and value that its sheet declares; values are already quoted for the language.
 * `typed` false writes JavaScript from a TypeScript template.
 */
export function codeFile(template: CodeTemplate, given: Readonly<Record<string, string | boolean>>, typed = true): FileWithBody {
  const { path, scriptPath, language, purpose, verifyWith } = template.facts
  const target = typed ? path.value : scriptPath.value
  if (target === null || purpose.value === null || verifyWith.value === null) throw new KnowledgeError(`Missing ${target === null ? 'path' : 'purpose or verifyWith'} at references/code-templates/${template.id}.md.`)
  const names = language.value === 'typescript' && scriptPath.value !== null ? { ...given, typed } : given
  return generatedFile(target, purpose.value, verifyWith.value.replaceAll(path.value ?? '', target), fill(templateText(template), names, `references/code-templates/${template.id}.md`))
}
