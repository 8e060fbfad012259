import { lockRetries } from '../rules.ts'

/**
 * The same with psql, for tools that bring no language. psql holds the lock in its session and starts this file again for the command; its exit code
 * comes back through a file, because psql has no other way before version 16.
 */
export const shellRunner = (command: string): string => `#!/bin/sh
# Runs one migration command while no other may: sh db/migrate.sh [command]. Needs psql.
set -eu
url=\${DIRECT_DATABASE_URL:-\${DATABASE_URL:?set DIRECT_DATABASE_URL}}

if [ "\${MIGRATION_LOCK_HELD:-}" ]; then
  # Two connections that share a session come from a transaction pooler, behind which a lock belongs to nobody.
  if [ "$(psql -X -At -c 'SELECT pg_backend_pid()' "$url")" = "$MIGRATION_LOCK_HELD" ]; then
    echo 'This address leads to a transaction pooler. Set DIRECT_DATABASE_URL to the server itself.' >&2
    exit 0
  fi
  tries=1
  while :; do
    code=0
    DATABASE_URL=$url sh -c "$MIGRATION_COMMAND" >"$MIGRATION_RESULT.out" 2>&1 || code=$?
    cat "$MIGRATION_RESULT.out"
    if [ "$code" -eq 0 ] || [ "$tries" -ge ${lockRetries} ] || ! grep -qE 'lock timeout|55P03' "$MIGRATION_RESULT.out"; then break; fi
    echo "No lock on the table, try $tries of ${lockRetries}" >&2
    tries=$((tries + 1))
    sleep 1
  done
  echo "$code" >"$MIGRATION_RESULT"
  exit 0
fi

MIGRATION_RESULT=$(mktemp)
MIGRATION_SCRIPT=$0
export MIGRATION_RESULT MIGRATION_SCRIPT
trap 'rm -f "$MIGRATION_RESULT" "$MIGRATION_RESULT.out"' EXIT
[ "$#" -gt 0 ] || set -- ${command}
MIGRATION_COMMAND=
for word in "$@"; do MIGRATION_COMMAND="$MIGRATION_COMMAND '$(printf %s "$word" | sed "s/'/'\\\\\\\\''/g")'"; done
export MIGRATION_COMMAND
psql -X -q -v ON_ERROR_STOP=1 "$url" <<'SQL'
SET lock_timeout = '10min';
SELECT pg_backend_pid() AS pid \\gset
\\setenv MIGRATION_LOCK_HELD :pid
SELECT pg_advisory_lock(hashtextextended('migrations of ' || current_database(), 0)) \\g /dev/null
\\! sh "$MIGRATION_SCRIPT" </dev/null
SELECT pg_advisory_unlock(hashtextextended('migrations of ' || current_database(), 0)) \\g /dev/null
SQL
[ -s "$MIGRATION_RESULT" ] || { echo 'The migration did not run.' >&2; exit 1; }
exit "$(cat "$MIGRATION_RESULT")"`
