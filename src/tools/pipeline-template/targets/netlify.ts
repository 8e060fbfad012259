import { defineTarget } from './define.ts'

export const netlify = defineTarget({
  id: 'netlify', installs: true, programs: ['node'], secrets: ['NETLIFY_AUTH_TOKEN', 'NETLIFY_SITE_ID'],
  lines: ({ cli }) => [cli('netlify deploy --prod', 'netlify-cli')],
})
