import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import * as z from 'zod'
import { parseStrict } from '../../src/core/parse.ts'
import { line, Profile } from '../../src/core/profile.ts'

export const toolNames = ['select_auth', 'observability_stack', 'env_matrix', 'pipeline_template', 'migration_plan'] as const
export type ToolName = (typeof toolNames)[number]

/** Kinds of projects, in the order pages show them. */
export const groups = {
  small: 'Small and without accounts',
  'business-customers': 'Products sold to companies',
  consumers: 'Phones, games and consumers',
  'health-and-money': 'Health and money',
  'public-and-closed': 'Public sector and closed networks',
  'models-and-agents': 'Models and agents',
  machines: 'Machines, devices and data',
  'staff-only': 'Tools for staff',
  large: 'Large systems',
  contradictions: 'Contradictions and old choices',
} as const
export type Group = keyof typeof groups
const groupNames = Object.keys(groups) as [Group, ...Group[]]

const Path = z.string().regex(/^[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)*$/, 'expected a path like slots.logs')
const Values = z.record(Path, z.array(z.union([z.string(), z.number(), z.boolean()])).min(1))
const Id = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, 'expected a conflict id like small-free-budget')

/**
 * What a senior person would accept of one tool. A path leads into the decision, through a list by the name of an entry; a list is
 * compared as its names joined by spaces, `holds` names entries it must have, and `never` also matches one entry of a list.
 */
export const Expectation = z.strictObject({
  accept: Values,
  holds: Values,
  never: Values,
  conflicts: z.array(Id),
  noConflicts: z.array(Id),
  because: z.string().min(10),
}).partial({ accept: true, holds: true, never: true, conflicts: true, noConflicts: true })
export type Expectation = z.infer<typeof Expectation>

/** One project that answers are judged by: what its founder says, the profile made of it, and each tool's own arguments. */
export const Project = z.strictObject({
  title: line(100),
  group: z.enum(groupNames),
  story: z.string().min(80).max(700),
  profile: Profile,
  own: z.partialRecord(z.enum(toolNames), z.record(z.string(), z.unknown())).optional(),
  expect: z.partialRecord(z.enum(toolNames), Expectation).optional(),
})
export type Project = z.infer<typeof Project> & { readonly id: string }

const folder = fileURLToPath(new URL('./projects', import.meta.url))
let loaded: readonly Project[] | undefined

/** The projects of a folder by group, and by id (the file's name) within one. Throws InputError that names file and field. */
export function loadProjects(from?: string): readonly Project[] {
  if (from === undefined) return (loaded ??= loadProjects(folder))
  return readdirSync(from).filter((name) => name.endsWith('.yaml')).sort()
    .map((name) => ({ id: name.slice(0, -'.yaml'.length), ...parseStrict(Project, parse(readFileSync(join(from, name), 'utf8')), name) }))
    .sort((a, b) => groupNames.indexOf(a.group) - groupNames.indexOf(b.group))
}
