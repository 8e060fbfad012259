import { defineTarget } from './define.ts'

/** Vercel: the build runs on the runner, and what was built is what goes live. */
export const vercel = defineTarget({
  id: 'vercel', installs: true, programs: ['node'], secrets: ['VERCEL_TOKEN', 'VERCEL_ORG_ID', 'VERCEL_PROJECT_ID'],
  lines: ({ cli, production }) => [
    cli(`vercel pull --yes --environment=${production ? 'production' : 'preview'} --token="$VERCEL_TOKEN"`, 'vercel'),
    cli(`vercel build${production ? ' --prod' : ''} --token="$VERCEL_TOKEN"`, 'vercel'),
    cli(`vercel deploy --prebuilt${production ? ' --prod' : ''} --token="$VERCEL_TOKEN"`, 'vercel'),
  ],
})
