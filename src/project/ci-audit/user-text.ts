/** Who can put text into a context: anybody, people who may push, or the pipeline itself. */
export type Writer = 'anybody' | 'pusher' | 'pipeline'

const anybody: readonly RegExp[] = [
  /^github\.head_ref$/,
  // Titles, texts, names and branches of what strangers open: issues, pull requests, comments, discussions, forks, wiki pages.
  /^github\.event\.(issue|pull_request|comment|review|review_comment|discussion|workflow_run|check_suite|check_run|head_commit|commits|pages|forkee|answer|changes)\b.*\.(title|body|message|name|email|label|ref|head_ref|head_branch|display_title|default_branch|description|page_name|summary|text|login_name|head_commit)$/,
  /^github\.event\.(issue|pull_request|comment|review|discussion|workflow_run|head_commit|commits|pages)(\.\*)?$/,
  /^github\.event$/, /^github$/,
]
const pusher: readonly RegExp[] = [
  /^github\.(ref_name|ref|workflow_ref)$/, /^github\.event\.(ref|ref_name|base_ref|release\.(name|body|tag_name|target_commitish)|client_payload\b.*|label\.name|milestone\.\w+|repository\.description)$/,
]
/** Names that end like a free text but are chosen from what GitHub allows in a login or a repository name, or are made by GitHub. */
const fixed: readonly RegExp[] = [/\.(user|sender|owner|author|committer)\.login$/, /\.repo\.(name|full_name)$/, /\.base\.(ref|label|sha)$/, /\.base\.repo\b/, /\.(pull_request|issue|check_run|check_suite|workflow_run)\.(state|number|id|merged|draft)$/, /^github\.event\.workflow_run\.name$/, /^github\.event\.(check_run|check_suite)\.(name|app\b.*)$/, /\.app\./, /\.workflow\.name$/, /\.labels?(\.\*)?\.name$/, /\.milestone\./]

const fits = (patterns: readonly RegExp[], name: string): boolean => patterns.some((pattern) => pattern.test(name))

/** Who writes what a GitHub context holds; undefined where it is not text of a person (commits, numbers, names of runners). */
export function writerOf(context: string): Writer | undefined {
  if (fits(fixed, context)) return /label|milestone/.test(context) ? 'pusher' : undefined
  if (fits(anybody, context)) return 'anybody'
  if (fits(pusher, context)) return 'pusher'
  return /^(inputs|vars|matrix|env)\.|^github\.base_ref$|^github\.event\.inputs\.|^(steps|needs|jobs)\.[\w*-]+\.outputs\b/.test(context) ? 'pipeline' : undefined
}

/** Environment variables that every provider fills with text of a person: safe as `"$NAME"`, not where a shell reads it as a program. */
export const userVariables = /\$\{?(CI_COMMIT_(MESSAGE|TITLE|DESCRIPTION|REF_NAME|BRANCH|TAG(_MESSAGE)?|AUTHOR)|CI_MERGE_REQUEST_(TITLE|DESCRIPTION|SOURCE_BRANCH_NAME|LABELS)|GITHUB_(HEAD_REF|REF_NAME)|CIRCLE_(BRANCH|TAG)|BITBUCKET_(BRANCH|TAG)|BUILD_SOURCE(VERSIONMESSAGE|BRANCHNAME|BRANCH)|SYSTEM_PULLREQUEST_SOURCEBRANCH(NAME)?)\b/
