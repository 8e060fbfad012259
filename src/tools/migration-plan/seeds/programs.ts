import { templateLiteral } from '../formats/javascript.ts'
import { pythonConnection } from '../jobs/node-connection.ts'
import { seedFunctions } from './fill.ts'
import { environments, factoryHint, seedRows as rows, usage } from './words.ts'

export const nodeSeed = `// ${usage}
//   DATABASE_URL=postgres://... node db/seeds/seed.mjs          needs the package pg
import pg from 'pg'

// ${factoryHint}
const factories = {
  // 'users.name': "'Ada ' || n",
}
const rows = Number(process.env.SEED_ROWS ?? ${rows})

const url = process.env.DATABASE_URL ?? ''
function refuse() {
  for (const name of ${JSON.stringify(environments)}) if (/^prod/i.test(process.env[name] ?? '')) return name + ' says production'
  const host = URL.canParse(url) ? new URL(url).searchParams.get('host') ?? new URL(url).hostname : ''
  if (!/^(localhost|127\\.0\\.0\\.1|\\[::1\\]|\\/.*|)$/.test(host) && host !== process.env.SEED_HOST) return host + ' is not this machine; set SEED_HOST to its name when it may be seeded'
}
const reason = refuse()
if (reason !== undefined) {
  console.error('Refused: ' + reason + '.')
  process.exit(1)
}
const client = new pg.Client({ connectionString: url })
await client.connect()
try {
  await client.query('BEGIN')
  for (const text of [
${seedFunctions.map((sql) => templateLiteral(sql)).join(',\n')},
  ]) await client.query(text)
  const { rows: [done] } = await client.query('SELECT pg_temp.seed($1, $2) AS tables', [rows, JSON.stringify(factories)])
  await client.query('COMMIT')
  console.log(done.tables + ' tables, ' + rows + ' rows each')
} finally {
  await client.end()
}`

const pythonText = (sql: string): string => `r"""${sql}"""`
export const pythonSeed = `"""${usage}

    DATABASE_URL=postgres://... python db/seeds/seed.py          needs psycopg or psycopg2
"""
import json
import os
import re
import sys
from urllib.parse import parse_qs, urlsplit

${pythonConnection.slice(0, pythonConnection.indexOf('\n\n\ndef refuse_pooler')).replace('os.environ.get("DIRECT_DATABASE_URL") or ', '')}


# ${factoryHint}
FACTORIES = {
    # "users.name": "'Ada ' || n",
}
ROWS = int(os.environ.get("SEED_ROWS", "${rows}"))


def reason_to_refuse():
    for name in ${JSON.stringify(environments)}:
        if os.environ.get(name, "").lower().startswith("prod"):
            return name + " says production"
    address = urlsplit(ADDRESS)
    host = parse_qs(address.query).get("host", [address.hostname or ""])[0]
    if host not in ("localhost", "127.0.0.1", "::1", "") and not host.startswith("/") and host != os.environ.get("SEED_HOST"):
        return host + " is not this machine; set SEED_HOST to its name when it may be seeded"
    return None


if __name__ == "__main__":
    reason = reason_to_refuse()
    if reason is not None:
        sys.exit("Refused: " + reason + ".")
    connection = connect()
    ask(connection, "BEGIN")
    for text in (
${seedFunctions.map((sql) => `        ${pythonText(sql)},`).join('\n')}
    ):
        ask(connection, text)
    tables = ask(connection, "SELECT pg_temp.seed(%(rows)s, %(factories)s)", {"rows": ROWS, "factories": json.dumps(FACTORIES)})[0]
    ask(connection, "COMMIT")
    print(f"{tables} tables, {ROWS} rows each")`

export const sqlSeed = `-- ${usage}
--   psql "$DATABASE_URL" -f db/seeds/seed.sql
\\set ON_ERROR_STOP on
\\set environment \`echo "${environments.map((name) => `$${name}`).join(' ')}"\`
\\set allowed \`echo "$SEED_HOST"\`
\\set rows \`echo "\${SEED_ROWS:-${rows}}"\`
-- ${factoryHint}
\\set factories '{}'

SELECT :'environment' ~* '(^| )prod' OR NOT (:'HOST' ~ '^(localhost|127\\.0\\.0\\.1|::1|/.*)$' OR :'HOST' = :'allowed') AS refused \\gset
\\if :refused
  \\warn 'Refused: the environment says production, or the server is not this machine (set SEED_HOST to its name when it may be seeded).'
  SELECT 1 / 0 AS refused;
\\endif
BEGIN;
${seedFunctions.map((sql) => `${sql};`).join('\n')}
SELECT pg_temp.seed(:rows, :'factories') AS tables;
COMMIT;`
