import { lintLines, lintReasons, migrationFiles } from './lint.ts'

/**
 * Checks for the pipeline, one word each: `zero`, `upgrade`, `old-code`, `lint`, `contract`. `apply` is the tool's command, `folder` where its
 * migrations lie. The linter knows PostgreSQL alone.
 */
export function ciScript(tool: string, apply: string, folder: string, database = 'postgresql'): string {
  const { before, check } = lintLines(tool, database)
  return [
    '#!/bin/sh',
    '# Checks of migrations for the pipeline: sh db/check-migrations.sh zero|upgrade|old-code|lint|contract',
    '# DATABASE_URL leads to an empty database of the job. Fetch the whole history and the tags.',
    ...(before.length === 0 ? [] : lintReasons),
    'set -eu',
    'last=${LAST_RELEASE:-$(git describe --tags --abbrev=0 HEAD^ 2>/dev/null || git merge-base HEAD "${BASE_REF:-origin/main}")}',
    'work=${TMPDIR:-/tmp}/last-release.$$',
    'checked=${TMPDIR:-/tmp}/checked.$$.sql',
    '# A command in the files of the last release, with the packages of this checkout.',
    'at_last() {',
    '  [ -d "$work" ] || git worktree add --quiet --detach "$work" "$last"',
    '  [ ! -d node_modules ] || [ -e "$work/node_modules" ] || ln -s "$PWD/node_modules" "$work/node_modules"',
    '  (cd "$work" && sh -c "$1")',
    '}',
    `migrations() { git diff --name-only --diff-filter="$1" "$last" -- ${migrationFiles(tool, folder)}; }`,
    'added() { migrations A; }',
    "trap 'rm -f \"$checked\"*; [ ! -d \"$work\" ] || git worktree remove --force \"$work\"' EXIT", '',
    ...before,
    'case "${1:-}" in',
    `zero) ${apply} ;;`,
    `upgrade) at_last '${apply}'; ${apply} ;;`,
    'old-code) # the last release must still work on the new schema: this finds renames and drops',
    `  at_last '${apply}'`, `  ${apply}`, '  at_last "${TEST_COMMAND:?what runs the tests}"', '  ;;',
    'lint) # what was released stays as it is; only what is new is read',
    '  changed=$(migrations DMRT)',
    `  [ -z "$changed" ] || { printf 'Released already, so write a new migration instead:\\n%s\\n' "$changed" >&2; exit 1; }`,
    ...check, '  ;;',
    'contract) # what removes something waits until the version before is gone',
    '  new=$(added)', `  printf '%s\\n' "$new" | while IFS= read -r file; do`,
    "    if [ -n \"$file\" ] && head -n 2 \"$file\" | grep -qE 'release [0-9]+, contract' && [ \"${CONTRACT_APPROVED:-}\" != yes ]; then",
    '      echo "$file removes something or makes it strict. Set CONTRACT_APPROVED=yes when the version before has drained and its check returns 0." >&2', '      exit 1', '    fi', '  done', '  ;;',
    '*) echo "sh db/check-migrations.sh zero|upgrade|old-code|lint|contract" >&2; exit 2 ;;', 'esac',
  ].join('\n')
}
