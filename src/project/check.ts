import { lstatSync, readdirSync, realpathSync } from 'node:fs'
import { join, posix } from 'node:path'
import { InputError } from '../core/errors.ts'
import type { CheckFinding, Verdict } from './check-finding.ts'
import { claimsOf } from './check/claims.ts'
import { standsOf } from './check/claim.ts'
import type { Document } from './check/document.ts'
import { judgements } from './check/drift.ts'
import { noFacts, type CheckFacts } from './check/facts.ts'
import { NameIndex } from './check/names.ts'
import { applyRules } from './check/rules.ts'
import { checkStructure } from './check/structure.ts'
import type { Repository, Subject } from './check/subject.ts'
import { groupFindings } from './ci-audit/group.ts'
import { auditProject } from './ci-audit/project-files.ts'
import { deliverablesFolder, deliverableSpecs } from './deliverables.ts'
import { isInside, realRoot, reason, resolveInside } from './inside.ts'
import { readDeliverable } from './managed-files.ts'

/** What a document says against what the repository holds. */
export interface Judged { readonly verdict: Verdict, readonly says: string, readonly file: string, readonly line: number, readonly evidence: { readonly file: string, readonly line: number } | null }

/** What was checked: `documents` and `ciFiles` are the files that were read; `clean` means no error and no warning. */
export interface CheckReport { readonly findings: readonly CheckFinding[], readonly judged: readonly Judged[], readonly documents: readonly string[], readonly ciFiles: readonly string[], readonly clean: boolean }

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

/** True when something stands at a path below the project; a link counts as what it is, and is not followed. */
function isThere(root: string, path: string): boolean {
  if (path === '' || path === '.') return true
  if (path.startsWith('..') || /\0/.test(path)) return false
  try {
    return lstatSync(join(root, path), { throwIfNoEntry: false }) !== undefined
  } catch {
    return false
  }
}

/** What stands in the documents, read as claims. */
function subjectOf(root: string, documents: readonly Document[], facts: CheckFacts, repository: Repository | null): Subject {
  const names = new NameIndex(facts.products)
  const claims = documents.flatMap((document) => claimsOf(document, facts, names))
  return { documents, claims, stands: standsOf(claims), facts, names, profile: facts.record?.profile ?? {}, repository, exists: (file) => isThere(root, file) }
}

function checkDocuments(root: string, folder: string, facts: CheckFacts, repository: Repository | null): Pick<CheckReport, 'findings' | 'documents' | 'judged'> {
  const path = documentsFolder(root, folder)
  const texts = deliverableSpecs.map((spec) => ({ spec, text: readDeliverable(path, spec.file) }))
  if (texts.every(({ text }) => text === undefined)) throw new InputError(`Nothing to check in ${folder}, expected ${deliverableSpecs.map((spec) => spec.file).join(', ')}. Write them with the blueprint, or name the folder that holds them.`)
  const findings: CheckFinding[] = []
  const documents: Document[] = []
  const shown = (file: string): string => posix.join(folder.replaceAll('\\', '/'), file)
  for (const { spec, text } of texts) {
    const file = shown(spec.file)
    if (text === undefined) {
      findings.push({ rule: 'missing-document', severity: 'error', file, line: 1, found: 'no such file', expected: `the ${spec.title} document`, next: 'Write it with the blueprint.' })
      continue
    }
    const read = checkStructure(spec, text, file)
    documents.push(read.document)
    findings.push(...read.findings)
  }
  const subject = subjectOf(root, documents, facts, repository)
  findings.push(...applyRules(subject))
  const judged = judgements(subject).map(({ claim, verdict, evidence, found }): Judged => ({ verdict, says: found, file: claim.file, line: claim.line, evidence: evidence && { file: evidence.file, line: evidence.line } }))
  return { findings: findings.sort(byPlace), documents: documents.map(({ file }) => file), judged }
}

/**
 * Checks the three deliverables in `folder` (relative to `root`; left out: where they are written) and audits the CI files of the project.
 * Findings on documents come first, by file, line and rule; then those on CI files, worst first, one for a rule in a file. Documents may be
 * missing where there are CI files and no folder was named. Without `repository` nothing is said about drift.
 * Throws InputError when there was nothing to look at: a check of nothing must not pass.
 */
export async function checkDeliverables(root: string, folder?: string, facts: CheckFacts = noFacts, repository: Repository | null = null): Promise<CheckReport> {
  const ci = auditProject(root, facts, repository)
  const onlyCi = folder === undefined && ci.files.length + ci.findings.length > 0 && isMissing(root)
  const inDocuments = onlyCi ? { findings: [], documents: [], judged: [] } : checkDocuments(root, folder ?? deliverablesFolder, facts, repository)
  const findings = [...inDocuments.findings, ...groupFindings(ci.findings)]
  return { ...inDocuments, findings, ciFiles: ci.files, clean: findings.every(({ severity }) => severity === 'info') }
}
