import { defineTarget } from './define.ts'

export const cloudflareWorkers = defineTarget({
  id: 'cloudflare-workers', installs: true, programs: ['node'], secrets: ['CLOUDFLARE_API_TOKEN', 'CLOUDFLARE_ACCOUNT_ID'],
  lines: ({ cli, production, environment }) => [cli(`wrangler deploy${production ? '' : ` --env ${environment}`}`, 'wrangler')],
})
