import type { Profile } from './profile.ts'
import { asWord } from './words.ts'

export { hostingId } from './hosting.ts'

/** One technology under its canonical id, with the other ways people write it. */
interface Technology { readonly id: string, readonly kind: StackKind, readonly implies?: readonly string[], readonly aliases?: readonly string[] }
export type StackKind = 'language' | 'framework' | 'database' | 'orm' | 'queue' | 'cache' | 'library'

const technologies: readonly Technology[] = [
  { id: 'typescript', kind: 'language', aliases: ['ts'] },
  { id: 'javascript', kind: 'language', aliases: ['js', 'node', 'nodejs', 'node.js', 'bun', 'deno'] },
  { id: 'python', kind: 'language', aliases: ['py', 'python3', 'jupyter', 'pandas'] },
  { id: 'go', kind: 'language', aliases: ['golang', 'gin', 'echo', 'go-fiber', 'chi'] },
  { id: 'java', kind: 'language', aliases: ['quarkus', 'micronaut', 'openjdk'] },
  { id: 'kotlin', kind: 'language', aliases: ['ktor'] },
  { id: 'csharp', kind: 'language', aliases: ['c#', 'dotnet', '.net', '.net-core', '.net-framework', 'winforms', 'wpf'] },
  { id: 'ruby', kind: 'language' },
  { id: 'php', kind: 'language', aliases: ['symfony', 'wordpress', 'drupal'] },
  { id: 'rust', kind: 'language' },
  { id: 'swift', kind: 'language', aliases: ['ios', 'swiftui'] },
  { id: 'dart', kind: 'language' },
  { id: 'elixir', kind: 'language', aliases: ['phoenix'] },
  { id: 'scala', kind: 'language' },
  { id: 'nextjs', kind: 'framework', implies: ['typescript', 'react'], aliases: ['next', 'next.js'] },
  { id: 'react', kind: 'framework', implies: ['javascript'] },
  { id: 'remix', kind: 'framework', implies: ['typescript'], aliases: ['react-router'] },
  { id: 'angular', kind: 'framework', implies: ['typescript'] },
  { id: 'vue', kind: 'framework', implies: ['javascript'], aliases: ['nuxt'] },
  { id: 'sveltekit', kind: 'framework', implies: ['typescript'], aliases: ['svelte'] },
  { id: 'astro', kind: 'framework', implies: ['typescript'] },
  { id: 'express', kind: 'framework', implies: ['javascript'] },
  { id: 'fastify', kind: 'framework', implies: ['javascript'] },
  { id: 'nestjs', kind: 'framework', implies: ['typescript'], aliases: ['nest'] },
  { id: 'hono', kind: 'framework', implies: ['typescript'] },
  { id: 'fastapi', kind: 'framework', implies: ['python'] },
  { id: 'django', kind: 'framework', implies: ['python', 'django-orm'] },
  { id: 'flask', kind: 'framework', implies: ['python'] },
  { id: 'spring-boot', kind: 'framework', implies: ['java'], aliases: ['spring', 'springboot'] },
  { id: 'aspnet', kind: 'framework', implies: ['csharp'], aliases: ['asp.net', 'aspnetcore', 'asp.net-core', 'aspnet-core', 'blazor'] },
  { id: 'rails', kind: 'framework', implies: ['ruby'], aliases: ['ruby-on-rails'] },
  { id: 'laravel', kind: 'framework', implies: ['php'] },
  { id: 'flutter', kind: 'framework', implies: ['dart'] },
  { id: 'react-native', kind: 'framework', implies: ['typescript'], aliases: ['expo'] },
  { id: 'unity', kind: 'framework', implies: ['csharp'] },
  { id: 'postgresql', kind: 'database', aliases: ['postgres', 'pg', 'psql', 'supabase', 'neon', 'rds-postgres', 'timescaledb', 'timescale', 'postgis', 'pgvector', 'cloud-sql-postgres', 'aurora-postgres'] },
  { id: 'mysql', kind: 'database', aliases: ['planetscale'] },
  { id: 'mariadb', kind: 'database' },
  { id: 'mongodb', kind: 'database', aliases: ['mongo', 'atlas'] },
  { id: 'sqlite', kind: 'database', aliases: ['turso', 'libsql', 'd1'] },
  { id: 'sqlserver', kind: 'database', aliases: ['mssql', 'sql-server', 'ms-sql', 'azure-sql'] },
  { id: 'dynamodb', kind: 'database' },
  { id: 'firestore', kind: 'database' },
  { id: 'redis', kind: 'cache', aliases: ['valkey', 'upstash'] },
  { id: 'prisma', kind: 'orm' },
  { id: 'drizzle', kind: 'orm', aliases: ['drizzle-orm', 'drizzle-kit'] },
  { id: 'knex', kind: 'orm' },
  { id: 'typeorm', kind: 'orm' },
  { id: 'kysely', kind: 'orm' },
  { id: 'mongoose', kind: 'orm', implies: ['mongodb'] },
  { id: 'sqlalchemy', kind: 'orm', implies: ['python'] },
  { id: 'alembic', kind: 'orm', implies: ['python', 'sqlalchemy'] },
  { id: 'django-orm', kind: 'orm' },
  { id: 'ef-core', kind: 'orm', implies: ['csharp'], aliases: ['entity-framework', 'efcore'] },
  { id: 'hibernate', kind: 'orm', implies: ['java'], aliases: ['jpa'] },
  { id: 'node-pg-migrate', kind: 'orm' },
  { id: 'flyway', kind: 'orm' },
  { id: 'bullmq', kind: 'queue', implies: ['redis'], aliases: ['bull'] },
  { id: 'celery', kind: 'queue', implies: ['python'] },
  { id: 'rabbitmq', kind: 'queue' },
  { id: 'kafka', kind: 'queue' },
  { id: 'sqs', kind: 'queue' },
  { id: 'docker', kind: 'library' },
  { id: 'stripe', kind: 'library', aliases: ['stripe-connect', 'stripe-billing', 'stripe-checkout'] },
  { id: 'openai', kind: 'library', aliases: ['openai-api', 'chatgpt', 'gpt'] },
  { id: 'anthropic', kind: 'library', aliases: ['anthropic-api', 'claude', 'claude-api'] },
]

const byName = new Map<string, Technology>(technologies.flatMap((technology) => [technology.id, ...(technology.aliases ?? [])].map((name) => [name, technology] as const)))

/** Technologies of a profile under canonical ids, in the order given, with what they imply; unknown words are kept apart. */
export interface Stack {
  readonly ids: readonly string[]
  readonly languages: readonly string[]
  readonly frameworks: readonly string[]
  readonly databases: readonly string[]
  readonly orms: readonly string[]
  readonly queues: readonly string[]
  readonly unknown: readonly string[]
}

const normalName = (text: string): string => asWord(text).replace(/[-@v]*\d+(\.\d+)*(\.x)?$/, '')

/** True where the database is D1 of Cloudflare: a binding of the platform, which no address in a variable reaches. */
export const isBound = ({ stack }: Pick<Profile, 'stack'>): boolean => (stack ?? []).some((word) => /^(cloudflare[\s-])?d1$/.test(word.trim().toLowerCase()))

/** Canonical id of one technology (`Next.js 15` gives `nextjs`), or undefined. */
export const technologyId = (text: string): string | undefined => {
  const name = normalName(text)
  const scripted = /^(.+?)\.js$/.exec(name)
  // What ends in .js is a framework under its short name, or something written in JavaScript.
  const found = byName.get(text.trim().toLowerCase()) ?? byName.get(name) ?? (scripted === null ? undefined : byName.get(scripted[1] ?? '') ?? byName.get('javascript'))
  return found?.id
}

/** Reads `profile.stack` through the aliases. JavaScript is dropped when TypeScript is named. */
export function readStack(profile: Pick<Profile, 'stack'>): Stack {
  const ids: string[] = []
  const unknown: string[] = []
  const add = (id: string): void => {
    if (ids.includes(id)) return
    ids.push(id)
    for (const implied of byName.get(id)?.implies ?? []) add(implied)
  }
  for (const word of profile.stack ?? []) {
    const id = technologyId(word)
    if (id === undefined) unknown.push(word)
    else add(id)
  }
  const known = ids.includes('typescript') ? ids.filter((id) => id !== 'javascript') : ids
  const of = (kind: StackKind) => known.filter((id) => byName.get(id)?.kind === kind)
  return { ids: known, languages: of('language'), frameworks: of('framework'), databases: of('database'), orms: of('orm'), queues: [...of('queue')], unknown }
}
