/** Companies and families that people leave out: `Amazon Cognito` is written `Cognito`, and `AWS Cognito`. */
const makers: readonly string[] = ['Amazon', 'AWS', 'Microsoft', 'Google', 'Google Cloud', 'HashiCorp', 'Grafana', 'Azure', 'Firebase', 'Atlassian']
/** Words behind a name that people leave out. */
const endings = /(?:,? (?:self-hosted|cloud|migrations?|migrate|kit|pipelines|authentication|app service|feature flags|identity server|observability|ci|parameter store|\(.*\)))$/i
/** Too common to mean a product without its maker. */
const tooShort = new Set(['cloud', 'monitor', 'key', 'app', 'remote config', 'database', 'agent', 'workers', 'identity platform', 'identity', 'server', 'secrets', 'migrations', 'flags', 'app configuration', 'appconfig', 'pipelines', 'authentication', 'kubernetes engine', 'auth', 'console', 'platform', 'none', 'virtual', 'azure', 'aws', 'google', 'firebase', 'amazon', 'microsoft', 'no sign-in', 'systems manager', 'run', 'logging', 'monitoring', 'teams', 'standard output', 'hosting platform', 'not decided yet', 'customer hosted', 'no secrets', 'no flags', 'java', 'go'])

/** Ways people write a name that a sheet gives: without its maker, without what comes after, each of two names, and the id. */
export function spellings(name: string, id: string, more: readonly string[] = []): readonly string[] {
  const found = new Set<string>(/^No[t ]/.test(name) ? [] : [name])
  const add = (text: string): void => {
    const clean = text.trim()
    if (clean.length > 1 && !tooShort.has(clean.toLowerCase())) found.add(clean)
  }
  for (const part of [name, ...name.split(/ and | or /).filter((piece) => /^[A-Z]\S*$/.test(piece.trim()))]) {
    add(part)
    const plain = part.replace(/,? \([^)]*\)$/, '')
    add(plain)
    const short = plain.replace(endings, '')
    if (short !== plain) add(short)
    for (const maker of makers) {
      if (!plain.startsWith(`${maker} `)) continue
      add(plain.slice(maker.length + 1))
      if (maker === 'Amazon') add(`AWS ${plain.slice(7)}`)
    }
  }
  if (/[a-z]-[a-z]|\d/.test(id)) add(id)
  for (const word of more) add(word)
  return [...found].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
}
