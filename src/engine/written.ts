import { blocks, bullets, code, fence } from '../core/markdown.ts'
import type { Conflict } from '../core/result.ts'
import type { Written } from '../project/write.ts'
import { renderConflicts } from '../tools/answer.ts'
import type { Answer } from './engine.ts'
import { fittingDiffs, keptConflicts, type Kept } from './kept.ts'
import type { Placed } from './place.ts'

const keptText = ({ file, id, diff }: Kept): string => diff === undefined ? '' : blocks(`${id === undefined ? `${code(file)} was changed by a person and stays.` : `${code(file)}: part ${code(id)} was changed by a person and stays.`} What would be new:`, fence('diff', diff))

/** True when each file that was refused is one that was kept on purpose; otherwise nothing at all was written. */
const allKept = (files: readonly Written[], kept: readonly Kept[]): boolean => files.every(({ path, status }) => status !== 'refused' || kept.some((one) => one.id === undefined && one.file === path))

/** Status of each file, and the differences that are shown, in words. */
export function writtenText(folder: string, files: readonly Written[], kept: readonly Kept[], shown: readonly Kept[] = kept): string {
  const refused = files.filter(({ status }) => status === 'refused').length
  const nothing = !allKept(files, kept)
  return blocks(
    nothing ? `Nothing was written below ${code(folder)}: ${refused} ${refused === 1 ? 'file differs' : 'files differ'} from what is there.` : `Written below ${code(folder)}${refused > 0 ? `, except for ${refused} that somebody changed` : ''}:`,
    bullets(files.map(({ path, status, next }) => `${code(path)}: ${status}${next === undefined ? '' : `; ${next}`}`)),
    ...shown.map(keptText),
  )
}

const fileDiffers = (paths: readonly string[]): Conflict => ({
  id: 'file-differs', inputs: paths,
  problem: `${paths.length === 1 ? 'This file is' : 'These files are'} there with another text, so nothing was written.`,
  resolution: 'Compare with the new text. Then write the other files alone with paths, or replace what is there with overwrite.',
})

/** What was written, as an answer; `ok` is false when nothing could be written because files differ. A terminal shows every difference whole. */
export function writtenAnswer(folder: string, { files, kept }: Placed): Required<Answer> {
  const ok = allKept(files, kept)
  const differing = ok ? [] : files.filter(({ status }) => status === 'refused').map(({ path }) => path)
  const conflicts = [...differing.length === 0 ? [] : [fileDiffers(differing)], ...keptConflicts(kept)]
  const { shown, more } = fittingDiffs(kept, JSON.stringify([conflicts, files]).length)
  const first = renderConflicts(conflicts)
  const rest = more > 0 && `And ${more} more that were changed and stay: the command blueprint in a shell shows each difference.`
  return {
    structured: { ok, folder, conflicts, files, kept: shown, ...(more > 0 && { more }) }, text: blocks(first, writtenText(folder, files, kept, shown), rest),
    shell: { structured: { ok, folder, conflicts, files, kept }, text: blocks(first, writtenText(folder, files, kept)) },
  }
}
