import type { Claim } from '../claim.ts'
import type { Statement } from '../statements.ts'
import { isDenied } from './products.ts'

/** What only one migration tool is started with. */
const runs: readonly (readonly [id: string, command: RegExp])[] = [
  ['prisma-migrate', /\bprisma migrate (?:deploy|dev)\b/], ['drizzle-kit', /\bdrizzle-kit (?:migrate|generate|push)\b/], ['alembic', /\balembic upgrade\b/], ['flyway', /\bflyway(?::| )migrate\b|\bflywayMigrate\b/], ['knex', /\bknex migrate:/],
  ['typeorm', /\btypeorm migration:/], ['rails-migrations', /\brails db:migrate\b/], ['django-migrations', /\bmanage\.py migrate\b/], ['laravel-migrations', /\bartisan migrate\b/], ['ef-core', /\bdotnet ef (?:migrations|database)\b/],
  ['dbmate', /\bdbmate up\b/], ['node-pg-migrate', /\bnode-pg-migrate up\b/], ['migrate-mongo', /\bmigrate-mongo up\b/],
]
/** What a stage of a pipeline starts with, by package manager. `npm audit` and `npx` also run where another one installs. */
const managers: readonly (readonly [id: string, command: RegExp])[] = [['npm', /^npm run /], ['pnpm', /^pnpm (?:run|exec|--recursive) /], ['yarn', /^yarn run /], ['uv', /^uv run /], ['poetry', /^poetry run /], ['bundler', /^bundle exec /], ['composer', /^composer /], ['gradle', /^(?:\.\/gradlew|gradle) /], ['maven', /^(?:\.\/mvnw|mvn) /]]

/** Migration tools and package managers by the commands that a document shows. */
export function commandClaims({ text, label, column, line, sections, kind }: Statement, file: string): readonly Claim[] {
  const trace = (of: Claim['kind'], value: string, said: string): Claim => ({ kind: of, key: '', value, said, file, line, weight: 'trace' })
  const tools = runs.flatMap(([id, command]) => {
    const match = command.exec(text)
    return match === null || isDenied(text, { start: match.index, end: match.index + match[0].length }) ? [] : [trace('migration-tool', id, match[0])]
  })
  if (!sections.has('pipeline') || !(kind === 'cell' ? /^tools?$/i.test(column) && /^(lint|test|build)$/i.test(label) : /^stages$/i.test(label))) return tools
  const shown = text.split(/, | \(/).flatMap((piece) => managers.flatMap(([id, command]) => (command.test(piece.replace(/^lint \(|^\(/, '')) ? [trace('package-manager', id, piece)] : [])))
  return [...tools, ...shown]
}
