import { agrees } from '../detect/agree.ts'
import type { ClaimKind } from './facts.ts'
import { familyOf } from './names.ts'

/** Something a document says. `key` tells apart what there are several of (an environment, a runtime); `said` is what stands there. */
export interface Claim {
  readonly kind: ClaimKind
  readonly key: string
  readonly value: string
  readonly said: string
  readonly file: string
  readonly line: number
  /** A statement chooses; a trace (a variable, a node of a diagram, a command) only shows. */
  readonly weight: 'statement' | 'trace'
  /** Stands first in the section that decides this kind. */
  readonly decides?: boolean
}

/** Everything said about one kind and key at one place: several values there belong together. */
export interface Stand { readonly kind: ClaimKind, readonly key: string, readonly file: string, readonly line: number, readonly values: readonly string[], readonly said: string, readonly weight: Claim['weight'], readonly decides?: boolean }

/** Claims by place, in the order they stand. */
export function standsOf(claims: readonly Claim[]): readonly Stand[] {
  const stands = new Map<string, Stand>()
  for (const claim of claims) {
    const id = [claim.kind, claim.key, claim.file, claim.line, claim.weight].join('\n')
    const known = stands.get(id)
    if (known === undefined) stands.set(id, { ...claim, values: [claim.value] })
    else if (!known.values.includes(claim.value)) stands.set(id, { ...known, values: [...known.values, claim.value], said: known.said.split(', ').includes(claim.said) ? known.said : `${known.said}, ${claim.said}` })
  }
  return [...stands.values()]
}

const version = (text: string): readonly string[] => text.split('.')

/** True when two values of a kind mean the same, or one says more of the same. */
export function sameValue(kind: ClaimKind, a: string, b: string): boolean {
  if (a === b || familyOf(a) === familyOf(b)) return true
  if (kind === 'package-manager') return a.replace(/-berry$/, '') === b.replace(/-berry$/, '')
  // What a program prints, under two names.
  if (kind === 'logs' && [a, b].every((value) => value === 'console' || value === 'stdout')) return true
  if (kind === 'hosting') return agrees('hosting', a, b) || agrees('hosting', b, a)
  if (kind === 'runtime') return version(a).every((part, index) => version(b)[index] === undefined || version(b)[index] === part)
  return false
}

/** True when two places can both be right: they share a value. */
export const areCompatible = (a: Stand, b: Stand): boolean => a.values.some((value) => b.values.some((other) => sameValue(a.kind, value, other)))
