import { readdirSync, realpathSync } from 'node:fs'
import { posix } from 'node:path'
import { InputError } from '../core/errors.ts'
import { checkDocument } from './check-document.ts'
import { deliverablesFolder, deliverableSpecs } from './deliverables.ts'
import { isInside, realRoot, reason, resolveInside } from './inside.ts'
import { readDeliverable } from './managed-files.ts'

export const checkRules = ['missing-document', 'missing-section', 'empty-section', 'placeholder', 'broken-marker', 'edited-part', 'missing-columns', 'empty-table'] as const
export type CheckRule = (typeof checkRules)[number]

/** One thing found in a deliverable. `file` is relative to the project, `line` counts from 1. */
export interface CheckFinding {
  readonly rule: CheckRule
  readonly severity: 'error' | 'warning' | 'info'
  readonly file: string
  readonly line: number
  readonly found: string
  readonly expected: string
  readonly next: string
}

/** What was checked: `documents` are the files that were read; `clean` means no error and no warning. */
export interface CheckReport { readonly findings: readonly CheckFinding[], readonly documents: readonly string[], readonly clean: boolean }

function documentsFolder(root: string, folder: string): string {
  const project = realRoot(root)
  const path = folder === '.' ? project : resolveInside(project, folder.replace(/\/+$/, ''))
  try {
    readdirSync(path)
  } catch (error) {
    throw new InputError(`Cannot check ${folder}: ${reason(error)}. Name the folder that holds ${deliverableSpecs.map((spec) => spec.file).join(', ')}, or write them first with the blueprint.`)
  }
  if (!isInside(project, realpathSync(path))) throw new InputError(`Cannot check ${folder}: it leads out of the project. Name a folder inside the project.`)
  return path
}

const byPlace = (a: CheckFinding, b: CheckFinding): number => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0))

/**
 * Checks the three deliverables in `folder` (relative to `root`). Findings are sorted by file, line and rule. Throws InputError when there was nothing to look at: a check of nothing must not pass.
 */
export async function checkDeliverables(root: string, folder: string = deliverablesFolder): Promise<CheckReport> {
  const path = documentsFolder(root, folder)
  const texts = deliverableSpecs.map((spec) => ({ spec, text: readDeliverable(path, spec.file) }))
  if (texts.every(({ text }) => text === undefined)) throw new InputError(`Nothing to check in ${folder}, expected ${deliverableSpecs.map((spec) => spec.file).join(', ')}. Write them with the blueprint, or name the folder that holds them.`)
  const findings: CheckFinding[] = []
  const shown = (file: string): string => posix.join(folder.replaceAll('\\', '/'), file)
  for (const { spec, text } of texts) {
    const file = shown(spec.file)
    if (text === undefined) findings.push({ rule: 'missing-document', severity: 'error', file, line: 1, found: 'no such file', expected: `the ${spec.title} document`, next: 'Write it with the blueprint.' })
    else findings.push(...await checkDocument(spec, text, file))
  }
  return {
    findings: findings.sort(byPlace),
    documents: texts.filter(({ text }) => text !== undefined).map(({ spec }) => shown(spec.file)),
    clean: findings.every(({ severity }) => severity === 'info'),
  }
}
