import { defineTarget } from './define.ts'

/** Vercel: the build runs on the runner, and what was built is what goes live. */
export const vercel = defineTarget({
  id: 'vercel', installs: true, programs: ['node'], secrets: ['VERCEL_TOKEN', 'VERCEL_ORG_ID', 'VERCEL_PROJECT_ID'],
  lines: ({ cli, production }) => [
    cli(`vercel pull --yes --environment=${production ? 'production' : 'preview'} --token="$VERCEL_TOKEN"`, 'vercel'),
    cli(`vercel build${production ? ' --prod' : ''} --token="$VERCEL_TOKEN"`, 'vercel'),
    ...(production ? [cli('vercel deploy --prebuilt --prod --token="$VERCEL_TOKEN"', 'vercel')] : [
      // A preview has a new address each time: the host that is asked for health is pointed at it.
      `${cli('vercel deploy --prebuilt --token="$VERCEL_TOKEN"', 'vercel')} > deployed.txt`,
      'preview=$(grep --only-matching "https://[^[:space:]]*" deployed.txt | tail -n 1)', 'host="${HEALTH_URL#https://}"',
      cli('vercel alias set "$preview" "${host%%/*}" --token="$VERCEL_TOKEN"', 'vercel'),
    ]),
  ],
})
