import { join } from 'node:path'
import * as z from 'zod'
import { blocks, bullets, code, plain } from '../core/markdown.ts'
import { isSpoken } from '../core/errors.ts'
import { line } from '../core/profile.ts'
import { checkDeliverables } from '../project/check.ts'
import type { CheckFinding } from '../project/check-finding.ts'
import type { CheckFacts } from '../project/check/facts.ts'
import type { Repository } from '../project/check/subject.ts'
import { deliverablesFolder } from '../project/deliverables.ts'
import { detectProject } from '../project/detect.ts'
import { openProject } from '../project/detect/files.ts'
import type { Note } from '../project/detect/findings.ts'
import { resolveInside } from '../project/inside.ts'
import { readProfile } from '../project/profile-file.ts'
import { readText } from '../project/read-text.ts'
import { envMatrix } from '../tools/env-matrix/tool.ts'
import { observabilityStack } from '../tools/observability-stack/tool.ts'
import { parseStrict } from '../tools/parse.ts'
import { selectAuth } from '../tools/select-auth/tool.ts'
import type { DecidingTool } from '../tools/tool.ts'
import { checkFacts } from './check-facts.ts'
import { Project } from './deciding-call.ts'
import { filesFolder } from './documents.ts'
import type { Call, World } from './engine.ts'
import { projectFolder } from './inputs.ts'
import { flatSchema } from './json-schema.ts'

const Arguments = z.strictObject({ folder: line(300).optional().describe(`folder of the documents, default ${deliverablesFolder}`), ...Project })

/** The line on which each field of the profile starts, and each pin. */
function linesOf(path: string): Readonly<Record<string, number>> {
  const read = readText(path, 256 * 1024)
  const found: Record<string, number> = {}
  if (read.kind === 'text') read.text.split('\n').forEach((text, index) => {
    for (const [, field = ''] of text.matchAll(/(?:^\s*|[{,]\s*)([A-Za-z]+):/g)) found[field] ??= index + 1
  })
  return found
}

/** The profile file; one that cannot be read is no reason not to check the rest. */
function recordOf(folder: string): CheckFacts['record'] {
  try {
    const { path, profile } = readProfile(folder)
    return path === null ? undefined : { path, profile, lines: linesOf(join(folder, path)) }
  } catch (error) {
    if (isSpoken(error)) return undefined
    throw error
  }
}

/** What the generated files beside the documents show; null where there are none. */
function waitingIn(root: string, folder: string): Repository['waiting'] {
  try {
    return detectProject(resolveInside(root, `${folder.replace(/\/+$/, '')}/${filesFolder}`.replace(/^\.\//, '')))
  } catch (error) {
    if (isSpoken(error)) return null
    throw error
  }
}

function lookAt(root: string, folder: string, world: World): { readonly facts: CheckFacts, readonly repository: Repository } {
  const notes: Note[] = []
  const files = openProject(root, notes)
  const detection = detectProject(root, notes, files)
  const tools = { auth: selectAuth, observability: observabilityStack, environments: envMatrix } as unknown as Record<'auth' | 'observability' | 'environments', DecidingTool>
  return { facts: checkFacts(world.knowledge(), world.today(), detection, recordOf(root), tools), repository: { detection, files, waiting: waitingIn(root, folder) } }
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

/** Checks the three deliverables against each other, the record and the repository, and audits the CI files. `ok` is false when a finding is an error, shown or not. */
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
    const { facts, repository } = lookAt(root, folder ?? deliverablesFolder, world)
    const { findings, documents, ciFiles } = await checkDeliverables(root, folder, facts, repository)
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
