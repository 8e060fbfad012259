import { readFileSync } from 'node:fs'

/** Requirement ids of OWASP ASVS 5.0.0 (tag v5.0.0_release) with the level that first asks for them: 1, 2 or 3. Ids only; the standard's text is CC BY-SA. */
export function asvsLevels(): Map<string, number> {
  const levels = new Map<string, number>()
  let level = 0
  for (const word of readFileSync(new URL('./asvs-5.0.0.txt', import.meta.url), 'utf8').split(/\s+/).filter(Boolean)) {
    const heading = /^level(\d):$/.exec(word)
    if (heading !== null) level = Number(heading[1])
    else levels.set(`v5.0.0-${word}`, level)
  }
  return levels
}
