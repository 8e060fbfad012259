import { deployHostingId, hostingId } from '../../../core/hosting.ts'
import { vocabulary } from '../../../core/profile.ts'
import type { Claim } from '../claim.ts'
import type { CheckFacts } from '../facts.ts'
import type { Statement } from '../statements.ts'

const stages: readonly string[] = vocabulary.stage
const regimeLabel = /^(compliance( regimes?| scope)?|regulat(ions?|ory)( scope)?|certifications?|standards?)$/i
const hostingLabel = /^(hosting( platform| provider)?|hosted (on|at))$/i

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** Ids of the standards that a text names, in the order of the sheets; `none` where it says so. */
export function regimesIn(text: string, regimes: CheckFacts['regimes']): readonly string[] {
  if (/^\s*(none|no|nothing)\b/i.test(text)) return ['none']
  return regimes.filter(({ names }) => names.some((name) => new RegExp(`(?<![\\w-])${escaped(name)}(?![\\w-])`, /^[a-z]/.test(name) ? '' : 'i').test(text))).map(({ id }) => id)
}

/** Stage, hosting and compliance: what the record says too. The line of our own summary holds all three. */
export function recordClaims({ text, label, line, sections, kind }: Statement, file: string, facts: CheckFacts): readonly Claim[] {
  const claim = (of: Claim['kind'], value: string, said: string): Claim => ({ kind: of, key: '', value, said, file, line, weight: 'statement' })
  const [, stage, hosting, compliance] = (sections.has('summary') && /^Stage (\S+), sign-in by .*?, hosting (.+?), compliance (.+?)\.?$/.exec(text)) || []
  if (stage !== undefined && hosting !== undefined && compliance !== undefined) {
    const platform = facts.products.find(({ kinds, name }) => kinds.includes('hosting') && name === hosting)?.id
    return [
      claim('stage', stage, stage),
      ...(hosting === 'undecided' ? [] : [claim('hosting', platform ?? hostingId(hosting), hosting)]),
      ...regimesIn(compliance, facts.regimes).map((id) => claim('compliance', id, id)),
    ]
  }
  if (kind === 'first-cell') return []
  const word = text.toLowerCase().replace(/[.,;]$/, '').split(/[\s,;(]/)[0] ?? ''
  if (/^(stage|project stage|product stage)$/i.test(label) && stages.includes(word)) return [claim('stage', word, word)]
  if (regimeLabel.test(label)) return regimesIn(text, facts.regimes).map((id) => claim('compliance', id, id))
  // A name that no sheet lists still says where it runs, when the words of the hosting list know it.
  if (hostingLabel.test(label) && facts.products.some(({ id, kinds }) => kinds.includes('hosting') && id === deployHostingId(text.replace(/\.$/, '')))) return [claim('hosting', deployHostingId(text.replace(/\.$/, '')), text.slice(0, 40))]
  return []
}
