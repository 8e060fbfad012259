import type { Claim } from '../claim.ts'
import { isAside, type Document } from '../document.ts'
import type { Statement } from '../statements.ts'
import { environmentId } from './environments.ts'

const branchWord = '(main|master|trunk|develop)'
const pushed = new RegExp(`\\b(?:push(?:es|ed)? to|merged? into|let only|only|deploys of) ${branchWord}\\b(?![/-])`, 'gi')
const listOfNames = /\b(?:environments?|variable groups?|contexts) ((?:[\w/-]+)(?:, [\w/-]+)*)/gi

/** Environments and branches where they are used, outside the places that list them. */
export function useClaims({ text, label, column, line, sections, kind }: Statement, file: string): readonly Claim[] {
  const claim = (of: 'environment' | 'branch', key: string, said: string, value = 'used'): Claim => ({ kind: of, key, value, said, file, line, weight: value === 'used' ? 'trace' : 'statement' })
  const environment = (name: string): readonly Claim[] => {
    const id = environmentId(name.split('/').at(-1) ?? '')
    return id === undefined ? [] : [claim('environment', id, name)]
  }
  const whole = label === '' ? text : `${label}: ${text}`
  if (kind === 'cell' && sections.has('promotion') && /^from$/i.test(column)) return new RegExp(`^${branchWord}$`, 'i').test(text) ? [claim('branch', text.toLowerCase(), text)] : environment(text)
  // "One main line" and "the main branch" name no branch.
  if (sections.has('branches')) return [...whole.matchAll(new RegExp(`(?<![\\w/-])${branchWord}(?![\\w/-]| (?:line|branch)\\b)`, 'gi'))].map(([name]) => claim('branch', name.toLowerCase(), name, 'listed'))
  const branches = kind !== 'first-cell' && ['pipeline', 'promotion', 'deploy', 'environments'].some((id) => sections.has(id))
    ? [...whole.matchAll(pushed)].filter((match) => !/\b(not|no|never|nor)\b[^.;:]{0,30}$/i.test(whole.slice(0, match.index))).map(([, name = '']) => claim('branch', name.toLowerCase(), name)) : []
  if (kind !== 'sentence') return branches
  const [, from, to] = sections.has('environments') ? /^(?:into )?([a-z]+)(?: ?(?:→|->) ?([a-z]+))?$/i.exec(label) ?? [] : []
  const arrows = from === undefined || (to === undefined && !/^into /i.test(label)) ? [] : [from, to ?? ''].flatMap(environment)
  const gates = sections.has('promotion') && /^gates$/i.test(label) ? [...text.matchAll(/\b(?:before|starts) (\w+)(?=[;.,]|$)/g)].flatMap(([, name = '']) => environment(name)) : []
  const lists = sections.has('deploy') ? [...whole.matchAll(listOfNames)].flatMap(([, names = '']) => names.split(', ').flatMap(environment)) : []
  return [...branches, ...arrows, ...gates, ...lists]
}

/** Labels that name an environment wherever they stand; `test` or `preview` may be a step. */
const plainly = /^(?:staging|production|preprod|uat|demo)$/

/** What the drawing of the pipeline shows: branches, environments, and a person before one of them. */
export function drawnUses({ blocks, file }: Document): readonly Claim[] {
  return blocks.flatMap(({ block, sections }) => {
    if (block.kind !== 'code' || block.language !== 'mermaid' || isAside(sections) || !['pipeline', 'promotion', 'branches'].some((id) => sections.has(id))) return []
    return block.body.flatMap(({ line, text }): readonly Claim[] => {
      const claim = (of: Claim['kind'], key: string, value: string, said: string, weight: Claim['weight'] = 'trace'): Claim => ({ kind: of, key, value, said, file, line, weight })
      const nodes = [...text.matchAll(/\b(\w+)\["([\w ]{2,30})"\]/g)].flatMap(([, id = '', name = '']): readonly Claim[] => {
        const environment = environmentId(name)
        if (environment !== undefined && (/^env\d/.test(id) || plainly.test(name))) return [claim('environment', environment, 'used', `node ${name}`)]
        return new RegExp(`^${branchWord}$`).test(name) ? [claim('branch', name, 'used', `node ${name}`), ...(name === 'develop' ? [] : [claim('main-branch', '', name, `node ${name}`)])] : []
      })
      // In our own drawing an arrow without words goes by itself.
      const [, words, name = ''] = /(?:-- "([^"]+)" )?-->\s*env\d+\["(\w+)"\]\s*$/.exec(text) ?? []
      const environment = environmentId(name)
      return [...nodes, ...(environment === undefined ? [] : [claim('approval', environment, words === undefined ? 'alone' : 'person', words ?? 'nobody on the arrow', 'statement')])]
    })
  })
}
