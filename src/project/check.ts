import { lstatSync, readdirSync, realpathSync } from 'node:fs'
import { join, posix } from 'node:path'
import { InputError } from '../core/errors.ts'
import { checkDocument } from './check-document.ts'
import type { CheckFinding } from './check-finding.ts'
import { groupFindings } from './ci-audit/group.ts'
import type { AuditFacts } from './ci-audit/model.ts'
import { auditProject } from './ci-audit/project-files.ts'
import { deliverablesFolder, deliverableSpecs } from './deliverables.ts'
import { isInside, realRoot, reason, resolveInside } from './inside.ts'
import { readDeliverable } from './managed-files.ts'

/** What was checked: `documents` and `ciFiles` are the files that were read; `clean` means no error and no warning. */
export interface CheckReport { readonly findings: readonly CheckFinding[], readonly documents: readonly string[], readonly ciFiles: readonly string[], readonly clean: boolean }

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

const isMissing = (root: string): boolean => lstatSync(join(realRoot(root), deliverablesFolder), { throwIfNoEntry: false }) === undefined

async function checkDocuments(root: string, folder: string): Promise<Pick<CheckReport, 'findings' | 'documents'>> {
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
  return { findings: findings.sort(byPlace), documents: texts.filter(({ text }) => text !== undefined).map(({ spec }) => shown(spec.file)) }
}

/**
 * Checks the three deliverables in `folder` (relative to `root`; left out: where they are written) and audits the CI files of the project.
 * Findings on documents come first, by file, line and rule; then those on CI files, worst first, one for a rule in a file. Documents may be
 * missing where there are CI files and no folder was named. Throws InputError when there was nothing to look at: a check of nothing must not pass.
 */
export async function checkDeliverables(root: string, folder?: string, facts: AuditFacts = { pins: [] }): Promise<CheckReport> {
  const ci = auditProject(root, facts)
  const onlyCi = folder === undefined && ci.files.length + ci.findings.length > 0 && isMissing(root)
  const { findings: inDocuments, documents } = onlyCi ? { findings: [], documents: [] } : await checkDocuments(root, folder ?? deliverablesFolder)
  const findings = [...inDocuments, ...groupFindings(ci.findings)]
  return { findings, documents, ciFiles: ci.files, clean: findings.every(({ severity }) => severity === 'info') }
}
