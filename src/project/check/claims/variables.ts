import type { Claim } from '../claim.ts'
import type { CheckFacts } from '../facts.ts'
import type { Statement } from '../statements.ts'

const name = /(?<![\w$/.-])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![\w/-]|\.\w)|(?<![\w$/.-])(?:PORT|HOST)(?![\w/-])/g
const owners = new WeakMap<CheckFacts, ReadonlyMap<string, string>>()

/** Identity providers by the variables that only they ask for. */
function ownersOf(facts: CheckFacts): ReadonlyMap<string, string> {
  const known = owners.get(facts)
  if (known !== undefined) return known
  const all = new Map<string, string | null>()
  for (const { id, kinds, variables } of facts.products) for (const variable of variables) all.set(variable, all.has(variable) || !kinds.includes('identity-provider') || !variable.includes((id.split('-')[0] ?? '').toUpperCase()) ? null : id)
  const found = new Map([...all].filter((entry): entry is [string, string] => entry[1] !== null))
  owners.set(facts, found)
  return found
}

/** Names in a cell. Where it holds nothing but names, each is one as it stands: `URL`, `db_host`; in a sentence only what looks like one. */
function variablesIn(text: string): readonly string[] {
  const words = text.split(/\s*,\s*|\s+/).filter((word) => word !== '')
  return words.length > 0 && words.every((word) => /^[A-Za-z_]\w{0,99}$/.test(word)) && words.every((word) => /[A-Z_]/.test(word) && !/^[A-Z][a-z]+$/.test(word)) ? words : [...text.matchAll(name)].map(([found]) => found)
}

/** Variables of the configuration table, and the identity provider that some of them give away. */
export function variableClaims({ text, line, sections, kind, column, generated }: Statement, file: string, facts: CheckFacts): readonly Claim[] {
  if (kind === 'sentence' && !generated && (sections.has('configuration') || sections.has('secrets'))) {
    return [...text.matchAll(name)].flatMap(([variable]): readonly Claim[] => {
      const start = variable.split('_')[0] ?? ''
      const owner = ownersOf(facts).get(variable) ?? facts.products.find(({ id, kinds }) => kinds.includes('identity-provider') && id.length > 4 && id.toUpperCase() === start)?.id
      return owner === undefined ? [] : [{ kind: 'identity-provider', key: '', value: owner, said: `variable ${variable}`, file, line, weight: 'trace' }]
    })
  }
  if (!sections.has('configuration') || kind === 'sentence' || !/^(variables?|names?|keys?|settings?)$/i.test(column)) return []
  return variablesIn(text).flatMap((variable): readonly Claim[] => {
    const owner = ownersOf(facts).get(variable)
    return [
      { kind: 'variable', key: variable, value: 'listed', said: variable, file, line, weight: 'statement' },
      ...(owner === undefined ? [] : [{ kind: 'identity-provider' as const, key: '', value: owner, said: `variable ${variable}`, file, line, weight: 'trace' as const }]),
    ]
  })
}
