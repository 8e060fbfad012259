import { table } from '../../../core/table.ts'
import { neverHold } from '../formats/lint.ts'

/**
 * How the SQL of a new file is had for the linter: as it lies there, from the tool, or by calling the migration with something that prints instead of
 * the database. Undefined where nothing can read it.
 */
interface Reading { readonly files: readonly string[], readonly print?: readonly string[], readonly prepare?: readonly string[] }

/** Calls what a migration exports with an object that prints SQL. What is built in code by other calls is refused by name: nobody would read it. */
const recorder = [
  'print_sql() {', '  case $1 in *.sql) cat "$1"; return ;; esac', `  node --input-type=module - "$1" <<'JS'`,
  "import { resolve } from 'node:path'", "import { pathToFileURL } from 'node:url'", '',
  "const print = async (sql) => { console.log(sql.replaceAll('\\\\?', '?').trim().replace(/;*$/, ';')) }",
  'const known = { sql: print, raw: print, query: print, noTransaction() {}, transaction: (work) => work(database) }',
  'const database = new Proxy(known, {',
  '  get(_, call) {', "    if (call in known) return known[call]", "    throw new Error(`${process.argv[2]}: ${String(call)} builds its SQL in code, which no linter reads. Write the statement as SQL.`)", '  },', '})',
  'const found = await import(pathToFileURL(resolve(process.argv[2])))',
  'const Migration = Object.values(found).find((value) => value?.prototype?.up)',
  'const migration = Migration ? new Migration() : found.default?.up ? found.default : found',
  'await migration.up(database)', 'JS', '}',
]
const scripts = (folder: string): readonly string[] => ['js', 'cjs', 'mjs', 'ts', 'sql'].map((extension) => `${folder}/*.${extension}`)
const readings: Readonly<Record<string, Reading | undefined>> = table<Record<string, Reading>>({
  'prisma-migrate': { files: ['prisma/migrations/*.sql'] }, 'drizzle-kit': { files: ['drizzle/*.sql'] }, flyway: { files: ['src/main/resources/db/migration/*.sql'] },
  dbmate: { files: ['db/migrations/*.sql'], print: [`  sed '/^-- migrate:down/,$d' "$1"`] },
  knex: { files: scripts('migrations'), prepare: recorder }, 'node-pg-migrate': { files: scripts('migrations'), prepare: recorder }, typeorm: { files: scripts('src/migrations'), prepare: recorder },
  alembic: {
    files: ['alembic/versions/*.py'],
    print: [
      String.raw`  revision=$(sed -nE "s/^revision[^=]*= *[\"'](.*)[\"'].*/\1/p" "$1")`, String.raw`  previous=$(sed -nE "s/^down_revision[^=]*= *[\"']([^\"']*)[\"'].*/\1/p" "$1")`,
      '  alembic upgrade "$previous:$revision" --sql >"$checked.raw"', `  sed '/^CREATE TABLE alembic_version/,/);/d; /alembic_version/d' "$checked.raw"`,
    ],
  },
  'django-migrations': { files: ['*/migrations/[0-9]*.py'], print: ['  python manage.py sqlmigrate "$(basename "$(dirname "$(dirname "$1")")")" "$(basename "$1" .py)"'] },
  'ef-core': {
    files: ['Migrations/[0-9]*.cs', ':!*.Designer.cs'],
    print: ['  before=0', '  for one in Migrations/[0-9]*.cs; do', '    case $one in *.Designer.cs) continue ;; "$1") break ;; esac', '    before=$(basename "$one" .cs)', '  done', '  dotnet ef migrations script "$before" "$(basename "$1" .cs)"'],
  },
})

/** Git's words for the files of a tool's migrations. */
export const migrationFiles = (tool: string, folder: string): string => (readings[tool]?.files ?? [`${folder}/*`]).map((one) => `'${one}'`).join(' ')

/** No linter knows MySQL; one rule matters most. Without ALGORITHM the server takes the cheapest way it has, which may be a copy that stops every write. */
const namesItsWay: readonly string[] = [
  '  new=$(added)', `  printf '%s\\n' "$new" | while IFS= read -r file; do`,
  '    case $file in "" | *aseline*) continue ;; esac',
  "    if grep -inE 'ALTER[[:space:]]+TABLE' \"$file\" | grep -viE 'ALGORITHM[[:space:]]*='; then", '      echo "$file: name ALGORITHM and LOCK, so that the server refuses instead of copying the table." >&2', '      exit 1', '    fi', '  done',
]

/** Shell lines before the choice of a check, and those of the check itself. */
export function lintLines(tool: string, database: string): { readonly before: readonly string[], readonly check: readonly string[] } {
  const reading = readings[tool]
  if (database === 'mysql' || database === 'mariadb') return { before: [], check: namesItsWay }
  if (database !== 'postgresql') return { before: [], check: [`  echo 'No linter knows the locks of this database. Review the statements of the plan.'`] }
  if (reading === undefined) return { before: [], check: [`  echo 'The SQL of this tool lies in code: no linter reads it. Review the statements of the plan.'`] }
  const { print, prepare } = reading
  return {
    before: [...(prepare ?? ['print_sql() {', ...(print ?? ['  cat "$1"']), '}']), ''],
    check: [
      '  new=$(added)', `  printf '%s\\n' "$new" | while IFS= read -r file; do`,
      '    case $file in "" | *aseline*) continue ;; esac',
      '    # A statement that leaves the transaction says so in its file, and so does a rule that does not hold there.',
      `    inside=--assume-in-transaction`, `    if grep -qE 'CONCURRENTLY|transaction:false|transaction: false|transaction = false|noTransaction|autocommit_block|atomic = False' "$file" || grep -qs 'executeInTransaction=false' "$file.conf"; then inside=; fi`,
      `    print_sql "$file" >"$checked"`,
      // What a tool prints may hold the transaction itself.
      ...(print !== undefined && tool !== 'dbmate' ? [`    if grep -qE '^(BEGIN|START TRANSACTION);' "$checked"; then inside=; fi`] : []),
      ...(prepare !== undefined || (print !== undefined && tool !== 'dbmate') ? [`    sed -nE 's/^(#|\\/\\/) (squawk-ignore-file )/-- \\2/p' "$file" | cat - "$checked" >"$checked.all"`, '    mv "$checked.all" "$checked"'] : []),
      `    npx --yes squawk-cli --exclude=${Object.keys(neverHold).join(',')} $inside --stdin-filepath "$file" <"$checked"`, '  done',
    ],
  }
}

/** Why the linter is told to leave rules out, as comment lines. */
export const lintReasons: readonly string[] = Object.entries(neverHold).map(([rule, reason]) => `# Not asked for: ${rule}, because ${reason}.`)
