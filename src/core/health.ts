/** Where a service answers for its health; every tool that names an address takes it from here. */
export const healthPaths = { live: '/livez', ready: '/readyz', details: '/internal/health' } as const
