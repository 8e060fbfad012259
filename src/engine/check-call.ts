import * as z from 'zod'
import { InputError } from '../core/errors.ts'
import { line, vocabulary } from '../core/profile.ts'
import type { Knowledge } from '../knowledge/collections.ts'
import { checkDeliverables } from '../project/check.ts'
import type { CheckFinding } from '../project/check-finding.ts'
import { deliverablesFolder } from '../project/deliverables.ts'
import { parseStrict } from '../tools/parse.ts'
import { lookAt } from './check-look.ts'
import { sarif } from './check-sarif.ts'
import { checkStep } from './check-step.ts'
import { answerText, shellText, verdictCounts, worstFirst } from './check-text.ts'
import { Project } from './deciding-call.ts'
import type { Call } from './engine.ts'
import { projectFolder } from './inputs.ts'
import { flatSchema } from './json-schema.ts'

const Arguments = z.strictObject({ folder: line(300).optional().describe(`folder of the documents, default ${deliverablesFolder}`), ...Project })
/** Only a shell asks for these: no model reads SARIF or writes pipelines with this call. */
const ShellArguments = Arguments.extend({
  sarif: z.boolean().optional().describe('print SARIF 2.1.0 for code scanning instead of text'),
  ciStep: z.enum(vocabulary.ciProvider).optional().describe('print a pipeline that runs this check on every change, and check nothing'),
})

/** What an answer may hold, so that it stays below 2,500 tokens. */
const maxChars = 6_800

/** As many findings as fit, the first first, with what was left out. */
function fitting(findings: readonly CheckFinding[]): { readonly shown: readonly CheckFinding[], readonly more: number } {
  let chars = 0
  const end = findings.findIndex((finding) => (chars += JSON.stringify(finding).length + 1) > maxChars)
  const shown = end < 0 ? findings : findings.slice(0, end)
  return { shown, more: findings.length - shown.length }
}

/** An action pinned to the commit that its sheet knows. */
const pinned = ({ actions }: Knowledge) => (action: string): string => {
  const facts = Object.values(actions).find((sheet) => sheet.facts.action.value === action)?.facts
  if (facts?.sha.value == null || facts.version.value === null) throw new InputError(`No commit of ${action} is known. Pin it yourself.`)
  return `${action}@${facts.sha.value} # ${facts.version.value}`
}

/** Checks the three deliverables against each other, the record and the repository, and audits the CI files. `ok` is false when a finding is an error, shown or not. */
export const checkDeliverablesCall: Call = {
  name: 'check_deliverables',
  title: 'Check the deliverables',
  description: 'Use after writing or editing the documents or CI files: gaps, contradictions between documents, profile and repository, missing controls, end-of-life or too heavy products, broken diagrams, and security problems in CI files of GitHub, GitLab, CircleCI, Azure and Bitbucket, with file and line.',
  readOnly: true,
  destructive: false,
  inputSchema: () => flatSchema(Arguments),
  acceptedSchema: () => flatSchema(ShellArguments),
  helpSchema: () => flatSchema(ShellArguments),
  async run(args, world) {
    const { folder, project, sarif: asSarif, ciStep } = parseStrict(ShellArguments, args, 'check_deliverables')
    if (ciStep !== undefined) {
      const step = checkStep(ciStep, pinned(world.knowledge()))
      return { structured: { ok: true, ...step }, text: step.body, shell: { structured: { ok: true, ...step }, text: step.body.trimEnd() } }
    }
    const root = projectFolder(project, world)
    const { facts, repository, notes: all } = lookAt(root, folder ?? deliverablesFolder, world)
    const report = await checkDeliverables(root, folder, facts, repository)
    // Without documents nothing was left unchecked for want of a profile.
    const notes = report.documents.length === 0 ? [] : all
    const verdicts = verdictCounts(report)
    const findings = worstFirst(report.findings)
    const ok = !findings.some(({ severity }) => severity === 'error')
    const { shown, more } = fitting(findings)
    const read = { ok, documents: report.documents, ciFiles: report.ciFiles.length }
    const whole = { ...read, findings, judged: report.judged, notes }
    return {
      structured: { ...read, findings: shown, ...(more > 0 && { more }), ...(Object.keys(verdicts).length > 0 && { verdicts }), ...(notes.length > 0 && { notes }) },
      text: answerText(report, shown, more, notes),
      shell: { structured: whole, text: asSarif === true ? JSON.stringify(sarif(report), null, 2) : shellText(report, notes) },
    }
  },
}
