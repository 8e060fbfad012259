import { hostingId } from './hosting.ts'
import type { Profile } from './profile.ts'
import { isServerFramework } from './service-language.ts'
import { readStack } from './stack.ts'

const served = { languages: ['php', 'javascript', 'typescript'], frameworks: ['laravel'], databases: ['mysql', 'mariadb', 'sqlite'] }

/**
 * Inputs, as `field: value`, that need a process, a container or a database which shared web hosting does not run.
 * Empty on any other hosting. Order: stack as given, then services.
 */
export function beyondSharedHosting(profile: Pick<Profile, 'hosting' | 'stack' | 'services' | 'projectType'>): string[] {
  if (hostingId(profile.hosting) !== 'shared-hosting') return []
  const { languages, frameworks, databases, queues, ids } = readStack(profile)
  // A site of pages is built before it is uploaded.
  const prerendered = profile.projectType === 'content-site'
  const needing = new Set([
    ...languages.filter((id) => !served.languages.includes(id)), ...frameworks.filter((id) => !prerendered && isServerFramework(id) && !served.frameworks.includes(id)),
    ...databases.filter((id) => !served.databases.includes(id)), ...queues, ...ids.filter((id) => id === 'docker' || id === 'redis'),
  ])
  const words = ids.filter((id) => needing.has(id))
  return [...(words.length === 0 ? [] : [`stack: ${words.join(', ')}`]), ...((profile.services ?? 1) > 1 ? [`services: ${profile.services}`] : [])]
}
