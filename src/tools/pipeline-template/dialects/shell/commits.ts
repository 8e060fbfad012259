/** Bash lines that set `base` to the commit a change starts from; `branch` is the variable that names where it goes. */
export const mergeBase = (branch: string): readonly string[] => [`git fetch --quiet origin "$${branch}"`, 'base=$(git merge-base FETCH_HEAD HEAD)']

/** Looks for secrets in the commits since `$BASE`, or in the last one: older ones were looked at when they came. */
export const secretScan = [
  'since="${BASE:-$(git rev-parse --verify --quiet HEAD^ || true)}"',
  'trufflehog git "file://$PWD" ${since:+--since-commit "$since"} --results=verified,unknown --fail --no-update',
]

/** Bash line for images without Git; the history is read with it. */
export const bringGit = 'command -v git > /dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends ca-certificates git > /dev/null; }'
