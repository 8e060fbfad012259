import { commandsOf } from './shell.ts'
import type { CiFile, Job, Step } from './model.ts'
import { allTexts, get, textIn, textsIn } from './tree.ts'

/** `owner/name` of an action, or the name before the version of any other reference, in lower case. */
export const actionOf = (step: Step): string => (step.uses?.value ?? '').trim().split('@')[0]?.toLowerCase() ?? ''
export const input = (step: Step, name: string) => step.with.find(({ key }) => key.toLowerCase() === name)?.value
export const isCheckout = (step: Step): boolean => actionOf(step) === 'actions/checkout'

const deployActions = /^(amazon-ecs-deploy|aws-actions\/(amazon-ecs-deploy|aws-cloudformation)|azure\/(webapps-deploy|functions-action|container-apps-deploy|k8s-deploy|aci-deploy|static-web-apps-deploy)|google-github-actions\/deploy|cloudflare\/(wrangler|pages)-action|amondnet\/vercel-action|nwtgck\/actions-netlify|superfly\/flyctl-actions$|akhileshns\/heroku-deploy|firebaseextended\/action-hosting-deploy|azurewebapp|azurermwebappdeployment|azurefunctionapp|kubernetesmanifest|helmdeploy|atlassian\/(aws-|azure-|google-|heroku|firebase|kubectl|sftp|ssh|rsync|scp)|microsoft\/azure)/
const deployCommands = /^(vercel (deploy|--prod)|(npx|pnpm dlx|bunx)( -\S+)* (vercel(@\S+)? (deploy|--prod)|wrangler(@\S+)? (pages )?deploy|netlify(-cli)?(@\S+)? deploy)|wrangler (pages )?deploy|netlify deploy|fly(ctl)? deploy|railway (up|redeploy)|gcloud (run|app|functions) deploy|kubectl (apply|set image|rollout restart)|helm (upgrade|install)|aws (ecs update-service|lambda update-function-code|s3 sync|cloudformation deploy)|cdk deploy|sam deploy|serverless deploy|sls deploy|terraform apply|firebase deploy|heroku container:release|git push \S*(heroku|dokku))\b/
const publishActions = /^(pypa\/gh-action-pypi-publish|softprops\/action-gh-release|ncipollo\/release-action|goreleaser\/goreleaser-action|changesets\/action|js-devtools\/npm-publish|cycjimmy\/semantic-release-action|rubygems\/release-gem|actions\/create-release|svenstaro\/upload-release-action|crazy-max\/ghaction-(dump|github-pages))$/
const publishCommands = /^((npm|pnpm|yarn|bun)( npm)?( -r| --filter \S+)* publish|twine upload|uv publish|poetry publish|cargo publish|gem push|goreleaser release|gh release (create|upload)|docker push|(npx )?semantic-release|mvn .*\bdeploy\b|(\.\/)?gradlew? .*\bpublish\b|dotnet nuget push|nuget push)\b/

const runs = (step: Step, pattern: RegExp): boolean => step.run !== undefined && commandsOf(step.run).some(({ words }) => pattern.test(words.join(' ')) && !words.includes('--dry-run'))
const named = (job: Job, pattern: RegExp): boolean => pattern.test(job.id)

/** True when a step puts software somewhere it runs. */
export const deploysIn = (step: Step): boolean => deployActions.test(actionOf(step)) || runs(step, deployCommands)
/** True when a step hands a package, an image or a release to others. */
export const publishesIn = (step: Step): boolean => {
  const action = actionOf(step)
  const pushes = action === 'docker/build-push-action' && /^true$|\$\{\{/.test(input(step, 'push')?.value.trim() ?? '')
  return publishActions.test(action) || pushes || runs(step, publishCommands)
}

/** Jobs that change what users run: by what they do, or by name when they have steps of their own to do it. */
export const deploys = (job: Job): boolean => job.steps.some(deploysIn) || (named(job, /(^|[-_ :])(deploy|migrate|rollout)([-_ :]|$)/i) && !named(job, /preview|(^|[-_ :])(test|check|lint|plan|build|dry)/i) && job.steps.length + (job.uses === undefined ? 0 : 1) > 0)
export const publishes = (job: Job): boolean => job.steps.some(publishesIn)

/** True when nobody outside the project can start the pipeline's run with content of their own, as far as the file tells. */
export const startedByStrangers = (file: CiFile): boolean =>
  file.provider !== 'github-actions' || file.kind === 'action' || file.triggers.some(({ name }) => !['workflow_dispatch', 'schedule', 'repository_dispatch', 'release', 'deployment', 'create', 'delete'].includes(name))

export const hasTrigger = (file: CiFile, ...names: readonly string[]): boolean => file.triggers.some(({ name }) => names.includes(name))
/** Runs only for pull requests, where a newer push makes the older run worthless. */
export const isPullRequestOnly = (file: CiFile): boolean => file.triggers.length > 0 && file.triggers.every(({ name }) => ['pull_request', 'pull-requests', 'pr', 'merge_group'].includes(name))
export const isReusable = (file: CiFile): boolean => file.triggers.length > 0 && file.triggers.every(({ name }) => name === 'workflow_call')

/** Triggers of a release: tags, or the release itself. */
export function isReleaseOnly(file: CiFile): boolean {
  return file.triggers.length > 0 && file.triggers.every(({ name, tree }) => name === 'release' || (name === 'push' && textsIn(get(tree, 'tags')).length > 0 && get(tree, 'branches') === undefined && get(tree, 'branches-ignore') === undefined))
}

/** Names of secrets that a text reads, without the token that every job has. */
export const secretsIn = (text: string): readonly string[] => [...text.matchAll(/\$\{\{[^}]{0,500}?\bsecrets\.([A-Za-z_]\w*)/g)].map(([, name = '']) => name).filter((name) => !/^github_token$/i.test(name))

/** Texts of a job with their places. */
export const textsOf = (job: Job) => allTexts(job.tree)
export const choice = (text: string | undefined): string => text?.trim().toLowerCase() ?? ''
export { textIn }
