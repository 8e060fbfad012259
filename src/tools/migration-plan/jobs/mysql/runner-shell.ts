import { lockRetries } from '../../rules.ts'
import { migrationLock } from './job.ts'

/**
 * The same with the client program, for tools that bring no language. The client holds the lock in its session and starts this file again for the
 * command; who has the lock is asked from there, because the client cannot branch, and the exit code comes back through a file.
 */
export const shellRunner = (command: string): string => `#!/bin/sh
# Runs one migration command while no other may: sh db/migrate.sh [command]. Needs mariadb or mysql,
# MYSQL_DEFAULTS_FILE with the address of the server, and DATABASE_NAME.
set -eu
: "\${MYSQL_DEFAULTS_FILE:?set MYSQL_DEFAULTS_FILE}" "\${DATABASE_NAME:?set DATABASE_NAME}"
client=$(command -v mariadb || command -v mysql)
ask() { "$client" --defaults-file="$MYSQL_DEFAULTS_FILE" -N -B "$DATABASE_NAME" -e "$1"; }

if [ "\${MIGRATION_RESULT:-}" ]; then
  holder=$(ask "SELECT IS_USED_LOCK(${migrationLock})")
  if [ "$holder" != "$(head -n 1 "$MIGRATION_RESULT.id")" ]; then
    echo 'Another migration still holds the lock. Nothing was run.' >&2
    exit 0
  fi
  tries=1
  while :; do
    code=0
    sh -c "$MIGRATION_COMMAND" >"$MIGRATION_RESULT.out" 2>&1 || code=$?
    cat "$MIGRATION_RESULT.out" >&3
    if [ "$code" -eq 0 ] || [ "$tries" -ge ${lockRetries} ] || ! grep -q 'Lock wait timeout exceeded' "$MIGRATION_RESULT.out"; then break; fi
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
trap 'rm -f "$MIGRATION_RESULT" "$MIGRATION_RESULT.out" "$MIGRATION_RESULT.id"' EXIT
[ "$#" -gt 0 ] || set -- ${command}
MIGRATION_COMMAND=
for word in "$@"; do MIGRATION_COMMAND="$MIGRATION_COMMAND '$(printf %s "$word" | sed "s/'/'\\\\\\\\''/g")'"; done
export MIGRATION_COMMAND
exec 3>&1
"$client" --defaults-file="$MYSQL_DEFAULTS_FILE" -N -B -n "$DATABASE_NAME" >"$MIGRATION_RESULT.id" <<SQL
SET SESSION wait_timeout = 86400;
SELECT CONNECTION_ID();
DO GET_LOCK(${migrationLock}, \${MIGRATION_LOCK_WAIT_SECONDS:-600});
\\! sh "$MIGRATION_SCRIPT" </dev/null
DO RELEASE_LOCK(${migrationLock});
SQL
[ -s "$MIGRATION_RESULT" ] || { echo 'The migration did not run.' >&2; exit 1; }
exit "$(cat "$MIGRATION_RESULT")"`
