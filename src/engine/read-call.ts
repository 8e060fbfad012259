import * as z from 'zod'
import { blocks, bullets, code, plain } from '../core/markdown.ts'
import { parseStrict } from '../tools/parse.ts'
import { Project } from './deciding-call.ts'
import type { Call } from './engine.ts'
import { projectFacts, projectFolder } from './inputs.ts'
import { flatSchema } from './json-schema.ts'
import { proposedRecord } from './record-out.ts'

const Arguments = z.strictObject(Project)
/** Only a shell asks for this: an assistant has the fields, and writes the file with the words of the person. */
const ShellArguments = Arguments.extend({ propose: z.boolean().optional().describe('print a profile to start from, to save as .claude/operational-patterns.md') })

/** Detects a profile from the repository and lays the profile file over it; each value with file and line. */
export const readProjectCall: Call = {
  name: 'read_project',
  title: 'Read the project',
  description: 'Use first: detects the project profile (stack, hosting, CI, package manager, migration tool) from the repository, each value with file and line, and lists what is unknown. Reads no values from .env.',
  readOnly: true,
  destructive: false,
  inputSchema: () => flatSchema(Arguments),
  acceptedSchema: () => flatSchema(ShellArguments),
  helpSchema: () => flatSchema(ShellArguments),
  async run(args, world) {
    const { project, propose } = parseStrict(ShellArguments, args, 'read_project')
    const facts = projectFacts(projectFolder(project, world), world.records)
    if (propose === true) {
      const record = proposedRecord(facts)
      return { structured: { record }, text: record, shell: { structured: { record }, text: record.trimEnd() } }
    }
    const { detection, profile, profileFile, records } = facts
    const layered = records.length > 1
    const unknown = detection.unknown.filter((field) => profile[field] === undefined)
    const structured = { profile, profileFile, ...(layered && { records, from: facts.from }), evidence: detection.evidence, disagreements: detection.disagreements, unknown, scripts: detection.scripts, variables: detection.variables, existingCi: detection.existingCi, runtimeVersions: detection.runtimeVersions, notes: detection.notes, filesSeen: detection.filesSeen }
    const text = blocks(
      profileFile === null ? records.length > 0 ? `Record: ${records.map(code).join(', ')}; it wins over what was detected.` : 'No profile file yet: `.claude/operational-patterns.md`.' : `Profile file: ${code(profileFile)}; it wins over what was detected.`,
      layered && `Laid over one another, the most general first: ${records.map(code).join(', ')}.`,
      `## Found in ${detection.filesSeen} ${detection.filesSeen === 1 ? 'file' : 'files'}`,
      bullets(detection.evidence.map(({ field, value, file, line, hint }) => `${code(field)}: ${plain(String(value))} (${code(`${file}:${line}`)}${hint === true ? ', a hint' : ''})`)) || 'Nothing that says what this project is.',
      unknown.length > 0 && blocks('## Unknown', unknown.map(code).join(', ')),
      detection.notes.length > 0 && blocks('## Notes', bullets(detection.notes.map(({ file, problem }) => `${code(file)}: ${plain(problem)}`))),
    )
    return { structured, text }
  },
}
