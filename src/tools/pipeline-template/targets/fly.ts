import { defineTarget } from './define.ts'

/** Fly.io: builds remotely and waits for the checks of fly.toml. */
export const fly = defineTarget({
  id: 'fly', programs: ['flyctl'], secrets: ['FLY_API_TOKEN'], variables: ['FLY_APP', 'FLYCTL_VERSION'],
  lines: () => ['flyctl deploy --remote-only --app "$FLY_APP"'],
})
