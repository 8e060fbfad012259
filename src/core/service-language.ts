import type { Stack } from './stack.ts'

type Named = Pick<Stack, 'languages' | 'frameworks'>

const names: Readonly<Record<string, string>> = { typescript: 'TypeScript', javascript: 'JavaScript', csharp: 'C#', php: 'PHP' }
/** A language as people write it. */
export const languageName = (id: string): string => names[id] ?? `${id.charAt(0).toUpperCase()}${id.slice(1)}`

const serverFrameworks: Readonly<Record<string, string>> = {
  fastapi: 'python', django: 'python', flask: 'python', 'spring-boot': 'java', aspnet: 'csharp', rails: 'ruby', laravel: 'php', express: 'javascript', fastify: 'javascript', nestjs: 'typescript', hono: 'typescript', nextjs: 'typescript', remix: 'typescript', sveltekit: 'typescript', astro: 'typescript',
}
/** What runs on a phone or a console, and the language it brings along. */
const clientFrameworks: Readonly<Record<string, string>> = { unity: 'csharp', flutter: 'dart', 'react-native': 'typescript' }
const browserFrameworks: readonly string[] = ['react', 'vue', 'angular']

/** True when the framework answers requests, so a service is configured at its start. */
export const isServerFramework = (id: string): boolean => id in serverFrameworks

/** Languages of what runs on phones and consoles. Kotlin beside Swift is the Android half of an application. */
const onDevices = ({ languages, frameworks }: Named): readonly string[] =>
  ['swift', 'dart', ...(languages.includes('swift') ? ['kotlin'] : []), ...frameworks.flatMap((id) => clientFrameworks[id] ?? [])]
/** Beside a browser framework and another language, both kinds of JavaScript are the front. */
const inBrowsers = ({ frameworks }: Named): readonly string[] => (frameworks.some((id) => browserFrameworks.includes(id)) ? ['javascript', 'typescript'] : [])

/** Every language that answers requests, that of `serviceLanguage` first. Kotlin and TypeScript stand for Java and JavaScript beside them. */
export function serverLanguages(stack: Named): string[] {
  const first = serviceLanguage(stack)
  const onClients = [...onDevices(stack), ...inBrowsers(stack)]
  const all = [...(first === null ? [] : [first]), ...stack.frameworks.flatMap((id) => serverFrameworks[id] ?? []), ...stack.languages.filter((language) => !onClients.includes(language))]
  const doubled = [...(all.includes('typescript') ? ['javascript'] : []), ...(all.includes('kotlin') ? ['java'] : [])]
  return [...new Set(all)].filter((language) => !doubled.includes(language))
}

/** The language a project's servers are written in: that of the first server framework, else the first language a server runs; null when only clients are named. */
export function serviceLanguage(stack: Named): string | null {
  const framework = stack.frameworks.find(isServerFramework)
  const spoken = framework === undefined ? undefined : serverFrameworks[framework]
  if (spoken !== undefined) return spoken === 'javascript' && stack.languages.includes('typescript') ? 'typescript' : spoken === 'java' && stack.languages.includes('kotlin') ? 'kotlin' : spoken
  const servers = stack.languages.filter((language) => !onDevices(stack).includes(language))
  return servers.find((language) => !inBrowsers(stack).includes(language)) ?? servers[0] ?? null
}
