import { lookAt } from '../../../src/engine/check-look.ts'
import type { CheckFinding } from '../../../src/project/check-finding.ts'
import { claimsOf } from '../../../src/project/check/claims.ts'
import { standsOf } from '../../../src/project/check/claim.ts'
import { NameIndex } from '../../../src/project/check/names.ts'
import { applyRules } from '../../../src/project/check/rules.ts'
import { checkStructure } from '../../../src/project/check/structure.ts'
import { deliverableSpecs } from '../../../src/project/deliverables.ts'
import type { Repository } from '../../../src/project/check/subject.ts'
import type { Detection } from '../../../src/project/detect.ts'
import { worldAt } from '../../support/world.ts'
import type { DocumentSet } from './sets.ts'

/** What the checker says of the documents, with other texts for some of them. */
export type Check = (texts?: ReadonlyMap<string, string>) => readonly CheckFinding[]

/** The checker over documents in memory, with the record of the project at `root` and with nothing in its repository but what the blueprint wrote beside them. */
export function checkerOf(root: string, { readings, blueprint }: DocumentSet): Check {
  const example = blueprint.files.find(({ path }) => path === 'files/.env.example')?.body.split('\n') ?? []
  const variables = example.flatMap((text, index) => (/^[A-Z][A-Z0-9_]*(?==)/.exec(text) ?? []).map((value) => ({ field: 'variables', value, file: '.env.example', line: index + 1 })))
  const nothing: Detection = { profile: {}, evidence: [], disagreements: [], unknown: [], scripts: [], variables: [], existingCi: [], runtimeVersions: {}, notes: [], filesSeen: 0 }
  const repository: Repository = { detection: nothing, files: { paths: [], text: () => undefined } as unknown as Repository['files'], problems: [], waiting: { ...nothing, evidence: variables as unknown as Detection['evidence'], filesSeen: blueprint.files.length } }
  const { facts } = lookAt(root, '.', worldAt(root))
  const names = new NameIndex(facts.products)
  const read = (file: string, text: string) => {
    const spec = deliverableSpecs.find((each) => each.file === file)
    if (spec === undefined) throw new Error(`no deliverable ${file}`)
    const { document, findings } = checkStructure(spec, text, file)
    return { document, findings, claims: claimsOf(document, facts, names) }
  }
  const originals = new Map(readings.map(({ document, lines }) => [document, read(document, lines.join('\n'))]))
  return (texts = new Map()) => {
    const all = [...originals].map(([file, original]) => (texts.has(file) ? read(file, texts.get(file) ?? '') : original))
    const claims = all.flatMap((one) => one.claims)
    return [...all.flatMap(({ findings }) => findings), ...applyRules({ documents: all.map(({ document }) => document), claims, stands: standsOf(claims), facts, names, profile: facts.record?.profile ?? {}, repository, exists: () => true })]
  }
}

/** Rules that name a contradiction; that a part was changed, or a link leads nowhere, is none. */
const naming: readonly string[] = ['contradiction', 'contradicts-record', 'objective-arithmetic', 'cost-arithmetic', 'missing-variables', 'repeated-row', 'real-data', 'drift']

/** How a change on a line (from 0) was answered: on its own line, as the other side of a contradiction, or not at all. */
export function answerTo(findings: readonly CheckFinding[], document: string, line: number): 'line' | 'other' | 'missed' {
  const said = findings.filter(({ rule }) => naming.includes(rule))
  if (said.some((finding) => finding.file === document && finding.line === line + 1)) return 'line'
  return said.some(({ other }) => other?.file === document && other.line === line + 1) ? 'other' : 'missed'
}
