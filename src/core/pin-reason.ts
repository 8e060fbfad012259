import { Decisions } from './profile.ts'

const slots = Object.keys(Decisions.shape).filter((slot) => slot !== 'reason').join('|')
const next = new RegExp(`; (?=(?:${slots}): )`)
const own = new RegExp(`^(${slots}): (.*)$`)

/** Why a person pinned this slot, as a clause; undefined where nobody said. One reason may speak for all pins, or name each: `auth: ours; logs: theirs`. */
export function pinReason(decisions: Decisions | undefined, slot: string): string | undefined {
  const said = (decisions?.reason ?? '').split(next).flatMap((part) => {
    const [, named = slot, text = part] = own.exec(part) ?? []
    return named === slot && text !== '' ? [text.trim().replace(/\.+$/, '')] : []
  })
  return said.length === 0 ? undefined : said.join('; ')
}
