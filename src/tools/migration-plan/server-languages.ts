import type { Stack } from '../../core/stack.ts'

const javascript = ['javascript', 'typescript']
/** What runs on a user's device, and the languages it is written in. */
const clients: Readonly<Record<string, readonly string[] | undefined>> = {
  react: javascript, angular: javascript, vue: javascript, 'react-native': javascript, nextjs: javascript, remix: javascript, sveltekit: javascript, astro: javascript,
  flutter: ['dart'], dart: ['dart'], unity: ['csharp'], swift: ['swift'],
}
/** What only a server has, and its language. */
const servers: Readonly<Record<string, readonly string[] | undefined>> = {
  express: javascript, fastify: javascript, nestjs: javascript, hono: javascript, knex: javascript, typeorm: javascript, prisma: javascript, drizzle: javascript, kysely: javascript, mongoose: javascript, bullmq: javascript,
  aspnet: ['csharp'], 'ef-core': ['csharp'],
}
/** Frameworks that answer requests as well as draw pages: behind one of them a bare language may be a script beside it. */
const both = ['nextjs', 'remix', 'sveltekit', 'astro']
const backEnds = ['fastapi', 'flask', 'django', 'spring-boot', 'aspnet', 'rails', 'laravel', 'go', 'java', 'kotlin', 'csharp', 'rust', 'elixir', 'scala', 'php', 'ruby']
/** What only a phone or a console runs: with nothing else named, nothing is known of the server. */
const devices = ['react-native', 'flutter', 'dart', 'swift', 'unity']
const runsJavaScript = /^(node|nodejs|node\.js|bun|deno)\b/i

/** Languages in which the server may be written, in the order given; none when only a client was named. `words` are those of the stack as they were written. */
export function serverLanguages(stack: Stack, words: readonly string[]): readonly string[] {
  const onServer = new Set([...stack.ids.flatMap((id) => servers[id] ?? []), ...(words.some((word) => runsJavaScript.test(word.trim())) ? javascript : [])])
  const onClient = new Set(stack.ids.flatMap((id) => clients[id] ?? []).filter((language) => !onServer.has(language)))
  const rest = stack.languages.filter((language) => !onClient.has(language))
  // An app for Android beside one for iOS, with a server of its own.
  const others = onClient.has('swift') && rest.length > 1 ? rest.filter((language) => language !== 'kotlin') : rest
  const own = stack.languages.filter((language) => javascript.includes(language))
  if (others.length === 0) return onServer.size === 0 && stack.ids.some((id) => devices.includes(id)) && stack.frameworks.every((id) => devices.includes(id)) ? [] : own
  return both.some((id) => stack.ids.includes(id)) && !backEnds.some((id) => stack.ids.includes(id) && !onClient.has(id)) ? [...own, ...others] : others
}
