import * as z from 'zod'
import { join } from 'node:path'
import { InputError } from '../core/errors.ts'
import { didYouMean } from '../core/nearest.ts'
import { deliverablesFolder, filesFolder } from '../project/deliverables.ts'
import { writeFiles } from '../project/write.ts'
import { parseStrict } from '../tools/parse.ts'
import { decidingTools } from '../tools/registry.ts'
import { planBlueprint } from './blueprint-run.ts'
import { Asked, writeBlueprint } from './blueprint-write.ts'
import { decideFor, Project } from './deciding-call.ts'
import type { Call } from './engine.ts'
import { projectFolder } from './inputs.ts'
import { flatSchema } from './json-schema.ts'
import { placeBlueprint } from './place.ts'
import { writtenAnswer } from './written.ts'

const names: readonly string[] = [...decidingTools.map((tool) => tool.name), 'blueprint']

const Arguments = z.strictObject({
  tool: z.enum(names).describe('whose files; blueprint: the three documents'),
  arguments: z.record(z.string(), z.unknown()).optional().describe('the same arguments as that call; with blueprint also html, adr, sdl: true'),
  overwrite: z.boolean().optional().describe('replace files that differ'),
  paths: z.array(z.string()).optional().describe('only these paths'),
  ...Project,
})

/** Only the wanted paths. Throws InputError for a path that is not among the files. */
function only<File extends { path: string }>(files: readonly File[], paths: readonly string[] | undefined): readonly File[] {
  if (paths === undefined) return files
  const known = files.map(({ path }) => path)
  const unknown = paths.find((path) => !known.includes(path))
  if (unknown !== undefined) throw new InputError(`write_files: Unexpected path ${JSON.stringify(unknown)}, expected one of ${known.join(', ')}.${didYouMean(unknown, known)}`)
  return files.filter(({ path }) => paths.includes(path))
}

/** Computes a tool's files again for the same arguments and writes exactly those: no file body passes through a model. */
export const writeFilesCall: Call = {
  name: 'write_files',
  title: 'Write generated files',
  description: 'Writes exactly the files that a tool listed, computed again from the same arguments; with tool "blueprint" the three documents and their files into architecture-output/. Stays inside the project, never replaces a file that differs unless overwrite is true.',
  readOnly: false,
  destructive: true,
  inputSchema: () => flatSchema(Arguments),
  async run(args, world) {
    const given = parseStrict(Arguments, args, 'write_files')
    const inner = { ...given.arguments, ...(given.project === undefined ? {} : { project: given.project }) }
    const folder = projectFolder(inner['project'] as string | undefined, world)
    if (given.tool === 'blueprint') {
      const { adr, sdl, html, ...profile } = inner as Record<string, unknown>
      const asked = parseStrict(Asked, { adr, sdl, html }, 'write_files')
      const blueprint = planBlueprint(profile, world)
      const out = join(folder, deliverablesFolder)
      const options = { overwrite: given.overwrite === true, within: folder }
      if (given.paths === undefined) return writtenAnswer(out, await writeBlueprint(out, blueprint, world, asked, options))
      const [files, documents] = [given.paths.filter((path) => path.startsWith(`${filesFolder}/`)), given.paths.filter((path) => !path.startsWith(`${filesFolder}/`))]
      const chosen = { ...blueprint, documents: only(blueprint.documents.map((document) => ({ ...document, path: document.file })), documents), files: only(blueprint.files, files) }
      return writtenAnswer(out, placeBlueprint(out, chosen, { ...options, some: true }))
    }
    const tool = decidingTools.find(({ name }) => name === given.tool)
    if (tool === undefined) throw new InputError(`write_files: Unexpected tool ${JSON.stringify(given.tool)}, expected one of ${names.join(', ')}.`)
    const files = only(decideFor(tool, inner, world).draft.files, given.paths)
    if (files.length === 0) throw new InputError(`write_files: ${given.tool} generates no files for these arguments. Its report is the section to write.`)
    return writtenAnswer(folder, { files: writeFiles(folder, files.map(({ path, body }) => ({ path, body })), { overwrite: given.overwrite === true }), kept: [] })
  },
}
