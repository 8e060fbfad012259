import type { ToolchainRequest } from '../toolchain.ts'

/** Tools that a project has: those of `known` that it names, or `assumed` when it names none of them. */
export function toolsOf({ scripts }: Pick<ToolchainRequest, 'scripts'>, known: readonly string[], assumed: readonly string[]): (...names: readonly string[]) => boolean {
  const named = (scripts ?? []).filter((name) => known.includes(name))
  const has = named.length === 0 ? assumed : named
  return (...names) => names.some((name) => has.includes(name))
}

/** `major` or `major.minor` of a version that may say more. */
export const shortVersion = (version: string, parts: number): string => version.split('.').slice(0, parts).join('.')
