import type { Value } from './findings.ts'

/** Hosting ids that say more about the same place than another. */
const refines: Readonly<Record<string, readonly string[]>> = {
  'aws-ecs': ['aws'], 'aws-lambda': ['aws'], 'aws-kubernetes': ['aws', 'kubernetes'], gke: ['gcp', 'kubernetes'], openshift: ['kubernetes'], kubernetes: ['virtual-server'], 'hetzner-kubernetes': ['kubernetes', 'virtual-server'], firebase: ['gcp'],
}

const version = (text: string): readonly [number, number | undefined] => {
  const [, major = '0', minor] = /(\d+)(?:\.(\d+))?/.exec(text) ?? []
  return [Number(major), minor === undefined ? undefined : Number(minor)]
}

/** True when the pinned version lies in the range, or names the same release; ranges are read by their lower end only. */
function fits(pinned: string, other: string): boolean {
  const [major, minor] = version(pinned)
  const [lowMajor, lowMinor] = version(other)
  if (/^[ \t]*>=?/.test(other)) return major > lowMajor || (major === lowMajor && (minor === undefined || lowMinor === undefined || minor >= lowMinor))
  return major === lowMajor && (minor === undefined || lowMinor === undefined || minor === lowMinor || /^[ \t]*[\^~]/.test(other))
}

/** True when `other` says the same as `kept` in fewer or other words: no disagreement. */
export function agrees(field: string, kept: Value, other: Value): boolean {
  if (kept === other) return true
  if (field === 'hosting') return refines[String(kept)]?.includes(String(other)) ?? false
  if (field === 'monorepo') return (kept === 'turborepo' || kept === 'nx') || (kept === 'pnpm-workspaces' && other === 'npm-workspaces')
  return field.startsWith('runtimeVersions.') && fits(String(kept), String(other))
}
