import { table } from '../../../core/table.ts'

/** How the SQL of new files is had for the linter: as it lies there, or from the tool. Null where a tool keeps it in code. */
type Lint = { readonly kind: 'files', readonly glob: string, readonly wraps: boolean, readonly up?: string } | { readonly kind: 'command', readonly command: string } | null
const lints: Readonly<Record<string, Lint>> = table<Record<string, Lint>>({
  'prisma-migrate': { kind: 'files', glob: 'prisma/migrations/*.sql', wraps: true }, 'drizzle-kit': { kind: 'files', glob: 'drizzle/*.sql', wraps: true },
  flyway: { kind: 'files', glob: '*.sql', wraps: true }, dbmate: { kind: 'files', glob: 'db/migrations/*.sql', wraps: true, up: "sed '/^-- migrate:down/,$d'" },
  alembic: { kind: 'command', command: 'alembic upgrade "$(cd "$work" && alembic heads | cut -d" " -f1)":head --sql' },
  'ef-core': { kind: 'command', command: 'dotnet ef migrations script "$(cd "$work" && dotnet ef migrations list --no-connect | tail -n 1)"' },
})

/**
 * Checks for the pipeline, one word each: `zero`, `upgrade`, `old-code`, `lint`, `contract`. `apply` is the tool's command, `folder` where its
 * migrations lie.
 */
export function ciScript(tool: string, apply: string, folder: string): string {
  const lint = lints[tool] ?? null
  const linter = 'npx --yes squawk-cli'
  const lintLines = lint === null
    ? [`  echo 'The SQL of this tool lies in code: no linter reads it. Review the statements of the plan.'`]
    : lint.kind === 'command'
      ? [`  at_last true`, `  ${lint.command} | ${linter} --assume-in-transaction --stdin-filepath new.sql`]
      : [
        // A statement that leaves the transaction says so in its file.
        `  for file in $(added '${lint.glob}'); do`,
        "    inside=--assume-in-transaction", `    if grep -qE 'CONCURRENTLY|transaction:false' "$file" || grep -qs 'executeInTransaction=false' "$file.conf"; then inside=; fi`,
        `    ${lint.up ?? 'cat'} "$file" | ${linter} $inside --stdin-filepath "$file"`, '  done',
      ]
  return [
    '#!/bin/sh',
    '# Checks of migrations for the pipeline: sh db/check-migrations.sh zero|upgrade|old-code|lint|contract',
    '# DATABASE_URL leads to an empty database of the job. Fetch the whole history and the tags.',
    'set -eu',
    'last=${LAST_RELEASE:-$(git describe --tags --abbrev=0 HEAD^ 2>/dev/null || git merge-base HEAD "${BASE_REF:-origin/main}")}',
    'work=${TMPDIR:-/tmp}/last-release.$$',
    '# A command in the files of the last release, with the packages of this checkout.',
    'at_last() {',
    '  [ -d "$work" ] || git worktree add --quiet --detach "$work" "$last"',
    '  [ ! -d node_modules ] || [ -e "$work/node_modules" ] || ln -s "$PWD/node_modules" "$work/node_modules"',
    '  (cd "$work" && sh -c "$1")',
    '}',
    'added() { git diff --name-only --diff-filter=A "$last" -- "$1"; }',
    "trap '[ ! -d \"$work\" ] || git worktree remove --force \"$work\"' EXIT", '',
    'case "${1:-}" in',
    `zero) ${apply} ;;`,
    `upgrade) at_last '${apply}'; ${apply} ;;`,
    'old-code) # the last release must still work on the new schema: this finds renames and drops',
    `  at_last '${apply}'`, `  ${apply}`, '  at_last "${TEST_COMMAND:?what runs the tests}"', '  ;;',
    'lint) # only what is new', ...lintLines, '  ;;',
    'contract) # what removes something waits until the version before is gone',
    `  for file in $(added '${folder}'); do`,
    "    if head -n 2 \"$file\" | grep -qE 'release [0-9]+, contract' && [ \"${CONTRACT_APPROVED:-}\" != yes ]; then",
    '      echo "$file removes something. Set CONTRACT_APPROVED=yes when the version before has drained and its check returns 0." >&2', '      exit 1', '    fi', '  done', '  ;;',
    '*) echo "sh db/check-migrations.sh zero|upgrade|old-code|lint|contract" >&2; exit 2 ;;', 'esac',
  ].join('\n')
}
