import { defineTool, totalCost } from '../tool.ts'

export const selectAuth = defineTool({
  name: 'select_auth',
  title: 'Choose sign-in',
  description: 'Use when a design needs sign-in, identity or API protection: picks the identity provider.',
  reads: ['projectType', 'stage', 'signInBy'],
  own: {},
  run: () => ({
    decision: { primary: 'none' },
    conflicts: [], assumptions: [], questions: [], alternatives: [], rejected: [], skipped: [], flips: [],
    cost: totalCost([]), files: [], sections: [], sources: [],
  }),
})
