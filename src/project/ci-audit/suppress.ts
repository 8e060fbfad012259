import type { CiFile, Hit } from './model.ts'

const comment = /#\s*(?:zizmor|ops):\s*ignore\[([^\]]*)\]/g

/** True when a comment on one of the hit's lines names the rule: `# ops: ignore[rule]`, or the same with zizmor. */
export function isSilenced(file: CiFile, id: string, hit: Hit): boolean {
  const lines = [...[hit.line, ...(hit.also ?? [])].map((line) => file.source[line - 1] ?? ''), ...(hit.from === undefined ? [] : file.source.slice(hit.from - 1, hit.last ?? hit.from))]
  return lines.some((line) => [...line.matchAll(comment)].some(([, ids = '']) => ids.split(',').some((one) => one.trim() === id)))
}
