import type { Detector } from './findings.ts'
import { lineOf } from './files.ts'

/** Files of CI systems by path. Systems without a provider sheet are listed as existing CI only. */
const systems: readonly (readonly [path: RegExp, id: string, provider: boolean])[] = [
  [/^\.github\/workflows\/[^/]+\.ya?ml$/, 'github-actions', true], [/^\.gitlab-ci\.ya?ml$/, 'gitlab', true], [/^\.circleci\/config\.ya?ml$/, 'circleci', true], [/^(\.azuredevops\/)?azure-pipelines[\w.-]*\.ya?ml$/, 'azure-pipelines', true], [/^bitbucket-pipelines\.ya?ml$/, 'bitbucket', true],
  [/^Jenkinsfile/, 'jenkins', false], [/^\.travis\.ya?ml$/, 'travis', false], [/^\.buildkite\//, 'buildkite', false], [/^\.drone\.ya?ml$/, 'drone', false], [/^\.woodpecker(\.ya?ml$|\/)/, 'woodpecker', false], [/^\.(forgejo|gitea)\/workflows\//, 'forgejo-actions', false], [/^\.teamcity\//, 'teamcity', false], [/^(cloudbuild\.ya?ml|buildspec\.ya?ml)$/, 'cloud-build', false],
]

/** Deploy steps in pipelines that name the platform. */
const deploys: readonly (readonly [RegExp, string])[] = [
  [/amazon-ecs-deploy-task-definition|aws ecs update-service/, 'aws-ecs'], [/aws lambda update-function|sam deploy|serverless deploy/, 'aws-lambda'], [/superfly\/flyctl-actions|flyctl deploy|fly deploy/, 'fly'], [/amondnet\/vercel-action|vercel (deploy|--prod|pull|build)/, 'vercel'], [/google-github-actions\/deploy-cloudrun|gcloud run deploy/, 'gcp'],
  [/azure\/webapps-deploy|az webapp|az containerapp/, 'azure'], [/railway up/, 'railway'], [/netlify deploy|actions-netlify/, 'netlify'], [/cloudflare\/wrangler-action|wrangler deploy/, 'cloudflare-workers'], [/\boc (apply|rollout|start-build)|openshift\//, 'openshift'], [/render-deploy|api\.render\.com\/deploy/, 'render'],
]

/** CI files: which systems are in use and where their deploy steps go. */
export const detectCi: Detector = (files, found) => {
  for (const [pattern, id, provider] of systems) {
    const inUse = files.paths.filter((path) => pattern.test(path))
    for (const file of inUse) {
      found.add('existingCi', id, file, 1)
      if (provider) found.add('ciProvider', id, file, 1)
      const text = (files.text(file) ?? '').replace(/^[ \t]*#.*$/gm, '')
      for (const [deploy, hosting] of deploys) if (deploy.test(text)) found.add('hosting', hosting, file, lineOf(text, deploy))
    }
  }
}
