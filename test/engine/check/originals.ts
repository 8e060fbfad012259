import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import { planBlueprint } from '../../../src/engine/blueprint-run.ts'
import { lookAt, type Looked } from '../../../src/engine/check-look.ts'
import { placeBlueprint } from '../../../src/engine/place.ts'
import { checkDeliverables, type CheckReport } from '../../../src/project/check.ts'
import { claimsOf } from '../../../src/project/check/claims.ts'
import type { ClaimKind } from '../../../src/project/check/facts.ts'
import { NameIndex } from '../../../src/project/check/names.ts'
import { checkStructure } from '../../../src/project/check/structure.ts'
import { deliverableSpecs } from '../../../src/project/deliverables.ts'
import { loadProjects } from '../../review/projects.ts'
import { examples, worldAt } from '../../support/world.ts'

/** A project whose documents are right, on disk. `folder` holds the documents. */
export interface Original { readonly name: string, readonly root: string, readonly folder: string, readonly looked: Looked }

const fixtures = fileURLToPath(new URL('../../fixtures/check', import.meta.url))

/** Folder that holds all originals of a test file; the test removes it. */
export const originalsFolder = (): string => mkdtempSync(join(tmpdir(), 'ops-check-'))

const opened = (name: string, root: string, folder: string): Original => ({ name, root, folder, looked: lookAt(root, folder, worldAt(root)) })

function blueprinted(name: string, root: string): Original {
  placeBlueprint(join(root, 'architecture-output'), planBlueprint({}, worldAt(root)), { overwrite: true, within: root })
  return opened(name, root, 'architecture-output')
}

/** A review project: its profile as a record, and the documents that the blueprint writes for it. */
export function reviewed(base: string, id: string): Original {
  const project = loadProjects().find((each) => each.id === id)
  if (project === undefined) throw new Error(`no review project ${id}`)
  const root = join(base, id)
  mkdirSync(join(root, '.claude'), { recursive: true })
  writeFileSync(join(root, '.claude/operational-patterns.md'), `---\n${stringify(project.profile)}---\n`)
  return blueprinted(id, root)
}

export const reviewIds = (): readonly string[] => loadProjects().map(({ id }) => id)
export const exampleNames = (): readonly string[] => readdirSync(examples, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name)

/** An example with the documents that the blueprint writes today. */
export function example(base: string, name: string): Original {
  const root = join(base, `example-${name}`)
  cpSync(join(examples, name), root, { recursive: true })
  rmSync(join(root, 'architecture-output'), { recursive: true, force: true })
  return blueprinted(name, root)
}

export const byHandNames: readonly string[] = ['rota-planner', 'parcel-tracker']

/** Documents that people wrote, without our markers, beside code that does what they say. */
export function byHand(base: string, name: string): Original {
  const root = join(base, name)
  cpSync(join(fixtures, name), root, { recursive: true })
  return opened(name, root, name === 'rota-planner' ? 'docs' : 'architecture-output')
}

export const textOf = ({ root, folder }: Original, file: string): string => readFileSync(join(root, folder, file), 'utf8')

/** The report with one document replaced, and the file put back. */
export async function reportWith(original: Original, file: string, text: string, looked: Looked = original.looked): Promise<CheckReport> {
  const path = join(original.root, original.folder, file)
  const before = readFileSync(path)
  try {
    writeFileSync(path, text)
    return await checkDeliverables(original.root, original.folder, looked.facts, looked.repository)
  } finally {
    writeFileSync(path, before)
  }
}

export const report = ({ root, folder, looked }: Original): Promise<CheckReport> => checkDeliverables(root, folder, looked.facts, looked.repository)

/** What is wrong with a document that should be right: findings on CI files are none of its business. */
export const wrongIn = ({ findings, documents }: CheckReport) => findings.filter(({ severity, file }) => severity !== 'info' && documents.includes(file)).map(({ rule, file, line, found }) => `${rule} ${file}:${line} ${found}`)

const read = ({ root, folder }: Original, looked: Looked) => {
  const names = new NameIndex(looked.facts.products)
  return deliverableSpecs.flatMap((spec) => claimsOf(checkStructure(spec, readFileSync(join(root, folder, spec.file), 'utf8'), spec.file).document, looked.facts, names))
}

/** Kinds of which the documents state something. */
export const kindsSaid = (original: Original): ReadonlySet<ClaimKind> => new Set(read(original, original.looked).filter(({ weight }) => weight === 'statement').map(({ kind }) => kind))
