import * as z from 'zod'
import { generatedFile } from '../core/file.ts'
import { Profile } from '../core/profile.ts'
import { withDefaults } from '../core/defaults.ts'
import { overlay } from '../core/overlay.ts'
import { stageRank, type ProfileField } from '../core/profile.ts'
import { filesFolder } from '../project/deliverables.ts'
import { parseStrict } from '../tools/parse.ts'
import { decidingTools } from '../tools/registry.ts'
import { Common, type Context, type Detail, type Draft, type FileWithBody } from '../tools/tool.ts'
import { deliverables, joinDrafts, runChain } from './blueprint.ts'
import { Project } from './deciding-call.ts'
import { composeDocument, type ComposedDocument } from './documents.ts'
import type { World } from './engine.ts'
import { extrasFor } from './extras.ts'
import { unknownHouseRules } from './house-rules.ts'
import { processorsSection } from './processors.ts'
import { projectFacts, projectFolder, type ProjectFacts } from './inputs.ts'

/** Everything `blueprint` works out before a byte is written. */
export interface Blueprint {
  readonly facts: ProjectFacts
  /** What was decided for: the project's record, the arguments over it, and what was assumed. */
  readonly profile: Profile
  /** Day the answer is for, YYYY-MM-DD. */
  readonly asOf: string
  readonly drafts: Readonly<Record<string, Draft<unknown>>>
  readonly joined: Omit<Draft<unknown>, 'decision'>
  readonly documents: readonly ComposedDocument[]
  /** Generated files under `files/`, mirroring where they belong in the project. */
  readonly files: readonly FileWithBody[]
}

/** Arguments: the whole profile and the common ones. */
export const BlueprintArguments = Profile.extend(Common.shape).extend(Project)

/** What an auditor or a larger team reads holds every control. */
const isLong = ({ stage, compliance }: Profile): boolean => stage === 'growth' || stage === 'production' || stage === 'enterprise' || (compliance ?? []).length > 0

/** Before there is something to operate, each document is about a page: the one that is made of three tools takes their short form. */
const isPage = (profile: Profile): boolean => !isLong(profile) && (profile.stage === undefined || stageRank(profile.stage) <= stageRank('mvp'))

function detailFor(profile: Profile, tool: string): Detail {
  if (isLong(profile)) return 'full'
  return isPage(profile) && deliverables.some(({ tools }) => tools.length > 1 && tools.includes(tool)) ? 'brief' : 'normal'
}

/** Runs the five tools for one project and composes the three documents. Writes nothing. Throws InputError. */
export function planBlueprint(args: unknown, world: World): Blueprint {
  const { project, asOf, include: _, detail, ...given } = parseStrict(BlueprintArguments, args ?? {}, 'blueprint') as z.infer<typeof BlueprintArguments>
  const facts = projectFacts(projectFolder(project, world), world.records)
  const profile = overlay(facts.profile, given)
  const context: Context = { knowledge: world.knowledge(), asOf: asOf ?? world.today(), detail: detail ?? 'normal', inDocument: true }
  const page = detail === undefined ? isPage(profile) : detail === 'brief'
  const drafts = runChain(profile, (tool) => extrasFor(tool, facts, profile), context, (name) => detail ?? detailFor(profile, name))
  const filled = withDefaults(profile, Object.keys(Profile.shape) as ProfileField[]).filled
  const documents = deliverables.map((deliverable) => composeDocument(deliverable, deliverable.tools.flatMap((name) => drafts[name] ?? []), filled, context.asOf, { page, knowledge: context.knowledge, more: deliverable.tools.includes('select_auth') && !page ? [processorsSection(drafts, context.knowledge, filled)] : [] }))
  const decided = joinDrafts(decidingTools.flatMap((tool) => drafts[tool.name] ?? []))
  const joined = { ...decided, conflicts: [...unknownHouseRules(profile, context.knowledge), ...decided.conflicts] }
  const files = joined.files.map((file) => generatedFile(`${filesFolder}/${file.path}`, file.purpose, file.verifyWith, file.body))
  return { facts, profile: filled, asOf: context.asOf, drafts, joined, documents, files }
}
