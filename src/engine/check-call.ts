import * as z from 'zod'
import { blocks, bullets, code, plain } from '../core/markdown.ts'
import { isSpoken } from '../core/errors.ts'
import { line } from '../core/profile.ts'
import { checkDeliverables } from '../project/check.ts'
import type { CheckFinding } from '../project/check-finding.ts'
import type { AuditFacts } from '../project/ci-audit/model.ts'
import { deliverablesFolder } from '../project/deliverables.ts'
import { readProfile } from '../project/profile-file.ts'
import { parseStrict } from '../tools/parse.ts'
import { Project } from './deciding-call.ts'
import type { Call, World } from './engine.ts'
import { projectFolder } from './inputs.ts'
import { flatSchema } from './json-schema.ts'

const Arguments = z.strictObject({ folder: line(300).optional().describe(`folder of the documents, default ${deliverablesFolder}`), ...Project })

/** Commits that our sheets know, and who can see the code: what the audit of CI files needs beside the files. */
function factsFor(folder: string, world: World): AuditFacts {
  const pins = Object.values(world.knowledge().actions).flatMap(({ facts }) => (facts.action.value === null || facts.version.value === null || facts.sha.value === null ? [] : [{ action: facts.action.value, version: facts.version.value, sha: facts.sha.value }]))
  const visibility = visibilityOf(folder)
  return { pins, ...(visibility && { visibility }) }
}

/** A profile that cannot be read is no reason not to check the rest. */
function visibilityOf(folder: string): AuditFacts['visibility'] {
  try {
    return readProfile(folder).profile.repositoryVisibility
  } catch (error) {
    if (isSpoken(error)) return undefined
    throw error
  }
}

/** What an answer may hold, so that it stays below 2,500 tokens. */
const maxChars = 7_500

/** As many findings as fit, the first first, with what was left out. */
function fitting(findings: readonly CheckFinding[]): { readonly shown: readonly CheckFinding[], readonly more: number } {
  let chars = 0
  const end = findings.findIndex((finding) => (chars += JSON.stringify(finding).length + 1) > maxChars)
  const shown = end < 0 ? findings : findings.slice(0, end)
  return { shown, more: findings.length - shown.length }
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

/** Lints the three deliverables and audits the CI files. `ok` is false when a finding is an error, shown or not. */
export const checkDeliverablesCall: Call = {
  name: 'check_deliverables',
  title: 'Check the deliverables',
  description: 'Use after writing or editing the documents or CI files: reports missing sections, placeholders, wrong tables and broken markers, and security problems in GitHub workflows, GitLab, CircleCI, Azure and Bitbucket pipelines, with file and line.',
  readOnly: true,
  destructive: false,
  inputSchema: () => flatSchema(Arguments),
  async run(args, world) {
    const { folder, project } = parseStrict(Arguments, args, 'check_deliverables')
    const root = projectFolder(project, world)
    const { findings, documents, ciFiles } = await checkDeliverables(root, folder, factsFor(root, world))
    const ok = !findings.some(({ severity }) => severity === 'error')
    const { shown, more } = fitting(findings)
    const read = `Read ${counted(documents.length, 'document')} and ${counted(ciFiles.length, 'CI file')}.`
    const text = blocks(
      `${read} ${findings.length === 0 ? 'Nothing to report.' : `${counted(findings.length, 'finding')}:`}`,
      bullets(shown.map(({ rule, severity, file, line: at, found, expected, next }) => `${severity} ${code(`${file}:${at}`)} (${rule}): found ${plain(found)}; expected ${expected}. ${next}`)),
      more > 0 && `And ${more} more, less urgent. Mend these, then check again.`,
    )
    return { structured: { ok, documents, ciFiles: ciFiles.length, findings: shown, ...(more > 0 && { more }) }, text }
  },
}
