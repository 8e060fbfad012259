import type { Claim } from '../claim.ts'
import type { Statement } from '../statements.ts'

const strategies: readonly (readonly [string, RegExp])[] = [['trunk-based', /\btrunk[- ]based\b/i], ['gitflow', /\bgit[- ]?flow\b/i], ['github-flow', /\bgithub[- ]flow\b/i]]
const mainNames = /^(main|master|trunk)$/

/** How branches are worked with, and which one is the main line. */
export function branchClaims({ text, label, line, sections, leads, kind, generated }: Statement, file: string): readonly Claim[] {
  const claims: Claim[] = []
  const add = (of: Claim['kind'], value: string, said: string, weight: Claim['weight']): void => void claims.push({ kind: of, key: '', value, said, file, line, weight })
  const whole = label === '' ? text : `${label}: ${text}`
  const speaks = /^(branch(es|ing)?( strategy| model)?|strategy|workflow)$/i.test(label) || (leads && sections.has('branches')) || (!generated && kind === 'sentence' && /\b(use|uses|using|follow|follows|work|with|adopt|is)\b/i.test(whole))
  if (speaks) {
    for (const [id, pattern] of strategies) {
      const match = pattern.exec(whole)
      if (match !== null && !/\b(not|no|never|instead of|rather than|rejected|considered|unlike|over|than)\b[^,;:.]*$/i.test(whole.slice(0, match.index))) add('branch-strategy', id, match[0], 'statement')
    }
  }
  const named = /^(main|default|production|trunk) branch$/i.test(label) ? /[\w/-]+/.exec(text)?.[0] : undefined
  if (named !== undefined) add('main-branch', named, named, 'statement')
  for (const match of whole.matchAll(/\b(?:protect|(?:push|pushes|pushed|merge|merges|merged|commit|commits) (?:to|into|on)|branch(?:es)?(?: off)?(?: from)?|merge requests into|pull requests into)\s+(?:the\s+)?([\w/-]{3,20})\b/gi)) {
    if (mainNames.test(match[1] ?? '')) add('main-branch', match[1] ?? '', match[1] ?? '', sections.has('branches') ? 'statement' : 'trace')
  }
  return claims
}
