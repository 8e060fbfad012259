import type { Stack } from './stack.ts'

const serverFrameworks: Readonly<Record<string, string>> = {
  fastapi: 'python', django: 'python', flask: 'python', 'spring-boot': 'java', aspnet: 'csharp', rails: 'ruby', laravel: 'php', express: 'javascript', fastify: 'javascript', nestjs: 'typescript', hono: 'typescript', nextjs: 'typescript', remix: 'typescript', sveltekit: 'typescript', astro: 'typescript',
}
const clientLanguages: readonly string[] = ['swift', 'dart']
const clientFrameworks: readonly string[] = ['unity', 'flutter', 'react-native']

/** The language a project's servers are written in: that of the first server framework, else the first language a server runs; null when only clients are named. */
export function serviceLanguage(stack: Pick<Stack, 'languages' | 'frameworks'>): string | null {
  const framework = stack.frameworks.find((id) => id in serverFrameworks)
  const spoken = framework === undefined ? undefined : serverFrameworks[framework]
  if (spoken !== undefined) return spoken === 'javascript' && stack.languages.includes('typescript') ? 'typescript' : spoken === 'java' && stack.languages.includes('kotlin') ? 'kotlin' : spoken
  if (stack.frameworks.some((id) => clientFrameworks.includes(id))) return null
  return stack.languages.find((language) => !clientLanguages.includes(language)) ?? null
}
