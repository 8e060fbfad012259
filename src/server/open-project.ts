import { delimiter } from 'node:path'

/** What a process knows of where it runs; `plugin` is the folder this bundle was installed in. */
export interface Surroundings { readonly env: Readonly<Record<string, string | undefined>>, readonly cwd: string, readonly plugin: string }

/**
 * The project the host has open, or null when it does not tell. Claude Code names it; other hosts start a server in the project,
 * or in the plugin's own folder (Copilot CLI, which leaves the project in PWD, and Codex, which does not).
 */
export function openProject({ env, cwd, plugin }: Surroundings): string | null {
  const named = env['CLAUDE_PROJECT_DIR']
  if (named !== undefined && named !== '') return named
  if (cwd !== plugin) return cwd
  const shell = env['PWD']
  return shell !== undefined && shell !== '' && shell !== plugin ? shell : null
}

/** Records that every project of this person stands on: `OPERATIONAL_PATTERNS_RECORDS`, absolute paths separated as in PATH, the most general first. */
export const recordsOf = (env: Surroundings['env']): readonly string[] => (env['OPERATIONAL_PATTERNS_RECORDS'] ?? '').split(delimiter).filter((path) => path !== '')
