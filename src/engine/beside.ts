import { join } from 'node:path'
import { filesFolder } from '../project/deliverables.ts'
import { readText } from '../project/read-text.ts'
import { readLedger } from '../project/write-ledger.ts'
import type { FileToWrite } from '../project/write.ts'
import type { Blueprint } from './blueprint-run.ts'
import type { World } from './engine.ts'
import { sdlFiles } from './sdl-out.ts'

const pageName = 'blueprint.html'
const maxPageBytes = 8 * 1024 * 1024

/** The page as a file to write. One that nobody changed since we wrote it may be replaced, like a managed part of a document. */
async function pageFile(folder: string, blueprint: Blueprint, world: World): Promise<FileToWrite> {
  const { isUntouched, pageOf } = await import('./page/page.ts')
  const body = await pageOf(blueprint, world.knowledge())
  const there = readText(join(folder, pageName), maxPageBytes)
  return { path: pageName, body, ...(there.kind === 'text' && isUntouched(there.text) && { merged: true, from: there.text }) }
}

/** Page and SDL parts of a run: those asked for, and those that an earlier run wrote, so that they never say something else than the documents. */
export async function besideDocuments(folder: string, blueprint: Blueprint, world: World, asked: { readonly html?: boolean | undefined, readonly sdl?: boolean | undefined } = {}): Promise<FileToWrite[]> {
  const earlier = [...readLedger(folder).keys()].filter((path) => !path.startsWith(`${filesFolder}/`) && readText(join(folder, path), maxPageBytes).kind !== 'missing')
  const html = asked.html ?? earlier.includes(pageName)
  const sdl = asked.sdl ?? earlier.some((path) => path.startsWith('sdl/'))
  return [...(html ? [await pageFile(folder, blueprint, world)] : []), ...(sdl ? sdlFiles(blueprint.drafts, blueprint.profile) : [])]
}
