import { code } from '../../core/markdown.ts'
import { isServerFramework, languageName, serviceLanguage } from '../../core/service-language.ts'
import { readStack, type Stack } from '../../core/stack.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { codeFile, templateFor } from '../code-file.ts'
import type { FileWithBody, Section } from '../tool.ts'
import type { Decided } from './decide.ts'
import { dueFiles, type FileKind } from './files/due.ts'
import { givenFor } from './files/given.ts'

/** The stack as the server sees it: a browser's JavaScript is no reason for a file on a Python server. */
const serverStack = (stack: Stack): Pick<Stack, 'languages' | 'frameworks'> => ({ languages: [serviceLanguage(stack) ?? ''], frameworks: stack.frameworks })

const templatesOf = (decided: Decided, knowledge: Knowledge) => dueFiles(decided).map((kind) => ({ kind, template: templateFor(kind, serverStack(readStack(decided.situation.input)), knowledge) }))

/** Source files of the design: HTTP hardening, token verification, API keys. Only for frameworks and languages there is a template for. */
export function writeFiles(decided: Decided, knowledge: Knowledge): FileWithBody[] {
  const typed = readStack(decided.situation.input).languages.includes('typescript')
  return templatesOf(decided, knowledge).flatMap(({ template }) => (template === undefined ? [] : [codeFile(template, givenFor(template, decided), typed || template.facts.language.value !== 'typescript')]))
}

const saidIn: Readonly<Record<FileKind, string>> = { 'http-hardening': 'controls', 'token-verification': 'token-verification', 'api-keys': 'token-verification' }
const called: Readonly<Record<FileKind, string>> = { 'http-hardening': 'HTTP hardening', 'token-verification': 'token verification', 'api-keys': 'API keys' }

/** The sections, with a line where a file is called for and no template is written for the stack yet. */
export function sayLacking(sections: readonly Section[], decided: Decided, knowledge: Knowledge): Section[] {
  const stack = readStack(decided.situation.input)
  const frameworks = stack.frameworks.filter(isServerFramework)
  // A framework under its id, a language as people write it.
  const spoken = (id: string): string => (isServerFramework(id) ? code(id) : languageName(id))
  const named = (frameworks.length > 0 ? frameworks : [serviceLanguage(stack) ?? '']).map(spoken).join(', ')
  const written = (kind: FileKind) => [...new Set(Object.values(knowledge['code-templates']).filter(({ facts }) => facts.kind.value === kind).flatMap(({ facts }) => ((facts.frameworks.value ?? []).length > 0 ? facts.frameworks.value ?? [] : [facts.language.value ?? ''])))].sort()
  const lacking = templatesOf(decided, knowledge).filter(({ template }) => template === undefined).map(({ kind }) => ({ section: saidIn[kind], text: `No file for ${called[kind]} in ${named} yet; there is one for ${written(kind).map(spoken).join(', ')}.` }))
  return sections.map((section) => ({ ...section, body: [section.body, ...lacking.filter((one) => one.section === section.id).map(({ text }) => text)].join('\n\n') }))
}
