import * as z from 'zod'
import { blocks, bullets, code } from '../core/markdown.ts'
import { line } from '../core/profile.ts'
import { checkDeliverables } from '../project/check.ts'
import { deliverablesFolder } from '../project/deliverables.ts'
import { parseStrict } from '../tools/parse.ts'
import { Project } from './deciding-call.ts'
import type { Call } from './engine.ts'
import { projectFolder } from './inputs.ts'
import { flatSchema } from './json-schema.ts'

const Arguments = z.strictObject({ folder: line(300).optional().describe(`folder of the documents, default ${deliverablesFolder}`), ...Project })

/** Lints the three deliverables. `ok` is false when a finding is an error. */
export const checkDeliverablesCall: Call = {
  name: 'check_deliverables',
  title: 'Check the deliverables',
  description: 'Use after writing or editing the security, observability or DevOps documents: reports missing or empty sections, placeholders, wrong tables and broken managed markers, with file and line.',
  readOnly: true,
  destructive: false,
  inputSchema: () => flatSchema(Arguments),
  async run(args, world) {
    const { folder, project } = parseStrict(Arguments, args, 'check_deliverables')
    const { findings, documents } = await checkDeliverables(projectFolder(project, world), folder ?? deliverablesFolder)
    const ok = !findings.some(({ severity }) => severity === 'error')
    const text = blocks(
      findings.length === 0 ? 'Nothing to report: the documents are complete.' : `${findings.length} findings:`,
      bullets(findings.map(({ rule, severity, file, line: at, found, expected, next }) => `${severity} ${code(`${file}:${at}`)} (${rule}): found ${found}; expected ${expected}. ${next}`)),
    )
    return { structured: { ok, documents, findings }, text }
  },
}
