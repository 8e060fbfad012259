import type { Step, Target, TargetContext } from '../model.ts'

const settings = (names: readonly string[], from: 'secrets' | 'vars'): Record<string, string> => Object.fromEntries(names.map((name) => [name, `\${{ ${from}.${name} }}`]))

interface CommandTarget {
  readonly id: string
  readonly secrets: readonly string[]
  readonly variables?: readonly string[]
  readonly installs?: boolean
  readonly lines: (context: TargetContext) => readonly string[]
}

/** A target that one or more commands deploy to, with its settings in the environment of the step. */
function commandTarget({ id, secrets, variables = [], installs = false, lines }: CommandTarget): Target {
  const deploy = (context: TargetContext): Step => ({ name: 'Deploy', run: lines(context).join('\n'), env: { ...settings(secrets, 'secrets'), ...settings(variables, 'vars') } })
  return { id, image: null, synthesizes: false, installs, oidc: false, secrets, variables, imageVariables: [], serves: true, actions: (context) => [deploy(context)], script: lines }
}

/** Vercel: the build runs on the runner, and what was built is what goes live. */
export const vercel = commandTarget({
  id: 'vercel', secrets: ['VERCEL_TOKEN', 'VERCEL_ORG_ID', 'VERCEL_PROJECT_ID'], installs: true,
  lines: ({ cli, production }) => [
    cli(`vercel pull --yes --environment=${production ? 'production' : 'preview'} --token="$VERCEL_TOKEN"`, 'vercel'),
    cli(`vercel build${production ? ' --prod' : ''} --token="$VERCEL_TOKEN"`, 'vercel'),
    cli(`vercel deploy --prebuilt${production ? ' --prod' : ''} --token="$VERCEL_TOKEN"`, 'vercel'),
  ],
})

/** Railway: the command ends with the build, so the health check after it is what counts. */
export const railway = commandTarget({
  id: 'railway', secrets: ['RAILWAY_TOKEN'], variables: ['RAILWAY_SERVICE'], installs: true,
  lines: ({ cli }) => [cli('railway up --ci --service "$RAILWAY_SERVICE"', 'railway')],
})

export const netlify = commandTarget({
  id: 'netlify', secrets: ['NETLIFY_AUTH_TOKEN', 'NETLIFY_SITE_ID'], installs: true,
  lines: ({ cli }) => [cli('netlify deploy --prod', 'netlify-cli')],
})

export const cloudflareWorkers = commandTarget({
  id: 'cloudflare-workers', secrets: ['CLOUDFLARE_API_TOKEN', 'CLOUDFLARE_ACCOUNT_ID'], installs: true,
  lines: ({ cli, production, environment }) => [cli(`wrangler deploy${production ? '' : ` --env ${environment}`}`, 'wrangler')],
})

/** Render: asks the API for a deploy of this commit and waits until it is live. */
export const render = commandTarget({
  id: 'render', secrets: ['RENDER_API_KEY', 'RENDER_SERVICE_ID'],
  lines: () => [
    'api="https://api.render.com/v1/services/$RENDER_SERVICE_ID/deploys"',
    'ask() { curl --fail --silent --show-error --max-time 30 --header "Authorization: Bearer $RENDER_API_KEY" "$@"; }',
    'id=$(ask --request POST --header "Content-Type: application/json" --data "{\\"commitId\\": \\"$COMMIT_SHA\\"}" "$api" | jq --raw-output .id)',
    'for _ in $(seq 1 80); do',
    '  status=$(ask "$api/$id" | jq --raw-output .status)',
    '  case "$status" in',
    '    live) exit 0 ;;',
    '    *failed|canceled|deactivated) echo "Render reports $status" >&2; exit 1 ;;',
    '  esac',
    '  sleep 10',
    'done',
    'echo "Not live in time" >&2',
    'exit 1',
  ],
})

const flyDeploy = (): readonly string[] => ['flyctl deploy --remote-only --app "$FLY_APP"']

/** Fly.io: builds remotely and waits for the checks of fly.toml. */
export const fly: Target = {
  ...commandTarget({ id: 'fly', secrets: ['FLY_API_TOKEN'], variables: ['FLY_APP', 'FLYCTL_VERSION'], lines: flyDeploy }),
  actions: () => [
    { name: 'Set up flyctl', uses: 'superfly/flyctl-actions/setup-flyctl', with: { version: '${{ vars.FLYCTL_VERSION }}' } },
    { name: 'Deploy', run: flyDeploy().join('\n'), env: { ...settings(['FLY_API_TOKEN'], 'secrets'), ...settings(['FLY_APP'], 'vars') } },
  ],
  script: () => null,
}
