import { join } from 'node:path'
import { blocks } from '../../../src/core/markdown.ts'
import { planBlueprint, type Blueprint } from '../../../src/engine/blueprint-run.ts'
import { mergeManaged } from '../../../src/project/managed-files.ts'
import { exampleNames } from '../../engine/check/originals.ts'
import { loadProjects } from '../../review/projects.ts'
import { examples, worldAt } from '../../support/world.ts'
import { readDocument, type Reading } from './reading.ts'

/** `asked` is what a run without the option writes: a page for an early product, all of it for an audited one. */
export const details = ['normal', 'full', 'asked'] as const
export type DetailOfSet = (typeof details)[number]

/** The three documents of one project at one depth, in memory. */
export interface DocumentSet { readonly name: string, readonly blueprint: Blueprint, readonly readings: readonly Reading[] }

export const setNames = (): readonly string[] => [...loadProjects().map(({ id }) => id), ...exampleNames()]

/** Documents of a review project or an example; `empty` is a folder that holds nothing. */
export function documentSet(name: string, detail: DetailOfSet, empty: string): DocumentSet {
  const project = loadProjects().find(({ id }) => id === name)
  const depth = detail === 'asked' ? {} : { detail }
  const blueprint = project === undefined ? planBlueprint(depth, worldAt(join(examples, name))) : planBlueprint({ ...project.profile, ...depth }, worldAt(empty))
  const readings = blueprint.documents.map(({ file, title, parts }) => readDocument(file, mergeManaged(undefined, `# ${title}`, parts.map((part) => ({ id: part.id, body: blocks(`## ${part.title}`, part.body) })), file, { complete: true }).text))
  return { name: `${name}, ${detail}`, blueprint, readings }
}
