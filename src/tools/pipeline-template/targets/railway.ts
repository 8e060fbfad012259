import { defineTarget } from './define.ts'

/** Railway: the command ends with the build, so the health check after it is what counts. */
export const railway = defineTarget({
  id: 'railway', installs: true, programs: ['node'], secrets: ['RAILWAY_TOKEN'], variables: ['RAILWAY_SERVICE'],
  lines: ({ cli }) => [cli('railway up --ci --service "$RAILWAY_SERVICE"', 'railway')],
})
