import * as z from 'zod'
import { decisionsOf } from './adr/decisions.ts'
import { recordFiles } from './adr/records.ts'
import { besideDocuments } from './beside.ts'
import type { Blueprint } from './blueprint-run.ts'
import type { World } from './engine.ts'
import { placeBlueprint, type PlaceOptions, type Placed } from './place.ts'

/** What a blueprint writes beside the three documents when it is asked to. */
export const Asked = z.strictObject({
  adr: z.boolean().optional().describe('also write the decisions as records below adr/; one that changed gets the next number'),
  sdl: z.boolean().optional().describe('also write the parts of an SDL v1.1 document that are decided here, below sdl/'),
  html: z.boolean().optional().describe('also write blueprint.html, one page to look at and to print'),
})

/** Writes a blueprint into `folder` (absolute) with what was asked for beside it. Throws InputError before anything is written. */
export async function writeBlueprint(folder: string, blueprint: Blueprint, world: World, { adr, html, sdl }: z.infer<typeof Asked>, options: Pick<PlaceOptions, 'overwrite' | 'within'>): Promise<Placed> {
  const also = await besideDocuments(folder, blueprint, world, { html, sdl })
  return placeBlueprint(folder, blueprint, { ...options, also, ...(adr === true && { records: recordFiles(folder, decisionsOf(blueprint.drafts, blueprint.profile), blueprint.asOf) }) })
}
