import { rule } from '../model.ts'

const pinned = /uses:\s*["']?([\w.-]+\/[\w./-]+)@([0-9a-f]{40})["']?\s*#\s*(?:tag[=:]\s*|pin@)?(v?\d[\w.+-]*)/

/** `v4` stands for v4.2.1, `4.2.1` for v4.2.1. */
function fits(comment: string, version: string): boolean {
  const [said, real] = [comment.replace(/^v/, ''), version.replace(/^v/, '')]
  return said === real || real.startsWith(`${said}.`)
}

/** A pin whose comment names another version than the one our sheets know for that commit, or another commit for that version. */
export const refVersionMismatch = rule({
  id: 'ref-version-mismatch', severity: 'warning',
  expected: 'a comment that names the pinned version',
  next: 'Look the commit up in the action’s own repository before trusting it.',
  check: (file, { pins }) => file.source.flatMap((text, index) => {
    const [, uses = '', sha = '', version = ''] = pinned.exec(text) ?? []
    const action = uses.split('/').slice(0, 2).join('/').toLowerCase()
    const known = pins.filter((pin) => pin.action.toLowerCase() === action)
    const same = known.find((pin) => pin.sha === sha)
    const named = known.find((pin) => pin.version.replace(/^v/, '') === version.replace(/^v/, ''))
    if (same !== undefined) return fits(version, same.version) ? [] : [{ line: index + 1, found: `${uses} with the comment ${version} on the commit of ${same.version}` }]
    return named === undefined ? [] : [{ line: index + 1, found: `${uses} ${version} on another commit than ${named.sha.slice(0, 12)}, which is that version` }]
  }),
})
