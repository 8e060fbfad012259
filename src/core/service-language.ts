import type { Stack } from './stack.ts'

const serverFrameworks: Readonly<Record<string, string>> = {
  fastapi: 'python', django: 'python', flask: 'python', 'spring-boot': 'java', aspnet: 'csharp', rails: 'ruby', laravel: 'php', express: 'javascript', fastify: 'javascript', nestjs: 'typescript', hono: 'typescript', nextjs: 'typescript', remix: 'typescript', sveltekit: 'typescript', astro: 'typescript',
}
/** What runs on a phone or a console, and the language it brings along. */
const clientFrameworks: Readonly<Record<string, string>> = { unity: 'csharp', flutter: 'dart', 'react-native': 'typescript' }
const browserFrameworks: readonly string[] = ['react', 'vue', 'angular']

/** True when the framework answers requests, so a service is configured at its start. */
export const isServerFramework = (id: string): boolean => id in serverFrameworks

/** The language a project's servers are written in: that of the first server framework, else the first language a server runs; null when only clients are named. */
export function serviceLanguage(stack: Pick<Stack, 'languages' | 'frameworks'>): string | null {
  const framework = stack.frameworks.find(isServerFramework)
  const spoken = framework === undefined ? undefined : serverFrameworks[framework]
  if (spoken !== undefined) return spoken === 'javascript' && stack.languages.includes('typescript') ? 'typescript' : spoken === 'java' && stack.languages.includes('kotlin') ? 'kotlin' : spoken
  // Kotlin beside Swift is the Android half of an application.
  const onClients = ['swift', 'dart', ...(stack.languages.includes('swift') ? ['kotlin'] : []), ...stack.frameworks.map((id) => clientFrameworks[id])]
  const servers = stack.languages.filter((language) => !onClients.includes(language))
  // Beside a browser framework and another language, both kinds of JavaScript are the front.
  const inBrowsers = stack.frameworks.some((id) => browserFrameworks.includes(id)) ? ['javascript', 'typescript'] : []
  return servers.find((language) => !inBrowsers.includes(language)) ?? servers[0] ?? null
}
