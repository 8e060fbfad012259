import { defineConfig } from 'vitest/config'

// Time limits only end what hangs: these tests start compilers and servers, on machines that do other work too.
// `unit` needs nothing but this checkout; `e2e` downloads the real client, so `npm test` leaves it out.
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/e2e/**'], isolate: false, maxWorkers: '100%', testTimeout: 30_000, hookTimeout: 60_000 } },
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], globalSetup: ['test/e2e/support/fetch-clients.ts'], testTimeout: 180_000, hookTimeout: 300_000, fileParallelism: false } },
    ],
  },
})
