import { templateLiteral } from '../../formats/javascript.ts'
import { pythonConnection } from '../../jobs/mysql/connection.ts'
import { environments, factoryHint, seedRows, usage } from '../words.ts'
import { dropSeed, seedProcedure, seedTables } from './fill.ts'

const statements = [...dropSeed, ...seedTables, seedProcedure]

export const nodeSeed = `// ${usage}
//   DATABASE_URL=mysql://... node db/seeds/seed.mjs          needs the package mysql2
import mysql from 'mysql2/promise'

// ${factoryHint}
const factories = {
  // 'users.name': "concat('Ada ', n)",
}
const rows = Number(process.env.SEED_ROWS ?? ${seedRows})

const url = (process.env.DATABASE_URL ?? '').replace(/^mariadb:/, 'mysql:')
function refuse() {
  for (const name of ${JSON.stringify(environments)}) if (/^prod/i.test(process.env[name] ?? '')) return name + ' says production'
  const host = URL.canParse(url) ? new URL(url).hostname : ''
  if (!/^(localhost|127\\.0\\.0\\.1|\\[::1\\]|)$/.test(host) && host !== process.env.SEED_HOST) return host + ' is not this machine; set SEED_HOST to its name when it may be seeded'
}
const reason = refuse()
if (reason !== undefined) {
  console.error('Refused: ' + reason + '.')
  process.exit(1)
}
const client = await mysql.createConnection({ uri: url })
try {
  for (const text of [
${statements.map((sql) => templateLiteral(sql)).join(',\n')},
  ]) await client.query(text)
  const [[[done]]] = await client.query('CALL ops_seed(?, ?)', [rows, JSON.stringify(factories)])
  console.log(done.tables + ' tables, ' + rows + ' rows each')
} finally {
  for (const text of ${JSON.stringify(dropSeed)}) await client.query(text)
  await client.end()
}`

export const pythonSeed = `"""${usage}

    DATABASE_URL=mysql://... python db/seeds/seed.py          needs PyMySQL or mysqlclient
"""
import json
import os
import sys
from urllib.parse import unquote, urlsplit

${pythonConnection.replace('os.environ.get("DIRECT_DATABASE_URL") or ', '')}


# ${factoryHint}
FACTORIES = {
    # "users.name": "concat('Ada ', n)",
}
ROWS = int(os.environ.get("SEED_ROWS", "${seedRows}"))


def reason_to_refuse():
    for name in ${JSON.stringify(environments)}:
        if os.environ.get(name, "").lower().startswith("prod"):
            return name + " says production"
    host = urlsplit(ADDRESS).hostname or ""
    if host not in ("localhost", "127.0.0.1", "::1", "") and host != os.environ.get("SEED_HOST"):
        return host + " is not this machine; set SEED_HOST to its name when it may be seeded"
    return None


if __name__ == "__main__":
    reason = reason_to_refuse()
    if reason is not None:
        sys.exit("Refused: " + reason + ".")
    connection = connect()
    try:
        for text in (
${statements.map((sql) => `            r"""${sql}""",`).join('\n')}
        ):
            ask(connection, text)
        tables = ask(connection, "CALL ops_seed(%(rows)s, %(factories)s)", {"rows": ROWS, "factories": json.dumps(FACTORIES)})[0]
        print(f"{tables} tables, {ROWS} rows each")
    finally:
        for text in ${JSON.stringify(dropSeed)}:
            ask(connection, text)`

export const shellSeed = `#!/bin/sh
# ${usage}
#   MYSQL_DEFAULTS_FILE=... DATABASE_NAME=... sh db/seeds/seed.sh          needs mariadb or mysql
set -eu
client=$(command -v mariadb || command -v mysql)
rows=$((\${SEED_ROWS:-${seedRows}}))
# ${factoryHint}
factories='{}'

refuse() { echo "Refused: $1." >&2; exit 1; }
for value in ${environments.map((name) => `"\${${name}:-}"`).join(' ')}; do
  case $value in [Pp][Rr][Oo][Dd]*) refuse 'the environment says production' ;; esac
done
: "\${MYSQL_DEFAULTS_FILE:?set MYSQL_DEFAULTS_FILE}" "\${DATABASE_NAME:?set DATABASE_NAME}"
run() { "$client" --defaults-file="$MYSQL_DEFAULTS_FILE" -N -B "$DATABASE_NAME"; }
server=$(echo 'SELECT @@hostname' | run)
[ "$server" = "$(hostname)" ] || [ "$server" = "\${SEED_HOST:-}" ] || refuse "$server is not this machine; set SEED_HOST to its name when it may be seeded"
clean() { run <<'SQL'
${dropSeed.map((sql) => `${sql};`).join('\n')}
SQL
}
trap clean EXIT
clean
{
  cat <<'SQL'
DELIMITER //
${[...seedTables, seedProcedure].map((sql) => `${sql}//`).join('\n')}
DELIMITER ;
SQL
  # The text is a constant of SQL: quotes are doubled.
  echo "CALL ops_seed($rows, '$(printf %s "$factories" | sed "s/'/''/g")');"
} | run`
